import { findModel } from '../../cost/rates/price-at.ts'
import type { Scored, Scores } from '../../cost/rates/score-models.ts'
import { fleetFit } from '../../cost/result/describe-fleet.ts'
import type { Book, Model } from '../../model/book/book.ts'
import { passes, statedFact } from '../../model/book/facts.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import type { RouteFound } from '../../model/result/route.ts'
import type { Requirement } from '../requirements.ts'
import { meanQuality } from '../route.ts'
import { type Bench, type Finding, inYaml, leverWith, tryOne } from './lever.ts'
import { isCheaper } from './saving.ts'
import { isRefused, type Trial } from './trial.ts'

/** The next cheaper models that fit. */

export interface ModelTerms {
  readonly book: Book
  readonly scores: Scores
  /** Ids or names of the models to try. */
  readonly models: readonly string[]
  /** Whether the user named them: then each that is cheaper is shown. */
  readonly named: boolean
  readonly require: readonly Requirement[]
  /** Lowest score; `null`: none was asked for. */
  readonly minQuality: Exact | null
}

/** A model that can serve the work, or a leg of it; it may be dearer. */
export interface Fitting {
  readonly model: Model
  readonly finding: Finding
  readonly trial: Trial
  readonly score: Exact | null
}

export interface ModelsFound {
  readonly fitting: readonly Fitting[]
  readonly shown: readonly Finding[]
  readonly skipped: RouteFound['skipped']
  readonly tried: number
  readonly cheaper: number
}

const MOST_SHOWN = 5

/** Tries every model in place of the scenario's, or of each leg's, and shows the next cheaper ones. */
export const modelFindings = async (bench: Bench, terms: ModelTerms): Promise<ModelsFound> => {
  const { priced } = bench.base
  const legs = priced.legs.flatMap(({ route }, leg) => (route.selfHost ? [] : [leg]))
  const places = priced.scenario.routing ? legs : [null]
  const most = Math.max(1, Math.floor(MOST_SHOWN / Math.max(1, places.length)))
  const all: ModelsFound[] = []
  for (const leg of places) all.push(await inPlaceOf(leg, bench, { ...terms, most }))
  return {
    fitting: all.flatMap(({ fitting }) => fitting),
    shown: all.flatMap(({ shown }) => shown),
    // The same models are left out for every leg, for the same reasons.
    skipped: all[0]?.skipped ?? [],
    tried: Math.max(0, ...all.map(({ tried }) => tried)),
    cheaper: all.reduce((total, { cheaper }) => total + cheaper, 0),
  }
}

const inPlaceOf = async (
  leg: number | null,
  bench: Bench,
  { most, ...terms }: ModelTerms & { readonly most: number },
): Promise<ModelsFound> => {
  const skipped: RouteFound['skipped'][number][] = []
  const fitting: Fitting[] = []
  const models = new Map(terms.models.flatMap(name => findModel(terms.book, name) ?? []).map(one => [one.id, one]))
  models.delete(scoredIn(bench.base, leg).model.id)
  for (const model of models.values()) {
    const lacking = terms.require.filter(name => !passes(statedFact(terms.book, model, name)))
    const whys = lacking.map(name => `${name}: ${statedFact(terms.book, model, name).value}`)
    const found = whys.length > 0 ? whys.join('; ') : await fittingAs(model, leg, { bench, terms })
    if (typeof found === 'string') skipped.push({ model: model.id, why: found })
    else fitting.push(found)
  }
  const cheaper = fitting.filter(({ trial }) => isCheaper(trial, bench.base))
  const shown = terms.named ? cheaper : nextOf(cheaper, most)
  return {
    fitting,
    shown: shown.map(({ finding }) => finding),
    skipped: skipped.sort((a, b) => (a.model < b.model ? -1 : 1)),
    tried: models.size,
    cheaper: cheaper.length,
  }
}

