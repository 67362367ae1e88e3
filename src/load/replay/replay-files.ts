import { findModel, type Offer } from '../../cost/rates/price-at.ts'
import { pricingOf } from '../../cost/result/estimate.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { parseInstant } from '../../model/instant.ts'
import type { Replay } from '../../model/result/replay.ts'
import { choosePolicies, type PolicyTerms, ruleFinder } from '../../replay/choose-policies.ts'
import { describeReplay } from '../../replay/describe.ts'
import { tokenizerOf } from '../../tokens/index.ts'
import { missingModel } from '../book/book.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { openBook } from '../book/open-book.ts'
import type { HowFar } from '../files/how-far.ts'
import { expandScenarios, requireFound } from '../files/scenario-files.ts'
import { requireCounter } from '../scenario/counter.ts'
import { type AskedFleet, fleetFor } from './fleet-terms.ts'
import { detectFormat, readTrace } from './read-trace.ts'
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
export const replayFiles = async (names: readonly string[], terms: ReplayFileTerms, io: Io): Promise<Replay> => {
  const { model } = terms
  const at = terms.at ?? terms.today
  const files = requireFound(
    await expandScenarios(
      names.map(name => inFolder(name, io)),
      io,
    ),
  ).paths
  const format = detectFormat(files, terms.inputFormat, io)
  const first = model ?? firstModel(files, format, io)
  const priced = await openBook(terms.pricing, io, { names: model === null ? null : [model] })
  const missing = model === null ? null : missingModel(priced, model, io)
  if (missing) throw new InputError([missing])
  const rules = {
    ...terms,
    rows: terms.rows ?? (first === null ? (['infinite'] as const) : (['rule', 'infinite'] as const)),
  }
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
    rowNames: rules.rows,
    warmUp: { share: terms.warmUp, requests: run.warming },
    fleet:
      terms.fleet && fleetFor(terms.fleet, first === null ? null : (findModel(priced.book, first)?.id ?? first), io),
    notes: notesOn(run, { format, at, block, first, rows: rules.rows, ruleOf, isOwn: text.isOwn }),
  })
  refuseUnpriced(replay, priced, io)
  return replay
}

/** @throws {InputError} why the requests have no price, if none has */
const refuseUnpriced = ({ rows, unpriced }: Replay, priced: LoadedBook, io: Io): void => {
  if (unpriced.length === 0 || rows.some(({ at_least: known }) => known !== null)) return
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
  if (files.includes('-')) return null
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

/** How the trace was read and priced. */
const notesOn = (
  run: Run,
  of: {
    readonly format: TraceFormat
    readonly at: string
    readonly block: number
    readonly first: string | null
    readonly rows: PolicyTerms['rows']
    readonly ruleOf: ReturnType<typeof ruleFinder>
    readonly isOwn: boolean
  },
): string[] => [
  ...of.format.notes,
  ...(of.first === null ? [] : clockNote(run, of.at)),
  ...blockNote(of.block, of.ruleOf(of.first, run.beginsAt)),
  ...ruleNote(of.rows.includes('rule') ? run.models.filter(name => !hasRule(of.ruleOf(name, run.beginsAt))) : []),
  ...textNote(of.isOwn),
]

const clockNote = ({ isMoved }: Run, at: string): string[] =>
  isMoved ? [`The first request is priced at ${at}, the others as much later as they came.`] : []

const hasRule = (offer: Offer | null): boolean => offer !== null && offer.caching !== 'unknown'

const ruleNote = (models: readonly (string | null)[]): string[] => {
  const names = models.flatMap(name => name ?? [])
  return names.length === 0
    ? []
    : [`No cache rule is known of ${names.join(', ')}: a cache that forgets nothing stands in for it, a bound.`]
}

const blockNote = (block: number, offer: Offer | null): string[] =>
  offer?.caching === 'known' && offer.cacheRule.block < block
    ? [
        `Hits are known in blocks of ${block} tokens and this cache matches finer ones: a request may hit up to ${block - 1} tokens more.`,
      ]
    : []

const textNote = (isOwn: boolean): string[] =>
  isOwn ? [] : ["Texts are cut by a vocabulary that stands in for the model's own."]
