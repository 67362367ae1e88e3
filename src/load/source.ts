import { isMap, isScalar, parseDocument } from 'yaml'
import { InputError, type Problem, problems } from '../errors.ts'
import { entryOf } from '../model/entry-of.ts'
import { lazily } from '../model/remembered.ts'
import { DEEPEST, finderInJson, parseJson } from './json-text.ts'
import { mayShow, type Showing, type Top } from './may-show.ts'
import { refuseProto } from './proto-keys.ts'
import { finderIn, isEndless, MOST_LEXEMES, plainValues, surveyTree } from './yaml-tree.ts'

/** One value given on the command line, at a key's path. */
export interface Override {
  readonly path: readonly string[]
  /** The whole setting as typed: `request.turns=20`. */
  readonly setting: string
  readonly source: Source
}

type Path = readonly (string | number)[]

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
  const json = parseJson(text)
  return json ? jsonSource(name, text, { data: json.data, showing }) : yamlSource(name, text, showing)
}

const jsonSource = (
  name: string,
  text: string,
  { data, showing }: { readonly data: unknown; readonly showing: Showing },
): Source => {
  const shown = mayShow(topOf(data), showing)
  const placesOf = lazily(() => ({ place: placesIn(name, text, shown), find: finderInJson(text) }))
  return refuseProto(text, {
    name,
    data,
    shown,
    locate: problem => {
      const { place, find } = placesOf()
      const path = problem.path ?? []
      const [from, to] = (problem.code === 'UNKNOWN_KEY' ? find.key(path) : find.value(path)) ?? [0, 1]
      return { ...problem, ...place(from, to - from) }
    },
  })
}

const topOf = (data: unknown): Top | null =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
    ? { keys: Object.keys(data), schema: (data as { readonly schema?: unknown }).schema }
    : null

const lineStartsOf = (text: string): number[] => {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}

/** Turns an offset into file:line:column with the line itself, where it may be shown. */
const placesIn = (name: string, text: string, shown: boolean) => {
  const lineStarts = lineStartsOf(text)
  return (offset: number, length: number): Pick<Problem, 'at' | 'excerpt'> => {
    let [line, beyond] = [0, lineStarts.length]
    while (beyond - line > 1) {
      const middle = (line + beyond) >> 1
      if ((lineStarts[middle] ?? 0) <= offset) line = middle
      else beyond = middle
    }
    const start = lineStarts[line] ?? 0
    const col = offset - start + 1
    const at = `${name}:${line + 1}:${col}`
    if (!shown) return { at }
    const end = text.indexOf('\n', start)
    const whole = text.slice(start, end < 0 ? text.length : end)
    return { at, excerpt: excerptOf(whole, { line: line + 1, col, length }) }
  }
}

const yamlSource = (name: string, text: string, showing: Showing): Source => {
  if (isEndless(text)) throw new InputError([problems.tooMuchYaml(name, MOST_LEXEMES)])
  const parsed = guardDepth(name, () =>
    parseDocument(text, {
      prettyErrors: false,
      stringKeys: true,
      logLevel: 'error',
      // yaml compares each key with every other; below they go through a set.
      uniqueKeys: false,
    }),
  )
  const shown = mayShow(topIn(parsed), showing)
  const place = placesIn(name, text, shown)
  const faults = [...parsed.errors, ...parsed.warnings]
  if (faults.some(({ message }) => message.includes('call stack'))) throw tooDeep(name)
  const { repeated, targets, dangling, typed } = guardDepth(name, () => surveyTree(parsed))
  const located = [
    ...faults.map(({ code, message, pos }) => ({
      fault: problems.syntax(
        WHATS[code] ?? (shown ? tidy(message) : UNSAID),
        MENDS[code] ?? 'mend the YAML at this place',
      ),
      range: pos,
    })),
    ...repeated.map(({ value, range }) => ({
      fault: problems.syntax(
        `${shown ? `the key "${value}"` : 'a key'} stands here a second time`,
        'keep one of the two',
      ),
      range,
    })),
    ...dangling.map(({ source, range }) => ({
      fault: problems.syntax(`there is no ${shown ? `anchor &${source}` : 'such anchor'}`, 'write the value out'),
      range,
    })),
    ...typed.map(({ tag = '', range }) => ({
      fault: problems.syntax(
        `the type ${shown ? `${tag.replace('tag:yaml.org,2002:', '!!')} ` : ''}is not read here`,
        'write plain text, a number, a list or keys',
      ),
      range,
    })),
  ]
    .slice(0, MOST_FAULTS)
    .map(({ fault, range }) => ({ ...fault, ...placeOf(range, place) }))
  if (located.length > 0) throw new InputError(inFileOrder(located))
  const plain = guardDepth(name, () => plainValues(parsed.contents, targets))
  if ('fault' in plain) throw new InputError([{ ...plain.fault, ...placeOf(plain.node.range, place) }])
  const find = finderIn(parsed.contents, targets)
  return refuseProto(text, {
    name,
    data: plain.data,
    shown,
    locate: problem => {
      const path = problem.path ?? []
      const node = problem.code === 'UNKNOWN_KEY' ? find.key(path) : find.value(path)
      return { ...problem, ...placeOf(node?.range, place) }
    },
  })
}

