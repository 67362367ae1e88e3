import { isAlias, isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { InputError, type Problem, problems } from '../errors.ts'
import { mayShow, type Showing } from './may-show.ts'

/** One value given on the command line, at a key's path. */
export interface Override {
  readonly path: readonly string[]
  /** The whole setting as typed: `request.turns=20`. */
  readonly setting: string
  readonly source: Source
}

/** A YAML or JSON text, and where in it each value stands. */
export interface Source {
  /** The file as the user named it. */
  readonly name: string
  /** Plain values, overrides applied. */
  readonly data: unknown
  /** Whether its words may be shown: it is a file of ours, or was typed. Of others only place and kind of a fault are. */
  readonly shown: boolean
  /** The problem with its place: file:line:column, and the line itself where it may be shown. */
  locate(problem: Problem): Problem
  /** Whether the value at a path was typed on the command line, rather than being the file's. */
  isTyped?(path: Path): boolean
}

type Path = readonly (string | number)[]

// One slip of the indentation can make a thousand; the first ones say it all.
const MOST_FAULTS = 20

const WHATS: Readonly<Record<string, string>> = { MULTIPLE_DOCS: 'the file holds more than one document' }

const MENDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'keep one document in the file',
  BAD_INDENT: 'line the keys up',
}

/**
 * Parses a YAML (or JSON) text, every fault in it at once.
 *
 * @param showing - when its words may be shown; a list: the keys at the top of a file of this kind
 * @throws {InputError} EMPTY_FILE; SYNTAX, located
 */
export const parseSource = (name: string, text: string, showing: Showing): Source => {
  if (text.trim() === '') throw new InputError([problems.emptyFile(name)])
  const lines = new LineCounter()
  const parsed = guardDepth(name, () =>
    parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      logLevel: 'error',
      // yaml compares each key with every other; below they go through a set.
      uniqueKeys: false,
    }),
  )
  const shown = mayShow(parsed, showing)
  const place = (offset: number, length: number): Pick<Problem, 'at' | 'excerpt'> => {
    const { line, col } = lines.linePos(offset)
    if (!shown) return { at: `${name}:${line}:${col}` }
    const start = lines.lineStarts[line - 1] ?? text.length
    const end = text.indexOf('\n', start)
    const whole = text.slice(start, end < 0 ? text.length : end)
    return { at: `${name}:${line}:${col}`, excerpt: excerptOf(whole, { line, col, length }) }
  }
  const faults = [...parsed.errors, ...parsed.warnings]
  if (faults.some(({ message }) => message.includes('call stack'))) throw tooDeep(name)
  const located = faults.slice(0, MOST_FAULTS).map(({ code, message, pos: [from, to] }) => ({
    ...problems.syntax(WHATS[code] ?? (shown ? tidy(message) : UNSAID), MENDS[code] ?? 'mend the YAML at this place'),
    ...place(from, to - from),
  }))
  visit(parsed, {
    Map: (_, { items }) => {
      const keys = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (keys.has(key.value) && located.length < MOST_FAULTS) {
          const [from, to] = key.range ?? [0, 1]
          const named = shown ? `the key "${key.value}"` : 'a key'
          const fault = problems.syntax(`${named} stands here a second time`, 'keep one of the two')
          located.push({ ...fault, ...place(from, to - from) })
        }
        keys.add(key.value)
      }
    },
    Alias: (_, alias) => {
      if (alias.resolve(parsed)) return
      const [from, to] = alias.range ?? [0, 1]
      const named = shown ? `anchor &${alias.source}` : 'such anchor'
      const fault = problems.syntax(`there is no ${named}`, 'write the value out')
      located.push({ ...fault, ...place(from, to - from) })
    },
  })
  if (located.length > 0) throw new InputError(inFileOrder(located))
  const nodeAt = (path: Path): Node | null => {
    // A key that is there is named by itself; one that is missing, by what should hold it.
    for (let end = path.length; end >= 0; end--) {
      const pair = end > 0 ? parsed.getIn(path.slice(0, end - 1), true) : null
      const holder = isAlias(pair) ? pair.resolve(parsed) : pair
      const key = isMap(holder) ? holder.items.find(item => isPair(item) && keyOf(item.key) === path[end - 1]) : null
      const value = end === 0 ? parsed.contents : parsed.getIn(path.slice(0, end), true)
      if (end === path.length && key && isNode(key.value) && !(isScalar(key.value) && key.value.source === '')) {
        return key.value as Node
      }
      if (key && isNode(key.key)) return key.key as Node
      if (isNode(value)) return value as Node
    }
    return null
  }
  return {
    name,
    data: guardDepth(name, () => toPlain(name, () => parsed.toJS({ maxAliasCount: 100 }))),
    shown,
    locate: problem => {
      const node = problem.code === 'UNKNOWN_KEY' ? keyNode(parsed, problem.path ?? []) : nodeAt(problem.path ?? [])
      const [from, to] = node?.range ?? [0, 1, 1]
      return { ...problem, ...place(from, to - from) }
    },
  }
}

