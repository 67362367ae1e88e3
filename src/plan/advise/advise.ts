import { attributionsOf, boardScore, type Scored, scoreModels } from '../../cost/rates/score-models.ts'
import { answerOf, rankingCost } from '../../cost/result/answer.ts'
import { type PricedBook, priceOne, pricingOf } from '../../cost/result/estimate.ts'
import { catalogueWarnings, usedOf } from '../../cost/result/notes/name-notes.ts'
import { boundsIn } from '../../cost/result/to-result.ts'
import { periodsPerMonth } from '../../cost/time/spread-traffic.ts'
import type { Book } from '../../model/book/book.ts'
import type { BoardName } from '../../model/book/market-schema.ts'
import { distinct } from '../../model/distinct.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import type { Advice, AdvisedLever } from '../../model/result/advice.ts'
import type { Warning } from '../../model/result/result.ts'
import { VERSION } from '../../version.ts'
import type { Requirement } from '../requirements.ts'
import { cacheFindings } from './cache-levers.ts'
import { crossing } from './cache-minimum.ts'
import { hourFindings } from './hour-levers.ts'
import { addsUp, planOf, type Saving } from './in-order.ts'
import { lessFindings } from './less-levers.ts'
import type { Bench, Finding } from './lever.ts'
import { type ModelsFound, modelFindings } from './model-levers.ts'
import { figuresOf, isCheaper, savingOf } from './saving.ts'
import { serviceFindings, viewFindings } from './serving-levers.ts'
import { splitFindings } from './split-lever.ts'
import { isRefused, type Serve, type Served, type Trial, trying } from './trial.ts'

export interface AdviseOptions {
  /** Date or instant, for a scenario that names none. */
  readonly at: string
  /** Also applies the levers in order, each on top of those before. */
  readonly plan?: boolean
  /** Facts that must hold of another model. */
  readonly require?: readonly Requirement[]
  /** Lowest score of another model, and lowest mean score of a split; `null`: none was asked for. */
  readonly minQuality?: string | null
  /** The board whose scores in the book count. */
  readonly score?: BoardName
  /** Models to try, by any of their names. */
  readonly models: readonly string[]
  /** Whether the user named them: then all that are cheaper are levers, else the next five. */
  readonly named?: boolean
  /** Warnings of the estimate, with their lines. */
  readonly warnings?: readonly Warning[]
}

type Terms = Required<Omit<AdviseOptions, 'minQuality'>> & { readonly minQuality: Exact | null }

/**
 * What would lower a scenario's bill. Each lever is the same scenario with keys changed, or another view of it, priced
 * by the engine of `estimate`.
 *
 * @param serve - the scenario as `--set` with some keys would give it
 * @returns what `dsprice advise --json` prints: USD a month, or of a run
 * @throws {InputError} what `estimate` of the scenario throws; UNKNOWN_MODEL
 */
export const advise = async (
  served: Served,
  { serve, priced, options }: { readonly serve: Serve; readonly priced: PricedBook; readonly options: AdviseOptions },
): Promise<Advice> => {
  const terms = termsOf(options)
  const base = baseOf(served, priced, terms.at)
  const bench = { base, attempt: trying(serve, priced, terms.at) }
  const { scenario } = served
  const scores = scoreModels(priced.book, {
    call: {},
    scenario: scenario.quality ?? {},
    board: terms.score,
    about: scenario.file ?? scenario.name,
  })
  const models = await modelFindings(bench, { ...terms, book: priced.book, scores })
  const split = await splitFindings(bench, { scores, minQuality: terms.minQuality, fitting: models.fitting })
  const found = sortOut([...(await plainFindings(bench, priced.book)), ...models.shown, ...split], base)
  const judged = [base, ...found.saving.map(({ trial }) => trial)].flatMap(scoredIn)
  const used = usedOf(
    priced.catalogue,
    judged.map(({ model }) => model.id),
  )
  return {
    schema: 'dsprice/advice/1',
    tool_version: VERSION,
    pricing: pricingOf(priced, [base.priced], used),
    ...headOf(base, terms, models),
    levers: await inOrder(found.saving, bench),
    nothing: found.nothing,
    not_offered: found.refused,
    skipped: models.skipped,
    plan: terms.plan ? await planOf(found.saving, bench) : null,
    attributions: attributionsOf(
      priced.book,
      judged.map(one => boardScore(one, terms.score)),
    ),
    warnings: distinct([...catalogueWarnings(used), ...terms.warnings, ...scores.warnings(judged)]),
  }
}

