import { type Finder, finderBy, type Place, type Stretch } from './places.ts'

/**
 * Reads JSON with JSON.parse, although it is also YAML: price books and results are large, and yaml takes a hundred
 * times as long. Positions are looked up only if there is a problem.
 */

/** Maximum nesting of lists and mappings, as values are processed recursively. */
export const DEEPEST = 100

/** Parses a JSON text; `undefined` if it is not JSON, has a duplicate key or is nested too deeply. */
export const parseJson = (text: string): { readonly data: unknown; readonly finder: () => Finder } | undefined => {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    const data: unknown = JSON.parse(text)
    // JSON.parse keeps only the last of duplicate keys, so the counts differ if there are any.
    return keysOf(data, 0) === colonsIn(text) ? { data, finder: () => finderInJson(text) } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Whether values are nested too deeply to be processed recursively. */
export const isTooDeep = (value: unknown): boolean => Number.isNaN(keysOf(value, 0))

/** The number of keys in all mappings; NaN if they are nested too deeply. */
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

/** The end of the string that begins at a quote. */
const endOfString = (text: string, from: number): number => {
  for (let i = from + 1; i < text.length; i++) {
    const mark = text.charCodeAt(i)
    if (mark === BACKSLASH) i++
    else if (mark === QUOTE) return i + 1
  }
  return text.length
}

/** Finds positions of values in valid JSON text; each list and mapping along a path is scanned once. */
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

/** The children of the list or mapping at an offset, by key or index; empty for any other value. */
export const childrenAt = (text: string, from: number): Map<string, Place> => {
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

/** The next offset that is neither whitespace nor a separator. */
const next = (text: string, from: number): number => {
  MARKS.lastIndex = from
  return MARKS.exec(text)?.index ?? text.length
}

/** The end of a value. */
const endOfValue = (text: string, from: number): number => {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const mark = text[i]
    if (mark === '"') i = endOfString(text, i) - 1
    else if (mark === '{' || mark === '[') depth++
    else if (mark === '}' || mark === ']') depth--
    // A number or literal ends before the next separator, everything else with its closing character.
    else if (depth > 0 || /[^\s,:\]}]/.test(text[i + 1] ?? ' ')) continue
    if (depth === 0) return i + 1
  }
  return text.length
}
