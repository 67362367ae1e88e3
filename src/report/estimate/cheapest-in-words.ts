import { exact, quotient } from '../../model/number/money.ts'
import { highOf, isRange, lowOf } from '../../model/number/range.ts'
import { plural } from '../../model/plural.ts'
import { rankedView } from '../../model/result/ranked-view.ts'
import type { Candidate, Comparison } from '../../model/result/result.ts'
import { type Ranking, viewLabel } from '../../model/views.ts'
import { formatTimes } from '../figures/format.ts'
import { costInWords, howPaid } from './answer-in-words.ts'

/** The sentence that a comparison begins with: the cheapest model, its cost, and how far off the others are. */
export const cheapestInWords = ({ scenarios, view, left_out: out }: Comparison): string => {
  const ranked = scenarios.filter(({ rank }) => rank !== null)
  const [first] = ranked
  const key = first ? rankedView(view, first) : null
  if (!first || key === null) return noneRanked(scenarios, view)
  const cost = [costInWords(first, key), howPaid(first, key)].filter(Boolean).join(', ')
  const lead = scenarios.length === 1 ? `${first.model} costs` : `${first.model} is the cheapest${only(ranked)},`
  const lost = out.length === 0 ? [] : [`${out.length} of ${scenarios.length + out.length} left out`]
  return `${[`${lead} ${cost}`, ...others(ranked, view), ...lost].join('; ')}.`
}

const only = (ranked: readonly Candidate[]): string => (ranked.length === 1 ? ', the only one ranked' : '')

/** How the models are ranked, in words. */
export const rankingInWords = (view: Ranking): string =>
  view === 'best' ? 'By the cheapest way that each has on offer' : `By ${viewLabel(view)}`

const noneRanked = (scenarios: Comparison['scenarios'], view: Ranking): string => {
  const short = scenarios.filter(one => one.fit.fits === false).length
  const unknown = scenarios.length - short
  const by = view === 'best' ? 'on offer' : `by ${viewLabel(view)}`
  const parts = [
    ...(short > 0 ? [`${plural(short, 'context')} too short`] : []),
    ...(unknown > 0 ? [`${plural(unknown, 'cost')} ${by} unknown`] : []),
  ]
  return `no model can be ranked: ${parts.join(', ')}.`
}

/** A model's cost as a multiple of the cheapest; of results without it from the shares; `null`: unknown. */
export const timesOf = (candidate: Candidate, first: Candidate | undefined): string | null => {
  if (candidate.times_cheapest !== null) return String(candidate.times_cheapest)
  const [share, least] = [candidate.share_of_dearest, first?.share_of_dearest]
  return share === null || !least ? null : quotient(exact(String(share)), exact(String(least))).toFixed()
}

/** The next model and the dearest. */
const others = (ranked: readonly Candidate[], view: Ranking): string[] => {
  const [first, next] = ranked
  const last = ranked.at(-1)
  if (!first || !next || !last) return []
  const dearer = (one: Candidate): string => {
    const times = timesOf(one, first)
    return times === null ? (one.model ?? '') : `${one.model} ${formatTimes(times)}`
  }
  return [
    `next ${dearer(next)}${overlap(first, next, view) ? ', within the range of the first' : ''}`,
    ...(last === next ? [] : [`dearest ${dearer(last)}`]),
  ]
}

/** Whether the ranges of two estimates overlap, so that either may be the cheaper one. */
const overlap = (first: Candidate, next: Candidate, view: Ranking): boolean => {
  const [a, b] = [first, next].map(one => {
    const key = rankedView(view, one)
    return key === null ? null : one.costs[key]
  })
  if (a == null || b == null || (!isRange(a) && !isRange(b))) return false
  return exact(highOf(a)).gt(exact(lowOf(b)))
}
