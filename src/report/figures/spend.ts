import type { UsageReport } from '../../model/result/usage.ts'
import { amount } from './amounts.ts'
import { formatUsd } from './format.ts'

/** What usage came to, and when. */

/** The cost, what is known of it, or what the source says. */
export const spendOf = ({ cost, at_least: least, stated }: UsageReport['total']): string => {
  if (cost !== null) return amount(cost)
  if (least !== null) return `At least ${amount(least)}`
  return stated === null ? 'No known cost' : `${formatUsd(stated)} by what the source says`
}

/** The same within a sentence. */
export const spendWithin = (total: UsageReport['total']): string => {
  const text = spendOf(total)
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}

/** From the first record to the last. */
export const usagePeriodOf = ({ period: { first, last, timezone } }: Pick<UsageReport, 'period'>): string => {
  if (first === null || last === null) return 'of no known time'
  const minute = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`
  return `from ${minute(first)} to ${minute(last)} UTC${timezone === 'UTC' ? '' : `, days of ${timezone}`}`
}
