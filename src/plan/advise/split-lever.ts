import type { Scores } from '../../cost/rates/score-models.ts'
import { type Exact, exact, ONE } from '../../model/number/money.ts'
import { type Choice, cheapestSplit, type Split, toExact } from '../cheapest-split.ts'
import { meanQuality } from '../route.ts'
import { type Bench, type Finding, inYaml, type Lever, leverWith, tryOne, variationsOf } from './lever.ts'
import { clusterKeys, type Fitting } from './model-levers.ts'
import { isRefused } from './trial.ts'

/** The cheapest split with at least the mean quality of today, or the one that was asked for. */

interface SplitTerms {
  readonly scores: Scores
  readonly minQuality: Exact | null
  /** Models that could serve every request; a fleet's split keeps its own models instead. */
  readonly fitting: readonly Fitting[]
}

/** The split as a lever; none where there is nothing to split over, or one model is the best. */
export const splitFindings = async (bench: Bench, terms: SplitTerms): Promise<Finding[]> => {
  const { priced } = bench.base
  const own = meanQuality(priced, terms.scores)
  const minimum = terms.minQuality ?? (own === null ? null : exact(own))
  if (minimum === null) return [refused('the models that serve today have no score: add --min-quality')]
  const why = priced.scenario.routing ? whyFixed(bench) : null
  if (why !== null) return [refused(why)]
  const choices = priced.scenario.routing ? await ownChoices(bench, terms) : otherChoices(bench, terms)
  if (choices === null) return [refused('a model of the fleet has no score, or cannot serve every request')]
  const split = cheapestSplit(choices, { minQuality: minimum, keep: [] })
  if (!('shares' in split)) return [refused(`no mix of the models that fit has a mean score of ${minimum.toFixed()}`)]
  const rounded = rounding(split, choices)
  if (!priced.scenario.routing && rounded.length < 2) return []
  const from = own === null ? null : exact(own)
  const lever = priced.scenario.routing ? fleetLever(rounded, bench) : newFleetLever(rounded, bench)
  const found = await tryOne(lever, bench)
  const to = isRefused(found.trial) ? null : meanQuality(found.trial.priced, terms.scores)
  const inReturn = [`mean quality ${own ?? 'unknown'} to ${to ?? 'unknown'}`, ...lever.inReturn]
  const judged = { ...found, lever: { ...lever, inReturn, quality: { from, to: to === null ? null : exact(to) } } }
  return variationsOf([judged], bench, priced.scenario.routing ? 'other shares of its models' : 'the cheapest split')
}

const refused = (why: string): Finding => ({
  lever: leverWith({ kind: 'split', what: 'the cheapest split', keys: [], inReturn: [] }),
  trial: { why, codes: [] },
})

/** Why the shares of a fleet cannot be moved; `null` if they can. */
const whyFixed = ({ base }: Bench): string | null => {
  const { routing } = base.priced.scenario
  const legs = routing?.legs ?? []
  if (routing?.mode === 'cascade') return 'in a cascade the shares are what each leg can serve'
  if (legs.some(({ promote_at_turn, self_host }) => promote_at_turn !== null || self_host))
    return 'a leg is a cluster, or takes requests over at a later turn'
  return legs.some(({ tokens }) => tokens !== legs[0]?.tokens) ? 'the legs have requests of different sizes' : null
}

/** The models of the scenario alone: its own and those that fit, as far as they have a score. */
const otherChoices = ({ base }: Bench, { scores, fitting }: SplitTerms): Choice[] => {
  const { model, listed } = base.priced.legs[0].streams[0].low.offer
  const own = { model: model.id, cost: base.cost, quality: scores.of({ model, row: listed })?.quality ?? null }
  const others = fitting.map(({ model: { id }, trial, score }) => ({ model: id, cost: trial.cost, quality: score }))
  return [own, ...others].filter(({ quality }) => quality !== null)
}

/** Each leg as if it served every request; `null` if one cannot, or has no score. */
const ownChoices = async ({ base, attempt }: Bench, { scores }: SplitTerms): Promise<Choice[] | null> => {
  const choices: Choice[] = []
  for (const [leg, { streams }] of base.priced.legs.entries()) {
    const { model, listed } = streams[0].low.offer
    const service = base.priced.scenario.routing?.legs[leg]?.service
    const keys = [
      'routing=null',
      `model=${inYaml(model.id)}`,
      ...(service === undefined ? [] : [`service=${inYaml(service)}`]),
    ]
    const trial = await attempt(keys, [base.view])
    const quality = scores.of({ model, row: listed })?.quality ?? null
    if (isRefused(trial) || quality === null) return null
    choices.push({ model: model.id, cost: trial.cost, quality })
  }
  return choices
}

interface Share {
  readonly model: string
  /** Whole hundredths of a per cent, 0–1. */
  readonly share: Exact
}

/** Shares in hundredths of a per cent: the best model takes the rest, so that the mean quality is no lower. */
const rounding = ({ shares }: Split, choices: readonly Choice[]): Share[] => {
  const qualityOf = (id: string): Exact => choices.find(({ model }) => model === id)?.quality ?? ONE
  const sorted = [...shares].sort((a, b) => qualityOf(a.model).comparedTo(qualityOf(b.model)))
  let rest = ONE
  return sorted.flatMap(({ model, share }, i) => {
    const down = toExact(share).times(10_000).dividedToIntegerBy(1).times('0.0001')
    const own = i === sorted.length - 1 ? rest : down
    rest = rest.minus(own)
    return own.isZero() ? [] : [{ model, share: own }]
  })
}

const percent = (share: Exact): string => `${share.times(100).toFixed()}%`

const inWords = (shares: readonly Share[]): string => {
  const [first, ...others] = shares
  if (first && others.length === 0) return `all requests on ${first.model}`
  return `split of ${shares.map(({ model, share }) => `${percent(share)} ${model}`).join(', ')}`
}

const workOf = (shares: readonly Share[]): string =>
  shares.length === 1
    ? 'work: try it on your own prompts'
    : 'work: find the requests that the cheaper model can serve, and route them'

const newFleetLever = (shares: readonly Share[], bench: Bench): Lever => {
  const legs = shares.map(({ model, share }) => `{model: ${inYaml(model)}, share: ${percent(share)}}`)
  const keys = ['model=null', `routing={legs: [${legs.join(', ')}]}`, ...clusterKeys(bench)]
  return leverWith({ kind: 'split', what: inWords(shares), keys, inReturn: [workOf(shares)] })
}

/** A model in several legs is served by the first of them. */
const fleetLever = (shares: readonly Share[], { base }: Bench): Lever => {
  const ids = base.priced.legs.map(({ streams }) => streams[0].low.offer.model.id)
  const keys = ids.map((id, leg) => {
    const share = ids.indexOf(id) === leg ? shares.find(({ model }) => model === id)?.share : undefined
    return `routing.legs.${leg}.share=${share === undefined ? '0%' : percent(share)}`
  })
  return leverWith({ kind: 'split', what: inWords(shares), keys, inReturn: [workOf(shares)] })
}