/** A model in place of another, priced; or why it does not fit. */
const fittingAs = async (
  model: Model,
  leg: number | null,
  { bench, terms: { scores, minQuality } }: { readonly bench: Bench; readonly terms: ModelTerms },
): Promise<Fitting | string> => {
  const { trial, lever } = await tryModel(model, leg, bench)
  if (isRefused(trial)) return trial.why
  if (fleetFit(trial.priced).fits === false) return 'its context is too short'
  const before = scores.of(scoredIn(bench.base, leg))?.quality ?? null
  const score = scores.of(scoredIn(trial, leg))?.quality ?? null
  if (minQuality !== null && score === null) return 'its quality is unknown'
  if (minQuality !== null && score?.lt(minQuality)) return `its quality is ${score.toFixed()}`
  const [from, to] = [bench.base, trial].map(one => meanQuality(one.priced, scores))
  const quality = { from: from == null ? null : exact(from), to: to == null ? null : exact(to) }
  const inReturn = [inWords(before, score), 'work: try it on your own prompts']
  return { model, finding: { lever: { ...lever, quality, inReturn }, trial }, trial, score }
}

const inWords = (from: Exact | null, to: Exact | null): string => {
  if (to === null) return 'quality unknown'
  return from === null ? `quality ${to.toFixed()}, now unknown` : `quality ${from.toFixed()} to ${to.toFixed()}`
}

/** The model that serves the scenario, or a leg of it. */
const scoredIn = ({ priced }: Trial, leg: number | null): Scored => {
  const { model, listed } = (priced.legs[leg ?? 0] ?? priced.legs[0]).streams[0].low.offer
  return { model, row: listed }
}

/** A cluster runs the scenario's own model unless it says otherwise, so it is said where another one serves. */
export const clusterKeys = ({ base: { served } }: Bench): string[] => {
  const { self_host: cluster } = served.scenario
  const isSaid = served.written.self_host?.model !== undefined
  return cluster?.model == null || isSaid ? [] : [`self_host.model=${inYaml(cluster.model)}`]
}

const tryModel = async (model: Model, leg: number | null, bench: Bench): Promise<Finding> => {
  const place = leg === null ? '' : `routing.legs.${leg}.`
  const keys = [`${place}model=${inYaml(model.id)}`, ...(leg === null ? clusterKeys(bench) : [])]
  const at = leg === null ? '' : ` in place of ${scoredIn(bench.base, leg).model.id}`
  const lever = (more: readonly string[]) =>
    leverWith({ kind: 'model', leg, what: `model ${model.id}${at}`, keys: [...keys, ...more], inReturn: [] })
  const found = await tryOne(lever([]), bench)
  // It is called in the standard service where it lacks the scenario's.
  const lacks = isRefused(found.trial) && found.trial.codes.includes('NO_SERVICE')
  return lacks ? tryOne(lever([`${place}service=standard`]), bench) : found
}

/**
 * The next cheaper ones. A model with a cheaper one of at least its score is passed over; those without a score come
 * last, as nothing can be said of them.
 */
const nextOf = (cheaper: readonly Fitting[], most: number): Fitting[] => {
  const sorted = [...cheaper].sort(
    (a, b) => b.trial.cost.comparedTo(a.trial.cost) || (a.model.id < b.model.id ? -1 : 1),
  )
  const scored = sorted.filter(one => one.score !== null && !sorted.some(other => isInstead(other, one)))
  return [...scored, ...sorted.filter(({ score }) => score === null)].slice(0, most)
}

/** Whether another one has at least the score, for less; of equals the maker's own row, whose name has no path. */
const isInstead = (other: Fitting, one: Fitting): boolean => {
  if (one.score === null || other.score === null || other.score.lt(one.score)) return false
  if (isCheaper(other.trial, one.trial)) return true
  if (isCheaper(one.trial, other.trial)) return false
  return other.score.gt(one.score) || orderOf(other) < orderOf(one)
}

const orderOf = ({ model: { id } }: Fitting): string => `${id.includes('/') ? 1 : 0}${id}`
