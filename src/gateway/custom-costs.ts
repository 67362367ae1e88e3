import { windowAt } from '../cost/rates/peak-share.ts'
import { listCard, type RateCard, type Rates } from '../cost/rates/pick-rates.ts'
import type { Offer } from '../cost/rates/price-at.ts'
import { moment } from '../cost/time/week.ts'
import { type Problem, problems } from '../errors/index.ts'
import type { Rate, Tier } from '../model/book/book.ts'
import { exact } from '../model/number/money.ts'
import type { CostKey } from './litellm.ts'

interface Costs {
  readonly info: Readonly<Partial<Record<string, number>>>
  readonly faults: readonly Problem[]
  /** Where LiteLLM's rule differs from the provider's billing. */
  readonly remarks: readonly string[]
}

/** The rates in force as custom costs, USD per token. */
export const customCosts = ({ model, provider, row }: Offer, at: string): Costs => {
  const { ms, plainDate } = moment(at)
  if (plainDate && row.windows?.length) {
    const fix = `name a moment, and the file has its rates: --at ${at}T12:00Z`
    return {
      info: {},
      faults: [problems.notInGateway(`rates by the hour, as ${model.id} has them,`, fix)],
      remarks: [],
    }
  }
  const rates: Rates = (plainDate ? null : windowAt(row, provider, ms)) ?? row
  const base = cardCosts(listCard(rates), '', model.id)
  const tiers = (row.tiers ?? []).map(tier => tierCosts(tier, model.id))
  return {
    info: Object.assign({}, base.info, ...tiers.map(({ info }) => info)),
    faults: [...base.faults, ...tiers.flatMap(({ faults }) => faults)],
    remarks: [...base.remarks, ...tiers.flatMap(({ remarks }) => remarks)],
  }
}

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
    if (rate === null) faults.push(problems.noRate(model, meter, 'LiteLLM would take it for 0'))
    else if (rate !== 'not_offered') info[`${key}${suffix}`] = Number(exact(rate).times('0.000001').toFixed())
  }
  const uncached = `${model} offers no cache reads: tokens that LiteLLM counts as cached cost as input`
  return { info, faults, remarks: card.cache_read === 'not_offered' ? [uncached] : [] }
}

/** Cached tokens without a rate of their own are billed as input; LiteLLM would treat a missing cost as 0. */
const rateOf = (card: RateCard, meter: keyof RateCard): Rate =>
  meter === 'cache_read' && card.cache_read === 'not_offered' ? card.input : card[meter]
