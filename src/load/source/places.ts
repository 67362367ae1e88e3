import type { Problem } from '../../errors/index.ts'

/** The position of a value or its key: file:line:column, and the line itself if it may be quoted. */
export type PlaceOf = (path: readonly (string | number)[], part?: 'key' | 'value') => Pick<Problem, 'at' | 'excerpt'>

/** A parsed YAML or JSON text with the positions of its values. */
export interface Source {
  /** The file as the user named it. */
  readonly name: string
  /** Plain values, with overrides applied. */
  readonly data: unknown
  /** Whether the text may be quoted: it is a file of ours, or typed. Otherwise only place and kind are reported. */
  readonly shown: boolean
  readonly placeOf: PlaceOf
  /** Adds the position to a problem. */
  locate(problem: Problem): Problem
  /** The keys that a configuration set, as the file leaves them out. */
  readonly configured?: readonly ConfigSetting[]
  /** Whether the value at a path was typed on the command line rather than read from the file. */
  isTyped?(path: readonly (string | number)[]): boolean
}

/** A scenario key that a configuration sets. */
export interface ConfigSetting {
  readonly path: readonly string[]
  readonly value: unknown
  /** Where the configuration sets it. */
  readonly place: Pick<Problem, 'at' | 'excerpt'>
}

/** Adds the position to a problem: that of the key for an unknown key, otherwise that of the value. */
export const locateBy =
  (placeOf: PlaceOf) =>
  (problem: Problem): Problem => ({
    ...problem,
    ...placeOf(problem.path ?? [], problem.code === 'UNKNOWN_KEY' ? 'key' : 'value'),
  })

/** Start and end offsets in a text. */
export type Stretch = readonly [from: number, to: number]

/** A value of a list or mapping, with its key if it has one. */
export interface Place {
  readonly key: Stretch | null
  readonly value: Stretch
}

/** Finds positions of values by path from the root; `childrenOf`: the children of a value by key or index. */
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
    /** The position of a value; if it is missing, that of its parent's key. */
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

/** Converts offsets to file:line:column, with the line itself if it may be quoted. */
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

/** The line with a marker under the problem; a long line is cut around it. */
const excerptOf = (written: string, { line, col, length }: { line: number; col: number; length: number }): string => {
  // A line may be a whole file with thousands of problems, so it is cut before any other processing.
  const whole = written.endsWith('\r') ? written.slice(0, -1) : written
  const start = Math.max(0, Math.min(col - 1 - WIDTH / 2, whole.length - WIDTH))
  // Control characters are replaced by a visible mark.
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

/** Sorts problems by line and column. */
export const inFileOrder = (found: readonly Problem[]): Problem[] => {
  const place = ({ at = '' }: Problem): number => {
    const [column = 0, line = 0] = at.split(':').reverse().map(Number)
    return line * 1e6 + column
  }
  return [...found].sort((a, b) => place(a) - place(b))
}
