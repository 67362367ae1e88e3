import type { BatchRule, Price, Rate, Tier, Window } from '../../model/book/book.ts'
import { METERS, type MeterKey } from '../../model/meters.ts'
import { exact, ONE } from '../../model/number/money.ts'
import type { Offer } from './price-at.ts'

/** USD per 1M tokens for each meter. */
export type RateCard = Readonly<Record<MeterKey, Rate>>

/** A row, one of its tiers, or one of its windows. */
export type Rates = Price | Tier | Window

/** Index of the tier that applies to a prompt, or `null` for the base rates. The highest threshold reached applies. */
export const pickTier = (row: Price, promptTokens: number): number | null => {
  let picked: number | null = null
  row.tiers?.forEach(({ threshold, operator }, index) => {
    const reached = operator === '>' ? promptTokens > threshold : promptTokens >= threshold
    if (reached && (picked === null || threshold > (row.tiers?.[picked]?.threshold ?? 0))) picked = index
  })
  return picked
}

/**
 * The row itself, one of its tiers, or one of its windows: a book never has both for one row. A tier or window without
 * its own batch rule inherits the row's, unless the row's batch gives explicit rates, which apply only to the row.
 */
export const pickRates = (row: Price, tier: number | null, window: Window | null): Rates => {
  const own = (tier === null ? undefined : row.tiers?.[tier]) ?? window
  if (!own) return row
  const rowsAlone = typeof row.batch === 'object' && row.batch !== null && 'input' in row.batch
  return own.batch !== undefined || row.batch === undefined || rowsAlone ? own : { ...own, batch: row.batch }
}

/** Whether a row, or one of its tiers or windows, has a price of a meter, known or not. */
export const offersMeter = (row: Price, meter: MeterKey): boolean =>
  [row, ...(row.tiers ?? []), ...(row.windows ?? [])].some(
    (rates: Rates) => rates[meter] !== undefined && rates[meter] !== 'not_offered',
  )

/** The rates of ordinary calls. A rate that the row leaves out is not offered. */
export const listCard = (rates: Rates): RateCard => card(meter => rates[meter])

/** How cache reads are billed in a batch; without a rule, as plain batch input: the highest price. */
export const stackingOf = (rule: Offer['batchRule']): BatchRule['stacking'] =>
  rule === null || rule === 'not_offered' ? 'no-cache' : rule.stacking

/**
 * The rates of batch calls, from the row's own batch rates or the provider's discount.
 *
 * @returns `'not_offered'`, or `null` if unknown
 * @see `batch` in the price book: `multiply` discounts cache reads too, `cache-wins` bills them at the plain rate
 */
export const batchCard = (rates: Rates, rule: Offer['batchRule']): RateCard | 'not_offered' | null => {
  const own = rates.batch
  if (own === 'not_offered' || own === null) return own
  const plainReads = stackingOf(rule) === 'cache-wins'
  if (own !== undefined && 'input' in own) {
    return card(meter => {
      if (meter === 'cache_read' && plainReads && own.cache_read === undefined) return rates.cache_read
      return own[meter] ?? ((rates[meter] ?? 'not_offered') === 'not_offered' ? 'not_offered' : null)
    })
  }
  const discount = own?.discount ?? (rule === null || rule === 'not_offered' ? undefined : rule.discount)
  if (discount === undefined) return rule === 'not_offered' ? 'not_offered' : null
  const kept = ONE.minus(exact(discount))
  return card(meter => {
    const rate = rates[meter]
    if (rate == null || rate === 'not_offered' || (meter === 'cache_read' && plainReads)) return rate
    return exact(rate).times(kept).toFixed()
  })
}

const card = (rate: (meter: MeterKey) => Rate | undefined): RateCard => {
  const rates: Partial<Record<MeterKey, Rate>> = {}
  for (const { key } of METERS) {
    const given = rate(key)
    rates[key] = given === undefined ? 'not_offered' : given
  }
  return rates as RateCard
}
