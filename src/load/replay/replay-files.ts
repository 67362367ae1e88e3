import { findModel } from '../../cost/rates/price-at.ts'
import { pricingOf } from '../../cost/result/estimate.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { parseInstant } from '../../model/instant.ts'
import type { Replay } from '../../model/result/replay.ts'
import { choosePolicies, type PolicyTerms, ruleFinder } from '../../replay/choose-policies.ts'
import { describeReplay } from '../../replay/describe.ts'
import { notesOn } from '../../replay/notes.ts'
import { tokenizerOf } from '../../tokens/index.ts'
import { missingModel } from '../book/book.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { openBook } from '../book/open-book.ts'
import type { HowFar } from '../files/how-far.ts'
import { expandScenarios, requireFound } from '../files/scenario-files.ts'
import { requireCounter } from '../scenario/counter.ts'
import { type AskedFleet, fleetFor } from './fleet-terms.ts'
import { detectFormat, readTrace, rereadable } from './read-trace.ts'
import { type Run, requireRequests, runReplay } from './run-replay.ts'
import type { ReaderTerms, TraceFormat } from './trace-format.ts'

/** What a replay of files is asked for. */
export interface ReplayFileTerms extends Pick<PolicyTerms, 'lifetime' | 'refresh' | 'capacity' | 'delay'> {
  /** `null`: no fleet is asked for. */
  readonly fleet: AskedFleet | null
  /** Date or instant at which the trace is taken to begin; `null`: when it says, or today if its clock is its own. */
  readonly at: string | null
  /** The date where `at` is `null`. */
  readonly today: string
  readonly pricing: readonly string[]
  /** Serves every request; `null`: the trace says which. */
  readonly model: string | null
  /** `null`: the model's rule, where there is a model, and a cache that forgets nothing. */
  readonly rows: PolicyTerms['rows'] | null
  /** Tokens of a block; `null`: as the format or the model has it. */
  readonly block: number | null
  readonly partial: boolean
  /** `null`: as the format says. */
  readonly ids: 'prefix' | 'content' | null
  /** Share of the requests that only warm the cache. */
  readonly warmUp: number
  /** Length of the windows of the load, ms. */
  readonly window: number
  readonly inputFormat: string | undefined
  readonly tell?: HowFar | undefined
}

/** Tokens of a block where neither the call nor the format nor a model says it. */
const BLOCK = 64

/**
 * Replays files of requests.
 *
 * @returns what `dsprice replay --json` prints
 * @throws {InputError} what is wrong with the files or the model
 */
export const replayFiles = async (names: readonly string[], terms: ReplayFileTerms, outside: Io): Promise<Replay> => {
  const io = rereadable(outside)
  const { model } = terms
  const at = terms.at ?? terms.today
  const files = await filesOf(names, io)
  const format = detectFormat(files, terms.inputFormat, io)
  const first = model ?? firstModel(files, format, io)
  const priced = await openBook(terms.pricing, io, { names: model === null ? null : [model] })
  const missing = model === null ? null : missingModel(priced, model, io)
  if (missing) throw new InputError([missing])
  const rows = rowsOf(terms, first)
  const rules = { ...terms, rows }
  const ruleOf = ruleFinder(priced.book)
  const beginsAt = parseInstant(at) ?? 0
  const block = terms.block ?? format.block ?? ruleOf(first, beginsAt)?.cacheRule.block ?? BLOCK
  const text = format.needsText ? await encoderOf(first, priced, io) : { encode: null, isOwn: true }
  const ids = format.ids === 'none' ? 'none' : (terms.ids ?? format.ids)
  const run = runReplay(
    files,
    {
      ...{ book: priced.book, format, block, beginsAt, model, encode: text.encode, moved: terms.at !== null },
      ...{ partial: terms.partial, warmUp: terms.warmUp, window: terms.window, tell: terms.tell },
      ids,
      choose: (name, ms) => choosePolicies({ ...rules, block, blockStated: terms.block !== null }, ruleOf(name, ms)),
    },
    io,
  )
  requireRequests(run, files)
  const replay = describeReplay(run, {
    pricing: pricingOf(priced, [{ at }], null),
    trace: {
      ...{ files: [...files], format: format.name, block, ids, sorted: run.sorted },
      malformed: run.malformed.count,
      first_malformed: run.malformed.first,
    },
    left: { unit: format.unit === 'file' ? 'record' : 'line', fix: run.malformed.fix },
    rowNames: rows,
    warmUp: { share: terms.warmUp, requests: run.warming },
    fleet:
      terms.fleet && fleetFor(terms.fleet, first === null ? null : (findModel(priced.book, first)?.id ?? first), io),
    notes: notesOn(run, {
      ...{ formatNotes: format.notes, at, block, first, rows, ruleOf },
      ...{ isOwn: text.isOwn, lifetime: terms.lifetime },
    }),
  })
  refuseUnpriced(replay, run, { priced, io })
  return replay
}

/** The files of some names, folders and globs. @throws {InputError} NO_MATCH and what else is wrong with a name */
const filesOf = async (names: readonly string[], io: Io): Promise<readonly string[]> => {
  const folders = names.map(name => inFolder(name, io))
  return requireFound(await expandScenarios(folders, io)).paths
}

/** The rows asked for. @param first - model of the first request @throws {InputError} USAGE */
const rowsOf = ({ rows, refresh }: ReplayFileTerms, first: string | null): PolicyTerms['rows'] => {
  const chosen = rows ?? (first === null ? (['infinite'] as const) : (['rule', 'infinite'] as const))
  if (refresh || chosen.some(row => row === 'ttl' || row === 'rule')) return chosen
  throw new InputError([problems.usage('--no-refresh is of --policy ttl', 'write --policy ttl, or leave it out')])
}

/**
 * Where only the lifetime that was asked for has no price, the hits are an answer.
 *
 * @throws {InputError} why the requests have no price, if none has
 */
const refuseUnpriced = ({ rows, unpriced }: Replay, run: Run, { priced, io }: { priced: LoadedBook; io: Io }): void => {
  if (unpriced.length === 0 || rows.some(({ at_least: known }) => known !== null)) return
  if (run.rows.some(({ states }) => [...states.values()].some(({ lack }) => lack !== null))) return
  throw new InputError(
    unpriced.map(one => (one.model === null ? null : missingModel(priced, one.model, io)) ?? problems.unpriced(one)),
  )
}

/** A folder stands for the traces in it. */
const inFolder = (name: string, io: Pick<Io, 'kind'>): string =>
  name !== '-' && io.kind(name) === 'folder' ? `${name.replace(/[\\/]+$/, '')}/**/*.{json,jsonl,csv}` : name

/** The model that the first request names. */
const firstModel = (files: readonly string[], format: TraceFormat, io: Io): string | null => {
  let found: string | null = null
  readTrace(files, { format, io, block: BLOCK, encode: () => [] }, ({ model }) => {
    found = model
    return false
  })
  return found
}

/** @throws {InputError} UNKNOWN_MODEL, NO_TOKENIZER */
const encoderOf = async (
  name: string | null,
  priced: LoadedBook,
  io: Io,
): Promise<{ readonly encode: ReaderTerms['encode']; readonly isOwn: boolean }> => {
  const model = name === null ? undefined : findModel(priced.book, name)
  const missing = name === null || model ? null : missingModel(priced, name, io)
  if (missing) throw new InputError([missing])
  const asked = model?.id ?? 'a request without a model'
  const counter = await requireCounter(model ? tokenizerOf(model) : null, asked, { files: io, priced })
  return { encode: text => counter.encode(text), isOwn: counter.estimation === null }
}