const UNSAID = 'this is no valid YAML'

const topIn = ({ contents }: ReturnType<typeof parseDocument>): Top | null =>
  isMap(contents)
    ? {
        keys: contents.items.map(({ key }) => String(isScalar(key) ? key.value : key)),
        schema: contents.get('schema'),
      }
    : null

const placeOf = (
  range: readonly number[] | null | undefined,
  place: ReturnType<typeof placesIn>,
): Pick<Problem, 'at' | 'excerpt'> => {
  const [from = 0, to = 1] = range ?? []
  return place(from, to - from)
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

const tidy = (message: string): string => message.split('\n')[0]?.trim() ?? message

const WIDTH = 100

/** The line with a marker under the fault, cut around it where it is long. */
const excerptOf = (written: string, { line, col, length }: { line: number; col: number; length: number }): string => {
  // A line may be a whole file, and have thousands of faults: it is cut before anything else is done with it.
  const whole = written.endsWith('\r') ? written.slice(0, -1) : written
  const start = Math.max(0, Math.min(col - 1 - WIDTH / 2, whole.length - WIDTH))
  // What a terminal would obey is shown as a mark.
  const shown = whole
    .slice(start, start + WIDTH)
    .replaceAll('\t', ' ')
    .replace(/\p{Cc}/gu, '�')
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
  // What a setting has copied already, the next one may change: each copy is made once.
  const copied = new WeakSet<object>()
  for (const override of overrides) data = setIn(data, override.path, { value: override.source.data, copied })
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
  const path = key.split('.')
  if (cut < 1 || key === '' || path.includes('')) throw new InputError([problems.badSet(setting)])
  if (path.includes('__proto__')) throw new InputError([problems.badSet(setting, 'has a key that cannot be a name')])
  if (path.length > DEEPEST) throw new InputError([problems.badSet(`${setting.slice(0, SHOWN_SETTING)}…`)])
  const value = setting.slice(cut + 1)
  const name = `--set ${key}`
  return { path, setting, source: parseSource(name, value.trim() === '' ? '""' : value, 'always') }
}

const SHOWN_SETTING = 60

/** Data with a value at a path; what is on the way is copied, so that the file's own data stay as they are. */
const setIn = (
  data: unknown,
  path: readonly string[],
  set: { readonly value: unknown; readonly copied: WeakSet<object> },
): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return set.value
  if (Array.isArray(data) && /^\d+$/.test(key)) {
    if (Number(key) > data.length) throw new InputError([problems.noItem(key, data.length)])
    const copy: unknown[] = set.copied.has(data) ? data : [...data]
    set.copied.add(copy)
    copy[Number(key)] = setIn(copy[Number(key)], rest, set)
    return copy
  }
  const holder = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {}
  const copy = (set.copied.has(holder) ? holder : { ...holder }) as Record<string, unknown>
  set.copied.add(copy)
  copy[key] = setIn(entryOf(copy, key), rest, set)
  return copy
}

/** A key of what may be a mapping. */
export const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? entryOf(value as Record<string, unknown>, key) : undefined
