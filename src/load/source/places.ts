import type { Problem } from '../../errors/index.ts'

/** Where a value or its key stands: file:line:column, and the line itself where it may be shown. */
export type PlaceOf = (path: readonly (string | number)[], part?: 'key' | 'value') => Pick<Problem, 'at' | 'excerpt'>

/** A YAML or JSON text, and where in it each value stands. */
export interface Source {
  /** The file as the user named it. */
  readonly name: string
  /** Plain values, overrides applied. */
  readonly data: unknown
  /** Whether its words may be shown: it is a file of ours, or was typed. Of others only place and kind of a fault are. */
  readonly shown: boolean
  readonly placeOf: PlaceOf
  /** The problem with its place. */
  locate(problem: Problem): Problem
  /** Whether the value at a path was typed on the command line, rather than being the file's. */
  isTyped?(path: readonly (string | number)[]): boolean
}

/** Gives a problem its place: an unknown key stands at the key, everything else at the value. */
export const locateBy =
  (placeOf: PlaceOf) =>
  (problem: Problem): Problem => ({
    ...problem,
    ...placeOf(problem.path ?? [], problem.code === 'UNKNOWN_KEY' ? 'key' : 'value'),
  })

/** From where to where something stands in a text. */
export type Stretch = readonly [from: number, to: number]

/** One value of a list or mapping, with its key where it has one. */
export interface Place {
  readonly key: Stretch | null
  readonly value: Stretch
}

/** Finds the places of values, from the outermost one down; `childrenOf` says what is in one, by key or number. */
export const finderBy = <P extends Place>(root: P, childrenOf: (place: P) => ReadonlyMap<string, P>) => {
  const follow = (path: readonly (string | number)[]): { readonly found: P; readonly whole: boolean } => {
    let found = root
    for (const step of path) {
      const next = childrenOf(found).get(String(step))
      if (!next) return { found, whole: false }
      found = next
    }
    return { found, whole: true }
  }
  return {
    /** A value by itself; one that is missing by the key of what should hold it. */
    value: (path: readonly (string | number)[]): Stretch => {
      const { found, whole } = follow(path)
      return (whole ? null : found.key) ?? found.value
    },
    /** The key of a value. */
    key: (path: readonly (string | number)[]): Stretch | null => {
      const { found, whole } = follow(path)
      return whole ? found.key : null
    },
  }
}

export type Finder = ReturnType<typeof finderBy>

const lineStartsOf = (text: string): number[] => {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}

/** Turns an offset into file:line:column with the line itself, where it may be shown. */
export const placesIn = (name: string, text: string, shown: boolean) => {
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
