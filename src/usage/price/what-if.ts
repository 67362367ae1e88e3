import { type Problem, problems } from '../../errors/index.ts'
import type { MeterKey } from '../../model/meters.ts'
import { type Exact, exact, quotient } from '../../model/number/money.ts'
import { mapRange, type Range } from '../../model/number/range.ts'
import type { Tokens } from '../groups/group.ts'
import type { Conversion } from '../plan/models.ts'
import { inTokensOf, type Ratio, SAME } from '../plan/tier-edges.ts'
import { costOf, missingIn } from './bill.ts'
import { quotesFor, reachOf } from './candidates.ts'
import type { PricedGroup, Quoter } from './price-group.ts'
import type { Asked, Quote, Quoted } from './quote.ts'

/**
 * USD of tokens as the source counts them, at the rates that prompts have which are as long as each ratio of a conversion
 * makes them; `converted` makes it what the other model's own tokens cost.
 */
export interface AtRatios {
  readonly low: Range<Exact>
  readonly stated: Range<Exact>
  readonly high: Range<Exact>
}

/** A group on another model. */
export interface Elsewhere {
  /** `null`: see `fault`. */
  readonly cost: AtRatios | null
  readonly fault: Problem | null
  /** Whether the other model lacks its service, batch or region, so that it takes the standard one. */
  readonly asStandard: boolean
  /** Meters with tokens that are billed as input there. */
  readonly asInput: readonly MeterKey[]
}

/** What a group would have cost on another model: the same instants, the same cache counts, its own tokens. */
export const elsewhere = (
  { group, served, untold }: PricedGroup,
  {
    model,
    conversion,
    quote,
  }: { readonly model: string; readonly conversion: Conversion | null; readonly quote: Quoter },
): Elsewhere => {
  const none = { cost: null, asStandard: false, asInput: [] }
  if (!served || !conversion) return { ...none, fault: problems.noFactor(model, 'its tokens cannot be converted') }
  const reach = reachOf(group, served)
  if ('fault' in reach) return { ...none, fault: reach.fault }
  const { service, batch, region } = group
  let asStandard = false
  const ask =
    (ratio: Ratio) =>
    ({ at, prompt }: Pick<Asked, 'at' | 'prompt'>): Quoted => {
      const asked = { model, at, prompt: inTokensOf(prompt, ratio) }
      const same = quote({ ...asked, service, batch, region })
      if (!('fault' in same) || (service === null && !batch && region === null)) return same
      const standard = nextBest(asked, group, quote)
      asStandard ||= !('fault' in standard)
      return 'fault' in standard ? same : standard
    }
  const costs = costsOf(group.tokens)
  const priced = (ratio: Ratio) => {
    const quotes = quotesFor(reach, ask(ratio))
    if ('fault' in quotes) return { cost: null, quotes: [], fault: quotes.fault }
    const cost = untold === null ? costs(quotes) : null
    if (cost) return { cost, quotes, fault: null }
    const why = untold ?? quotes[0]?.offer.row.note ?? 'the book gives no reason'
    const rate = { meter: missingIn(group.tokens, quotes) ?? 'cache_read' }
    return { cost, quotes, fault: problems.noRate(model, rate, why) }
  }
  const stated = priced(conversion.stated)
  const end = (ratio: Ratio) => (ratio === conversion.stated ? stated : priced(ratio))
  const [low, high] = [end(conversion.low), end(conversion.high)]
  if (!low.cost || !stated.cost || !high.cost) {
    return { ...none, fault: stated.fault ?? low.fault ?? high.fault }
  }
  const asInput = (stated.quotes[0]?.asInput ?? []).filter(meter => group.tokens[meter] > 0n)
  return { cost: { low: low.cost, stated: stated.cost, high: high.cost }, fault: null, asStandard, asInput }
}

/** Without its region, else without its service, else without the batch too. */
const nextBest = (
  asked: Omit<Asked, 'service' | 'batch' | 'region'>,
  { service, batch, region }: Pick<Asked, 'service' | 'batch' | 'region'>,
  quote: Quoter,
): Quoted => {
  const tried = [
    ...(region === null ? [] : [{ service, batch, region: null }]),
    { service: null, batch, region: null },
    { service, batch: false, region: null },
  ]
  for (const terms of tried) {
    const found = quote({ ...asked, ...terms })
    if (!('fault' in found)) return found
  }
  return quote({ ...asked, service: null, batch: false, region: null })
}

/** What tokens as they are counted cost; most ratios lead to the same quotes, which are worked out once. */
const costsOf = (tokens: Tokens): ((quotes: readonly Quote[]) => Range<Exact> | null) => {
  let last: { readonly quotes: readonly Quote[]; readonly cost: Range<Exact> | null } | null = null
  return quotes => {
    const isSame = last?.quotes.length === quotes.length && quotes.every((quote, i) => quote === last?.quotes[i])
    if (!last || !isSame) last = { quotes, cost: costOf(tokens, quotes) }
    return last.cost
  }
}

/** What a model's own tokens cost: of each meter there are as many times more. */
export const converted = (cost: Range<Exact>, ratio: Ratio): Range<Exact> => {
  if (ratio === SAME) return cost
  const [times, of] = [exact(ratio.times), exact(ratio.of)]
  return mapRange(cost, end => quotient(end.times(times), of))
}
