import { windowAt } from '../cost/rates/peak-share.ts'
import { listCard, type RateCard, type Rates } from '../cost/rates/pick-rates.ts'
import type { Offer } from '../cost/rates/price-at.ts'
import { moment } from '../cost/time/week.ts'
import { type Problem, problems } from '../errors/index.ts'
import type { Price, Rate, Tier } from '../model/book/book.ts'
import { exact } from '../model/number/money.ts'
import type { CostKey, OffPeak } from './litellm.ts'
import { type TwoRates, twoRates } from './off-peak.ts'

interface Costs {
  readonly info: Readonly<Record<string, number | OffPeak>>
  readonly faults: readonly Problem[]
  /** Where LiteLLM's rule differs from the provider's billing. */
  readonly remarks: readonly string[]
  /** Set if public holidays, which LiteLLM does not have, change the rates. */
  readonly holidays?: boolean
}

/** The rates in force as custom costs, USD per token; on a date with rates by the hour, both sets of rates. */
export const customCosts = ({ model, provider, row }: Offer, at: string): Costs => {
  const { ms, plainDate } = moment(at)
  if (plainDate && row.windows?.length) return hourlyCosts(row, model.id, at)
  const rates: Rates = (plainDate ? null : windowAt(row, provider, ms)) ?? row
  const base = cardCosts(listCard(rates), '', model.id)
  const tiers = (row.tiers ?? []).map(tier => tierCosts(tier, model.id))
  return {
    info: Object.assign({}, base.info, ...tiers.map(({ info }) => info)),
    faults: [...base.faults, ...tiers.flatMap(({ faults }) => faults)],
    remarks: [...base.remarks, ...tiers.flatMap(({ remarks }) => remarks)],
  }
}

const hourlyCosts = (row: Price, model: string, at: string): Costs => {
  const two = twoRates(row, at)
  const standard = two && cardCosts(listCard(two.standard), '', model)
  const offPeak = two && cardCosts(listCard(two.offPeak), '', model)
  if (!two || !standard || !offPeak || !sameKeys(standard, offPeak)) {
    const fix = `name a moment, and the file has its rates: --at ${at}T12:00Z`
    const fault = problems.notInGateway(`rates by the hour, as ${model} has them,`, fix)
    return { info: {}, faults: [fault], remarks: [] }
  }
  const { [ONE_HOUR]: kept, ...rates } = offPeak.info
  return {
    info: { ...standard.info, off_peak_pricing: { ...two.hours, ...rates } as OffPeak },
    faults: [...new Map([...standard.faults, ...offPeak.faults].map(fault => [fault.what, fault])).values()],
    remarks: [
      ...new Set([...standard.remarks, ...offPeak.remarks]),
      ...hourRemarks(two, model, at),
      ...(kept === standard.info[ONE_HOUR]
        ? []
        : [`LiteLLM has one rate of ${model} at all hours for cache writes that are kept an hour: the dearer one`]),
    ],
    holidays: two.holidays,
  }
}

const ONE_HOUR = 'cache_creation_input_token_cost_above_1hr' satisfies CostKey

/** A rate that only one set has would be taken from the other. */
const sameKeys = (a: Costs, b: Costs): boolean =>
  a.faults.length + b.faults.length > 0 || Object.keys(a.info).join() === Object.keys(b.info).join()

const hourRemarks = ({ changing }: TwoRates, model: string, at: string): string[] => [
  `LiteLLM takes the rates of ${model} at the time at which a request ends`,
  ...changing.map(
    zone => `the hours of ${model} are those of ${zone} on ${at}, in UTC: write the file anew when its clocks change`,
  ),
]

const tierCosts = (tier: Tier, model: string): Costs => {
  const { threshold, operator } = tier
  if (threshold % 1000 !== 0) {
    const what = `a tier from ${threshold} tokens on, as ${model} has it,`
    return { info: {}, faults: [problems.notInGateway(what, 'route to another model')], remarks: [] }
  }
  // LiteLLM prices the whole request at the tier beyond its threshold, and at the base rates at exactly the threshold.
  const remarks =
    operator === '>='
      ? [
          `LiteLLM takes the base rates of ${model} for a prompt of exactly ${threshold} tokens, which is billed at the tier`,
        ]
      : []
  return { ...cardCosts(listCard(tier), `_above_${threshold / 1000}k_tokens`, model), remarks }
}

const PER_TOKEN: readonly { readonly meter: keyof RateCard; readonly key: CostKey }[] = [
  { meter: 'input', key: 'input_cost_per_token' },
  { meter: 'output', key: 'output_cost_per_token' },
  { meter: 'cache_read', key: 'cache_read_input_token_cost' },
  { meter: 'cache_write', key: 'cache_creation_input_token_cost' },
  { meter: 'cache_write_1h', key: 'cache_creation_input_token_cost_above_1hr' },
]

const cardCosts = (card: RateCard, suffix: string, model: string): Costs => {
  const info: Record<string, number> = {}
  const faults: Problem[] = []
  for (const { meter, key } of PER_TOKEN) {
    const rate = rateOf(card, meter)
    if (rate === null) faults.push(problems.noRate(model, { meter }, 'LiteLLM would take it for 0'))
    else if (rate !== 'not_offered') info[`${key}${suffix}`] = Number(exact(rate).times('0.000001').toFixed())
  }
  const uncached = `${model} offers no cache reads: tokens that LiteLLM counts as cached cost as input`
  return { info, faults, remarks: card.cache_read === 'not_offered' ? [uncached] : [] }
}

/** Cached tokens without a rate of their own are billed as input; LiteLLM would treat a missing cost as 0. */
const rateOf = (card: RateCard, meter: keyof RateCard): Rate =>
  meter === 'cache_read' && card.cache_read === 'not_offered' ? card.input : card[meter]
