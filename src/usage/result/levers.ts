import type { Exact } from '../../model/number/money.ts'
import { amount } from '../../model/result/print-exact.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import type { Tokens } from '../groups/group.ts'
import { amountAt } from '../price/bill.ts'
import type { PricedGroup } from '../price/price-group.ts'
import type { Hours, Quote } from '../price/quote.ts'
import type { Rates } from '../price/rates.ts'
import { addTallies, type Tally, tallyOf } from './total.ts'

/** What the same requests would have cost less: in a batch, and in the cheapest hours. */
export const leversOf = (groups: readonly PricedGroup[]): UsageReport['levers'] => ({
  batch: leverOf(groups, (_, { batchSaves }) => batchSaves),
  cheap_hours: leverOf(groups, (tokens, { hours }) => cheapestOf(tokens, hours)?.saves ?? null),
})

/** By how much the rates of a quote would be lower; `null`: not offered, or not known. */
type Saves = (tokens: Tokens, quote: Quote) => Rates | null

const leverOf = (groups: readonly PricedGroup[], saves: Saves): UsageReport['levers']['batch'] => {
  let saved: Tally = tallyOf(null, 0)
  for (const { group, quotes } of groups) {
    const rates = quotes.flatMap(quote => saves(group.tokens, quote) ?? [])
    if (quotes.length === 0 || rates.length < quotes.length) continue
    saved = addTallies(saved, tallyOf(amountAt(group.tokens, rates), group.records))
  }
  return saved.records === 0 ? null : { saves: amount(saved.sum), records: saved.records }
}

const cheapestOf = (tokens: Tokens, hours: readonly Hours[]): Hours | null => {
  let best: { readonly hours: Hours; readonly cost: Exact } | null = null
  for (const own of hours) {
    const cost = amountAt(tokens, [own.rates])?.low
    if (cost && (best === null || cost.lt(best.cost))) best = { hours: own, cost }
  }
  return best?.hours ?? null
}
