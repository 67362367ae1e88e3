import { type Finder, finderBy, type Place, type Stretch } from './places.ts'

/**
 * Parses the simple YAML that most scenarios use: nested keys, words, numbers, quoted text without escapes, and lists
 * and mappings in brackets on one line. Takes a tenth of the time that loading the full parser takes. Anything else is
 * left to yaml, and a test checks that both give the same result.
 */

/** Parses a text into values and a finder of their positions; `undefined` if it is not simple YAML. */
export const readPlainYaml = (text: string): { readonly data: unknown; readonly finder: () => Finder } | undefined => {
  if (text.length > LONGEST || !PRINTABLE.test(text)) return undefined
  const held = valueIn(text) ?? mappingIn(text)
  if (held === undefined) return undefined
  const top: Placed = { ...held, key: null }
  return { data: top.data, finder: () => finderBy(top, ({ children }) => children ?? NONE) }
}

// Longer texts and deeper values are left to yaml to parse or refuse.
const [LONGEST, WIDEST, DEEPEST] = [2 ** 15, 100, 10]

// No tab, no carriage return, nothing that yaml might treat as a line break, no lone surrogate.
const PRINTABLE = /^[\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]*$/

const NONE: ReadonlyMap<string, Placed> = new Map()

/** A value with its position. */
interface Held {
  readonly data: unknown
  readonly value: Stretch
  readonly children?: ReadonlyMap<string, Placed>
}

type Placed = Held & Place

/** A line with a key, and the value after it, if any. */
interface Entry {
  readonly indent: number
  readonly name: string
  readonly key: Stretch
  readonly held: Held | null
  /** Offset of the next line. */
  readonly end: number
}

const BLANK = /^ *(?:#.*)?$/
const KEYED = /^( *)([A-Za-z_][\w-]*):(?:$| +(?=[^ ]|$))/
// Words that are values of other types, and the one forbidden key.
const RESERVED = /^(?:null|true|false|__proto__)$/i

/** Parses a text that is a single value on one line, as in a setting; `undefined` if it is not. */
const valueIn = (text: string): Held | undefined => {
  const held = KEYED.test(text) || text.includes('\n') ? undefined : valueAt(text, 0)
  return held && TAIL.test(text.slice(held.value[1])) ? held : undefined
}

const mappingIn = (text: string): Held | undefined => {
  const entries = entriesIn(text)
  const root = entries && mappingOf(entries, { at: 0, indent: 0 })
  return root?.next === entries?.length ? root?.held : undefined
}

/** Parses every line as a key with an optional value; `undefined` if a line is anything else. */
const entriesIn = (text: string): Entry[] | undefined => {
  const entries: Entry[] = []
  let start = 0
  while (start < text.length) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    const line = text.slice(start, end)
    if (!BLANK.test(line)) {
      const entry = entryIn(line, start, Math.min(end + 1, text.length))
      if (entry === undefined) return undefined
      entries.push(entry)
    }
    start = end + 1
  }
  return entries.length > 0 ? entries : undefined
}

const entryIn = (line: string, start: number, end: number): Entry | undefined => {
  const [all, spaces = '', name = ''] = KEYED.exec(line) ?? []
  if (all === undefined || spaces.length > WIDEST || RESERVED.test(name)) return undefined
  const from = start + spaces.length
  const entry = { indent: spaces.length, name, key: [from, from + name.length] as const, end }
  const rest = line.slice(all.length)
  if (BLANK.test(rest)) return { ...entry, held: null }
  const held = valueAt(line, all.length)
  if (held === undefined || !TAIL.test(line.slice(held.value[1]))) return undefined
  return { ...entry, held: moved(held, start) }
}

