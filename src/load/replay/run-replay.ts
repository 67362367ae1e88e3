import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { type Replayed, type ReplayTerms, startReplay } from '../../replay/replay.ts'
import type { TraceRequest } from '../../replay/trace.ts'
import type { HowFar } from '../files/how-far.ts'
import { type Malformed, readTrace } from './read-trace.ts'
import type { ReaderTerms, TraceFormat } from './trace-format.ts'

/** What is known before the trace is read. */
export interface RunTerms extends Pick<ReplayTerms, 'book' | 'model' | 'choose' | 'block' | 'partial' | 'window'> {
  readonly format: TraceFormat
  readonly ids: ReplayTerms['ids']
  readonly encode: ReaderTerms['encode']
  /** Share of the requests that only warm the cache. */
  readonly warmUp: number
  /** Moment, ms since 1970, at which a trace with a clock of its own begins. */
  readonly beginsAt: number
  /** Whether one with real times is taken to begin then too. */
  readonly moved: boolean
  readonly tell?: HowFar | undefined
}

export interface Run extends Replayed {
  readonly malformed: Malformed
  readonly sorted: boolean
  readonly warming: number
  /** Whether the first request was priced at the moment given, not at its own. */
  readonly isMoved: boolean
  /** When the first request was priced, ms since 1970. */
  readonly beginsAt: number
}

type TraceFiles = Pick<Io, 'pieces' | 'read' | 'size'>

/** A time from here on is one since 1970: 2000-01-01. */
const REAL_CLOCK = Date.UTC(2000, 0, 1)

/**
 * Replays files as they are read, so that memory does not grow with the trace. What is not in the order of time is read
 * again, kept and sorted; where models differ, it is read again with their ids apart.
 */
export const runReplay = (files: readonly string[], terms: RunTerms, io: TraceFiles): Run => {
  const reading = {
    format: terms.format,
    io,
    block: terms.block,
    encode: terms.encode,
    tell: terms.tell,
  }
  const isAhead = terms.warmUp > 0 || terms.format.unit === 'file'
  let { total, firstAt } = isAhead ? countAhead(files, reading) : NOTHING_YET
  const isMoved = (): boolean => terms.moved || firstAt < REAL_CLOCK
  const warming = Math.floor(total * terms.warmUp)
  let sorted = terms.format.unit === 'file'
  let apart = terms.format.local
  for (;;) {
    const begin = (at: number) => {
      firstAt = Math.min(firstAt, at)
      const clock = isMoved() ? terms.beginsAt - firstAt : 0
      return startReplay({ ...terms, apart, warming, clock })
    }
    let replaying: ReturnType<typeof begin> | null = null
    let refused: ReturnType<ReturnType<typeof begin>['add']> = null
    const link = terms.format.link?.(terms.block)
    const add = (request: TraceRequest): boolean => {
      replaying ??= begin(request.at)
      link?.(request)
      refused = replaying.add(request)
      return refused === null
    }
    const malformed = sorted ? inOrder(files, reading, add) : readTrace(files, reading, add)
    if (refused === null) {
      const ended = (replaying ?? begin(0)).end()
      return {
        ...ended,
        malformed,
        sorted,
        warming,
        isMoved: isMoved(),
        beginsAt: isMoved() ? terms.beginsAt : firstAt,
      }
    }
    if (refused === 'order') sorted = true
    else apart = true
  }
}

const NOTHING_YET = { total: 0, firstAt: Number.POSITIVE_INFINITY }

/** Reads all once: how many requests there are, and when the first one was. */
const countAhead = (files: readonly string[], reading: Parameters<typeof readTrace>[1]): typeof NOTHING_YET => {
  let { total, firstAt } = NOTHING_YET
  readTrace(files, reading, ({ at }) => {
    total++
    firstAt = Math.min(firstAt, at)
    return true
  })
  return { total, firstAt }
}

/** Every request by time, ties in the order of the files. */
const inOrder = (
  files: readonly string[],
  reading: Parameters<typeof readTrace>[1],
  add: (request: TraceRequest) => boolean,
): Malformed => {
  const kept: TraceRequest[] = []
  const malformed = readTrace(files, reading, ({ blocks: { high, low, count }, ...rest }) => {
    kept.push({ ...rest, blocks: { high: high.slice(0, count), low: low.slice(0, count), count } })
    return true
  })
  // Array.prototype.sort is stable.
  kept.sort((a, b) => a.at - b.at)
  for (const request of kept) if (!add(request)) break
  return malformed
}

/** @throws {InputError} INVALID */
export const requireRequests = (run: Run, files: readonly string[]): void => {
  if (run.load !== null) return
  const {
    first: [first],
    fix,
  } = run.malformed
  throw new InputError([
    problems.invalid(
      `${files.map(file => JSON.stringify(file)).join(', ')}: there is no request to replay${first ? `: line ${first.line}: ${first.what}` : ''}`,
      fix ?? 'check that it is the right file, or name its format with --input-format',
    ),
  ])
}
