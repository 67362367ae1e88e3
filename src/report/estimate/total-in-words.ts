import { plural } from '../../model/plural.ts'
import type { Result, Sums } from '../../model/result/result.ts'
import { plainUsd } from '../figures/format.ts'
import { sayUsd } from './answer-in-words.ts'

/** What several scenarios cost together, as the first sentence of their report. */
export const totalInWords = ({ totals }: Pick<Result, 'totals'>): string => {
  const { per_month: monthly, run } = totals
  const parts = [
    ...(monthly ? [sumInWords(monthly, 'a month')] : []),
    ...(run ? [sumInWords(run, `for ${plural(run.scenarios, 'run')}`)] : []),
  ]
  return parts.length === 0 ? 'no cost is known.' : `${parts.join('; ')}.`
}

/** The expected cost; if a scenario has none, what is known of it, and the list price. */
const sumInWords = ({ costs, at_least: least }: Sums, period: string): string => {
  const listed = costs.headline == null ? null : `${sayUsd(costs.headline)} ${period} at list price`
  if (costs.cached != null) return `${sayUsd(costs.cached)} ${period}, expected with caching`
  const known = (cost: string): string => `at least ${plainUsd(cost)} ${period}`
  if (listed !== null) {
    const cached = least.cached === undefined ? 'unknown' : `${known(least.cached)}, as not every cost is known`
    return `${listed}; with caching ${cached}`
  }
  return least.headline === undefined
    ? `no cost ${period} is known`
    : `${known(least.headline)} at list price, as not every cost is known`
}
