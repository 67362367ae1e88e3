import { byMeter } from '../../model/meters.ts'
import { exact } from '../../model/number/money.ts'
import { amount, count, money } from '../../model/result/print-exact.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import type { Tally, Total } from './total.ts'

/** Sums in the form that results carry. */

/** @param ms - milliseconds since 1970 */
export const printInstant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

export const printPeriod = ({ first, last }: Pick<Total, 'first' | 'last'>) => ({
  first: first === null ? null : printInstant(first),
  last: last === null ? null : printInstant(last),
})

/** Sums of what is told; `null`: no record tells it. */
export const printTokens = ({ tokens, told }: Pick<Total, 'tokens' | 'told'>): UsageReport['total']['tokens'] =>
  byMeter(meter => (told.includes(meter) ? count(exact(tokens[meter])) : null))

/** A sum of what is known; `null`: nothing is. */
export const printKnown = ({ sum, records }: Tally) => (records === 0 ? null : amount(sum))

/** What some records come to. @param reason - why the cost is not known, if it is not */
export const printTotal = (total: Total, reason: string | null): UsageReport['total'] => {
  const { records, requests, amounts, stated, difference } = total
  const whole = (tally: Tally) => (tally.records === records ? printKnown(tally) : null)
  return {
    records,
    requests,
    tokens: printTokens(total),
    untold: [...total.untold],
    cost: whole(amounts.cost),
    at_least: printKnown(amounts.cost),
    headline: whole(amounts.headline),
    caching_saved: printKnown(amounts.cachingSaved),
    stated: stated.records === 0 ? null : money(stated.sum),
    stated_records: stated.records,
    difference: printKnown(difference),
    reason: amounts.cost.records === records ? null : reason,
  }
}
