import { type Finder, finderBy, type Place, type Stretch } from './places.ts'

/**
 * The plain YAML that most scenarios are written in: keys under keys, words, numbers, quoted text without escapes, and
 * lists and mappings in brackets on one line. It is read here, in a tenth of the time that the whole language takes to
 * load; anything else is left to yaml, and a test holds this to what yaml makes of the same text.
 */

/** What a text says, and where each value stands in it; `undefined` where it is not plain. */
export const readPlainYaml = (text: string): { readonly data: unknown; readonly finder: () => Finder } | undefined => {
  if (text.length > LONGEST || !PRINTABLE.test(text)) return undefined
  const held = valueIn(text) ?? mappingIn(text)
  if (held === undefined) return undefined
  const top: Placed = { ...held, key: null }
  return { data: top.data, finder: () => finderBy(top, ({ children }) => children ?? NONE) }
}

// Longer texts, and values further in, are for yaml to read or to refuse.
const [LONGEST, WIDEST, DEEPEST] = [2 ** 15, 100, 10]

// No tab, no carriage return, nothing that yaml might take for a line's end, no half of a character.
const PRINTABLE = /^[\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]*$/

const NONE: ReadonlyMap<string, Placed> = new Map()

/** A value with its place. */
interface Held {
  readonly data: unknown
  readonly value: Stretch
  readonly children?: ReadonlyMap<string, Placed>
}

type Placed = Held & Place

/** One line with a key: what stands behind it, if anything. */
interface Entry {
  readonly indent: number
  readonly name: string
  readonly key: Stretch
  readonly held: Held | null
  /** Where the next line begins. */
  readonly end: number
}

const BLANK = /^ *(?:#.*)?$/
const KEYED = /^( *)([A-Za-z_][\w-]*):(?:$| +(?=[^ ]|$))/
// Words that are values of other types, and the one name that is refused.
const RESERVED = /^(?:null|true|false|__proto__)$/i

/** A text that is one value on one line, as a setting has it; `undefined` where it is not. */
const valueIn = (text: string): Held | undefined => {
  const held = KEYED.test(text) || text.includes('\n') ? undefined : valueAt(text, 0)
  return held && TAIL.test(text.slice(held.value[1])) ? held : undefined
}

const mappingIn = (text: string): Held | undefined => {
  const entries = entriesIn(text)
  const root = entries && mappingOf(entries, { at: 0, indent: 0 })
  return root?.next === entries?.length ? root?.held : undefined
}

/** Every line that has a key; `undefined` where a line has something else. */
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

// What may follow a value: nothing, or a comment after a space.
const TAIL = /^(?:$| +(?:#|$))/

/** The mapping whose first key is entry `at`: all entries of that indent that follow, with what is under them. */
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
    // A key with nothing behind it has keys under it; one with a value has none.
    if (children.has(name) || isDeeper === (held !== null)) return undefined
    const inner = held ? { held, next: next + 1 } : mappingOf(entries, { at: next + 1, indent: below?.indent ?? 0 })
    if (inner === undefined) return undefined
    children.set(name, { ...inner.held, key })
    data[name] = inner.held.data
    next = inner.next
    end = entries[next - 1]?.end ?? 0
  }
  const after = entries[next]
  // What follows belongs to a mapping further out.
  if (after !== undefined && after.indent > indent) return undefined
  return { held: { data, value: [entries[at]?.key[0] ?? 0, end], children }, next }
}

// An empty text is told of at its key: yaml has that.
const QUOTED = /"[^"\\]+"|'[^']+'/y
// Up to a colon or a mark of comment that means one, and in brackets up to their marks.
const WORDS = /[A-Za-z0-9$_](?:[^:# ]|:(?=[^ ])| +(?=[^# ])|(?<=[^ ])#)*/y
const FLOW_WORDS = /[A-Za-z0-9$_](?:[^:#,[\]{} ]|:(?=[^ ,[\]{}])| +(?=[^#,[\]{} ])|(?<=[^ ])#)*/y

const matched = (pattern: RegExp, line: string, from: number): string | undefined => {
  pattern.lastIndex = from
  return pattern.exec(line)?.[0]
}

/** The value that begins there in a line; `undefined` where it is not plain. `depth`: brackets that it is in. */
const valueAt = (line: string, from: number, depth = 0): Held | undefined => {
  if (line[from] === '{' || line[from] === '[') return depth < DEEPEST ? flowAt(line, from, depth + 1) : undefined
  const quoted = matched(QUOTED, line, from)
  if (quoted !== undefined) return { data: quoted.slice(1, -1), value: [from, from + quoted.length] }
  const words = matched(depth > 0 ? FLOW_WORDS : WORDS, line, from)
  const data = words === undefined ? undefined : scalarOf(words)
  return data === undefined ? undefined : { data, value: [from, from + (words?.length ?? 0)] }
}

const NUMBER = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/
// Numbers as yaml has them, in all their forms.
const NUMERIC = /^[\d.]+(?:e[-+]?\d+)?$|^0[ox]/i

/** The value of a word or words; `undefined` where it might be of another type. */
const scalarOf = (words: string): string | number | boolean | undefined => {
  if (words === 'true' || words === 'false') return words === 'true'
  if (NUMBER.test(words)) return Number(words)
  return RESERVED.test(words) || NUMERIC.test(words) ? undefined : words
}

const FLOW_KEY = /([A-Za-z_][\w-]*): +/y
const COMMA = /, */y

/** A list or mapping in brackets, on one line. */
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
    // yaml takes a comma before the end, too.
    if (line[at] === close) return undefined
  }
  if (line[at] === ' ') at++
  if (line[at] !== close) return undefined
  return { data: isMap ? Object.fromEntries(data) : data.map(([, own]) => own), value: [start, at + 1], children }
}

/** The same, in a line that begins further on. */
const moved = (held: Held, by: number): Held => {
  const move = ([from, to]: Stretch): Stretch => [from + by, to + by]
  if (!held.children) return { ...held, value: move(held.value) }
  const children = [...held.children].map(
    ([name, child]) => [name, { ...moved(child, by), key: child.key && move(child.key) }] as const,
  )
  return { ...held, value: move(held.value), children: new Map(children) }
}