const UNSAID = 'this is no valid YAML'

const keyOf = (key: unknown): unknown => (isScalar(key) ? key.value : key)

const keyNode = (parsed: ReturnType<typeof parseDocument>, path: Path): Node | null => {
  const holder = parsed.getIn(path.slice(0, -1), true)
  const map = isAlias(holder) ? holder.resolve(parsed) : path.length === 1 ? parsed.contents : holder
  const pair = isMap(map) ? map.items.find(item => keyOf(item.key) === path.at(-1)) : null
  return pair && isNode(pair.key) ? (pair.key as Node) : null
}

/** Runs `work`, and turns an overflow of the stack into the fault that caused it. */
const guardDepth = <T>(name: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(name) : error
  }
}

const tooDeep = (name: string): InputError =>
  new InputError([{ ...problems.syntax('the values are nested too deeply', 'flatten the file'), at: `${name}:1:1` }])

/** Plain values; aliases that would explode are a fault. */
const toPlain = (name: string, work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    throw new InputError([
      { ...problems.syntax(tidy(error.message), 'write the values out instead of using aliases'), at: `${name}:1:1` },
    ])
  }
}

const tidy = (message: string): string => message.split('\n')[0]?.trim() ?? message

const WIDTH = 100

/** The line with a marker under the fault, cut around it where it is long. */
const excerptOf = (written: string, { line, col, length }: { line: number; col: number; length: number }): string => {
  // What a terminal would obey is shown as a mark.
  const whole = written
    .replace(/\r$/, '')
    .replaceAll('\t', ' ')
    .replace(/\p{Cc}/gu, '�')
  const start = Math.max(0, Math.min(col - 1 - WIDTH / 2, whole.length - WIDTH))
  const shown = whole.slice(start, start + WIDTH)
  const marker = '^'.repeat(Math.max(1, Math.min(length, whole.length - col + 1, WIDTH - (col - 1 - start))))
  const gutter = String(line)
  return [
    `${gutter} | ${shown}`.trimEnd(),
    `${' '.repeat(gutter.length)} | ${' '.repeat(Math.max(0, col - 1 - start))}${marker}`,
  ].join('\n')
}

/** Problems by line and column, so that a reader goes through the file once. */
export const inFileOrder = (found: readonly Problem[]): Problem[] => {
  const place = ({ at = '' }: Problem): number => {
    const [column = 0, line = 0] = at.split(':').reverse().map(Number)
    return line * 1e6 + column
  }
  return [...found].sort((a, b) => place(a) - place(b))
}

/**
 * Lays settings (`key.path=value`, the value read as YAML) over a source, later ones winning.
 *
 * @throws {InputError} BAD_SET; SYNTAX, located in the setting
 */
export const overlay = (source: Source, settings: readonly string[]): Source => {
  if (settings.length === 0) return source
  const overrides = settings.map(parseSetting)
  let data = source.data
  for (const override of overrides) data = setIn(data, override.path, override.source.data)
  return {
    ...source,
    data,
    isTyped: path => overrides.some(({ path: key }) => key.every((step, i) => String(path[i]) === step)),
    locate: problem => {
      const path = problem.path ?? []
      // The last setting whose key leads to the problem's own.
      const own = overrides.findLast(({ path: key }) =>
        key.every((step, i) => String(path[i] ?? step) === step && i <= path.length),
      )
      if (!own || own.path.length > path.length) return source.locate(problem)
      return { ...own.source.locate({ ...problem, path: path.slice(own.path.length) }), path }
    },
  }
}

const parseSetting = (setting: string): Override => {
  const cut = setting.indexOf('=')
  const key = setting.slice(0, cut).trim()
  if (cut < 1 || key === '' || key.split('.').includes('')) throw new InputError([problems.badSet(setting)])
  const value = setting.slice(cut + 1)
  const name = `--set ${key}`
  return { path: key.split('.'), setting, source: parseSource(name, value.trim() === '' ? '""' : value, 'always') }
}

const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor'])

const setIn = (data: unknown, path: readonly string[], value: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (FORBIDDEN.has(key)) throw new InputError([problems.badSet(`${path.join('.')}=…`)])
  if (Array.isArray(data) && /^\d+$/.test(key)) {
    const copy = [...data]
    copy[Number(key)] = setIn(copy[Number(key)], rest, value)
    return copy
  }
  const holder = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {}
  return { ...holder, [key]: setIn((holder as Record<string, unknown>)[key], rest, value) }
}

/** A key of what may be a mapping. */
export const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