// After a value: nothing, or a comment preceded by a space.
const TAIL = /^(?:$| +(?:#|$))/

/** The mapping that begins at entry `at`: all following entries of the same indent, with their children. */
const mappingOf = (
  entries: readonly Entry[],
  { at, indent }: { readonly at: number; readonly indent: number },
): { readonly held: Held; readonly next: number } | undefined => {
  const data: Record<string, unknown> = {}
  const children = new Map<string, Placed>()
  let [next, end] = [at, 0]
  for (let entry = entries[next]; entry?.indent === indent; entry = entries[next]) {
    const { name, key, held } = entry
    const below = entries[next + 1]
    const isDeeper = below !== undefined && below.indent > indent
    // A key without a value has keys below it; one with a value has none.
    if (children.has(name) || isDeeper === (held !== null)) return undefined
    const inner = held ? { held, next: next + 1 } : mappingOf(entries, { at: next + 1, indent: below?.indent ?? 0 })
    if (inner === undefined) return undefined
    children.set(name, { ...inner.held, key })
    data[name] = inner.held.data
    next = inner.next
    end = entries[next - 1]?.end ?? 0
  }
  const after = entries[next]
  // The next entry must belong to an outer mapping.
  if (after !== undefined && after.indent > indent) return undefined
  return { held: { data, value: [entries[at]?.key[0] ?? 0, end], children }, next }
}

// Not an empty text, which is reported at its key: yaml handles that.
const QUOTED = /"[^"\\]+"|'[^']+'/y
// Up to a colon or `#` that has a meaning there; in brackets, up to their punctuation.
const WORDS = /[A-Za-z0-9$_](?:[^:# ]|:(?=[^ ])| +(?=[^# ])|(?<=[^ ])#)*/y
const FLOW_WORDS = /[A-Za-z0-9$_](?:[^:#,[\]{} ]|:(?=[^ ,[\]{}])| +(?=[^#,[\]{} ])|(?<=[^ ])#)*/y

const matched = (pattern: RegExp, line: string, from: number): string | undefined => {
  pattern.lastIndex = from
  return pattern.exec(line)?.[0]
}

/** Parses the value at an offset of a line; `undefined` if it is not simple. `depth`: nesting of brackets. */
const valueAt = (line: string, from: number, depth = 0): Held | undefined => {
  if (line[from] === '{' || line[from] === '[') return depth < DEEPEST ? flowAt(line, from, depth + 1) : undefined
  const quoted = matched(QUOTED, line, from)
  if (quoted !== undefined) return { data: quoted.slice(1, -1), value: [from, from + quoted.length] }
  const words = matched(depth > 0 ? FLOW_WORDS : WORDS, line, from)
  const data = words === undefined ? undefined : scalarOf(words)
  return data === undefined ? undefined : { data, value: [from, from + (words?.length ?? 0)] }
}

const NUMBER = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/
// All forms of numbers in YAML.
const NUMERIC = /^[\d.]+(?:e[-+]?\d+)?$|^0[ox]/i

/** The value of unquoted words; `undefined` if yaml might give it another type. */
const scalarOf = (words: string): string | number | boolean | undefined => {
  if (words === 'true' || words === 'false') return words === 'true'
  if (NUMBER.test(words)) return Number(words)
  return RESERVED.test(words) || NUMERIC.test(words) ? undefined : words
}

const FLOW_KEY = /([A-Za-z_][\w-]*): +/y
const COMMA = /, */y

/** Parses a list or mapping in brackets on one line. */
const flowAt = (line: string, start: number, depth: number): Held | undefined => {
  const isMap = line[start] === '{'
  const close = isMap ? '}' : ']'
  const data: [string, unknown][] = []
  const children = new Map<string, Placed>()
  let at = start + 1
  if (line[at] === ' ') at++
  while (line[at] !== close) {
    const key = isMap ? matched(FLOW_KEY, line, at) : ''
    const name = isMap ? key?.replace(/: +$/, '') : String(children.size)
    if (key === undefined || name === undefined || RESERVED.test(name) || children.has(name)) return undefined
    const held = valueAt(line, at + key.length, depth)
    if (held === undefined) return undefined
    children.set(name, { ...held, key: isMap ? [at, at + name.length] : null })
    data.push([name, held.data])
    at = held.value[1]
    const comma = matched(COMMA, line, at)
    if (comma === undefined) break
    at += comma.length
    // yaml allows a trailing comma.
    if (line[at] === close) return undefined
  }
  if (line[at] === ' ') at++
  if (line[at] !== close) return undefined
  return { data: isMap ? Object.fromEntries(data) : data.map(([, own]) => own), value: [start, at + 1], children }
}

/** Shifts the positions of a value by the offset of its line. */
const moved = (held: Held, by: number): Held => {
  const move = ([from, to]: Stretch): Stretch => [from + by, to + by]
  if (!held.children) return { ...held, value: move(held.value) }
  const children = [...held.children].map(
    ([name, child]) => [name, { ...moved(child, by), key: child.key && move(child.key) }] as const,
  )
  return { ...held, value: move(held.value), children: new Map(children) }
}
