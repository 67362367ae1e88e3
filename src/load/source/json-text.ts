import { type Finder, finderBy, type Place, type Stretch } from './places.ts'

/**
 * JSON, which is YAML too, read by the engine itself: price books and results are large, and yaml takes a hundred times
 * as long. Places are looked up only where there is a fault.
 */

/** Levels of lists and mappings in each other; whatever reads values goes down them by calling itself. */
export const DEEPEST = 100

/** The value of a JSON text; `undefined` where it is no JSON, a key stands in it twice, or it is nested too deeply. */
export const parseJson = (text: string): { readonly data: unknown; readonly finder: () => Finder } | undefined => {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    const data: unknown = JSON.parse(text)
    // Of a key that stands there twice only the last is left.
    return keysOf(data, 0) === colonsIn(text) ? { data, finder: () => finderInJson(text) } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Whether values are nested more deeply than what reads them can go. */
export const isTooDeep = (value: unknown): boolean => Number.isNaN(keysOf(value, 0))

/** Keys of all mappings inside; NaN below the deepest level. */
const keysOf = (value: unknown, depth: number): number => {
  if (typeof value !== 'object' || value === null) return 0
  if (depth > DEEPEST) return Number.NaN
  let keys = 0
  for (const inner of Object.values(value)) keys += keysOf(inner, depth + 1)
  return Array.isArray(value) ? keys : keys + Object.keys(value).length
}

const colonsIn = (text: string): number => {
  let colons = 0
  for (let i = 0; i < text.length; i++) {
    const mark = text.charCodeAt(i)
    if (mark === QUOTE) i = endOfString(text, i) - 1
    else if (mark === COLON) colons++
  }
  return colons
}

const [QUOTE, COLON, BACKSLASH] = [34, 58, 92]

/** Where a string ends that begins at a quote. */
const endOfString = (text: string, from: number): number => {
  for (let i = from + 1; i < text.length; i++) {
    const mark = text.charCodeAt(i)
    if (mark === BACKSLASH) i++
    else if (mark === QUOTE) return i + 1
  }
  return text.length
}

/** Finds the places of values in a JSON text that is sound; each list and mapping on the way is gone through once. */
export const finderInJson = (text: string) => {
  const known = new Map<number, ReadonlyMap<string, Place>>()
  const childrenOf = ({ value: [from] }: Place): ReadonlyMap<string, Place> => {
    const children = known.get(from) ?? childrenAt(text, from)
    known.set(from, children)
    return children
  }
  const start = text.search(/\S/)
  return finderBy({ key: null, value: [start, endOfValue(text, start)] }, childrenOf)
}

const MARKS = /[^\s:,]/g

/** What a list or mapping that begins there holds, by key or number; nothing of any other value. */
const childrenAt = (text: string, from: number): Map<string, Place> => {
  const children = new Map<string, Place>()
  const holder = text[from]
  if (holder !== '{' && holder !== '[') return children
  let key: Stretch | null = null
  for (let at = next(text, from + 1); text[at] !== '}' && text[at] !== ']'; ) {
    const value: Stretch = [at, endOfValue(text, at)]
    if (holder === '{' && key === null) key = value
    else {
      children.set(key ? String(JSON.parse(text.slice(...key))) : String(children.size), { key, value })
      key = null
    }
    at = next(text, value[1])
  }
  return children
}

/** The next place that is neither blank nor between two values. */
const next = (text: string, from: number): number => {
  MARKS.lastIndex = from
  return MARKS.exec(text)?.index ?? text.length
}

/** Where a value ends. */
const endOfValue = (text: string, from: number): number => {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const mark = text[i]
    if (mark === '"') i = endOfString(text, i) - 1
    else if (mark === '{' || mark === '[') depth++
    else if (mark === '}' || mark === ']') depth--
    // A bare word ends where it ends, everything else with its last mark.
    else if (depth > 0 || /[^\s,:\]}]/.test(text[i + 1] ?? ' ')) continue
    if (depth === 0) return i + 1
  }
  return text.length
}