const termsOf = ({
  plan = false,
  require = [],
  minQuality = null,
  score = 'arena',
  named = false,
  warnings = [],
  ...given
}: AdviseOptions): Terms => ({
  ...given,
  plan,
  require,
  score,
  named,
  warnings,
  minQuality: minQuality === null ? null : exact(minQuality),
})

/** The row that the report's sentence is about. */
const baseOf = (served: Served, priced: PricedBook, at: string): Trial => {
  const one = priceOne(served.scenario, priced, served.scenario.at ?? at)
  const { view } = answerOf(one, boundsIn(one))
  const ends = view && one.costs[view]
  if (!view || !ends) throw new Error('a scenario without a list price is refused')
  // Ranked as `estimate` ranks.
  const cost = rankingCost(one, view) ?? ends.low
  return { set: [], served, priced: one, view, cost, ends }
}

const scoredIn = ({ priced }: Trial): Scored[] =>
  priced.parts.map(({ streams: [{ low }] }) => ({ model: low.offer.model, row: low.offer.listed }))

/** Levers that need no other model. */
const plainFindings = async (bench: Bench, book: Book): Promise<Finding[]> => [
  ...(await cacheFindings(bench)),
  ...(await viewFindings(bench)),
  ...(await serviceFindings(bench)),
  ...(await hourFindings(bench)),
  ...(await lessFindings(bench, crossing(book))),
]

interface Sorted {
  /** Largest saving first. */
  readonly saving: readonly Saving[]
  readonly nothing: Advice['nothing']
  readonly refused: Advice['not_offered']
}

const sortOut = (found: readonly Finding[], base: Trial): Sorted => {
  const saving: Saving[] = []
  const nothing: Advice['nothing'][number][] = []
  const refused: Advice['not_offered'][number][] = []
  for (const { lever, trial } of found) {
    const { kind, leg, what } = lever
    if (isRefused(trial)) refused.push({ kind, leg, what, why: trial.why })
    else if (isCheaper(trial, base)) saving.push({ lever, trial })
    else nothing.push({ kind, leg, what, cost: figuresOf(trial).cost })
  }
  return { saving: saving.sort((a, b) => a.trial.cost.comparedTo(b.trial.cost)), nothing, refused }
}

const inOrder = async (saving: readonly Saving[], bench: Bench): Promise<AdvisedLever[]> => {
  const levers: AdvisedLever[] = []
  for (const [i, own] of saving.entries()) {
    const { lever, trial } = own
    const { kind, leg, what, inReturn, quality } = lever
    const before = saving[i - 1]
    levers.push({
      kind,
      leg,
      what,
      set: [...trial.set],
      ...figuresOf(trial),
      ...savingOf(trial, bench.base),
      in_return: [...inReturn],
      quality: quality && { from: quality.from?.toFixed() ?? null, to: quality.to?.toFixed() ?? null },
      adds_up: before ? await addsUp(own, before, bench) : null,
    })
  }
  return levers
}

const headOf = (
  base: Trial,
  terms: Terms,
  { tried, cheaper }: ModelsFound,
): Pick<Advice, 'scenario' | 'base' | 'terms'> => {
  const { scenario, at, legs } = base.priced
  const { view } = base
  return {
    scenario: {
      name: scenario.name,
      file: scenario.file ?? null,
      model: scenario.routing ? null : legs[0].streams[0].low.offer.model.id,
      at,
      per: periodsPerMonth(scenario.traffic) === null ? 'run' : 'month',
      talks: (scenario.request?.turns ?? 1) > 1,
    },
    base: { ...figuresOf(base), bound: view === 'self_hosted' ? null : (boundsIn(base.priced)[view] ?? null) },
    terms: {
      require: [...terms.require],
      min_quality: terms.minQuality?.toFixed() ?? null,
      score: terms.score,
      models: tried,
      cheaper,
    },
  }
}
