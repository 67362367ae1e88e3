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

/** A group on another model. */
export interface Elsewhere {
  /** From the low end of the band to its high end; of no width where the counts are exact. `null`: see `fault`. */
  readonly cost: Range<Exact> | null
  /** At the stated factor. */
  readonly stated: Range<Exact> | null
  readonly fault: Problem | null
  /** Whether the other model lacks its service or batch, so that it takes the standard one. */
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
  const none = { cost: null, stated: null, asStandard: false, asInput: [] }
  if (!served || !conversion) return { ...none, fault: problems.noFactor(model, 'its tokens cannot be converted') }
  const reach = reachOf(group, served)
  if ('fault' in reach) return { ...none, fault: reach.fault }
  let asStandard = false
  const ask =
    (ratio: Ratio) =>
    ({ at, prompt }: Pick<Asked, 'at' | 'prompt'>): Quoted => {
      const asked = { model, at, prompt: inTokensOf(prompt, ratio) }
      const same = quote({ ...asked, service: group.service, batch: group.batch })
      if (!('fault' in same) || (group.service === null && !group.batch)) return same
      const standard = nextBest(asked, group, quote)
      asStandard ||= !('fault' in standard)
      return 'fault' in standard ? same : standard
    }
  const costs = costsOf(group.tokens)
  const priced = (ratio: Ratio) => {
    const quotes = quotesFor(reach, ask(ratio))
    if ('fault' in quotes) return { ...none, fault: quotes.fault }
    const asInput = (quotes[0]?.asInput ?? []).filter(meter => group.tokens[meter] > 0n)
    const cost = untold === null ? costs(quotes) : null
    const why = untold ?? quotes[0]?.offer.row.note ?? 'the book gives no reason'
    const rate = { meter: missingIn(group.tokens, quotes) ?? 'cache_read' }
    const known = cost && converted(cost, ratio)
    return { cost: known, asInput, fault: known ? null : problems.noRate(model, rate, why) }
  }
  const stated = priced(conversion.stated)
  const end = (ratio: Ratio) => (ratio === conversion.stated ? stated : priced(ratio))
  const [low, high] = [end(conversion.low), end(conversion.high)]
  const fault = stated.fault ?? low.fault ?? high.fault
  if (fault || !low.cost || !high.cost) return { ...none, fault }
  const cost = { low: low.cost.low, high: high.cost.high }
  return { cost, stated: stated.cost, fault: null, asStandard, asInput: stated.asInput }
}

/** Without its service, else without the batch too. */
const nextBest = (
  asked: Omit<Asked, 'service' | 'batch'>,
  { service, batch }: Pick<Asked, 'service' | 'batch'>,
  quote: Quoter,
): Quoted => {
  const batched = quote({ ...asked, service: null, batch })
  if (!('fault' in batched)) return batched
  const served = quote({ ...asked, service, batch: false })
  return 'fault' in served ? quote({ ...asked, service: null, batch: false }) : served
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

/** The cost of a model's own tokens: of each meter there are as many times more. */
const converted = (cost: Range<Exact>, ratio: Ratio): Range<Exact> => {
  if (ratio === SAME) return cost
  const [times, of] = [exact(ratio.times), exact(ratio.of)]
  return mapRange(cost, end => quotient(end.times(times), of))
}
