import { rankingCost } from '../../cost/result/answer.ts'
import { hourWeights } from '../../cost/time/spread-traffic.ts'
import { isDate } from '../../model/instant.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import { type Bench, cheapestOf, type Finding, type Lever, leverWith, variationsOf } from './lever.ts'
import { isCheaper } from './saving.ts'
import { isRefused } from './trial.ts'

/** All or part of the traffic in the cheap hours. */

const DAY = 24
const HOURS = Array.from({ length: DAY }, (_, hour) => hour)
// The nearest first, so that of equal savings the shortest wait is taken.
const SHIFTS = HOURS.slice(1).sort((a, b) => Math.min(a, DAY - a) - Math.min(b, DAY - b) || a - b)

/** The best hour to move the traffic to, all of it or half; and only the cheap hours, where that saves more. */
export const hourFindings = async (bench: Bench): Promise<Finding[]> => {
  const { apiStreams, at, scenario } = bench.base.priced
  // An instant has one rate, whatever the profile.
  if (!isDate(at) || !apiStreams.some(({ low: { offer } }) => (offer.row.windows ?? []).length > 0)) return []
  const weights = hourWeights(scenario.traffic.profile)
  const all = await cheapestOf(
    SHIFTS.map(by => movedBy(weights, by)),
    bench,
  )
  const half = await cheapestOf(
    SHIFTS.map(by => halfMovedBy(weights, by)),
    bench,
  )
  const cheap = await cheapestOf(await cheapHours(weights, bench), bench)
  const [moved] = all
  const isMore = ({ trial }: Finding): boolean =>
    !isRefused(trial) && (!moved || isRefused(moved.trial) || isCheaper(trial, moved.trial))
  return variationsOf([...all, ...half, ...cheap.filter(isMore)], bench, 'the traffic at other hours')
}

/** Weights of a profile that is so many hours later. */
const later = (weights: readonly number[], by: number): number[] =>
  HOURS.map(hour => weights[(hour - by + DAY) % DAY] ?? 0)

const movedBy = (weights: readonly number[], by: number): Lever =>
  hourLever(later(weights, by), `all traffic ${inWords(by)}`, waitOf(by, 'the work'))

const halfMovedBy = (weights: readonly number[], by: number): Lever => {
  const moved = later(weights, by)
  // Weights are relative, so their sum is their mean.
  const mixed = weights.map((weight, hour) =>
    exact(String(weight))
      .plus(exact(String(moved[hour] ?? 0)))
      .toNumber(),
  )
  return hourLever(mixed, `half of the traffic ${inWords(by)}`, waitOf(by, 'half of the work'))
}

const inWords = (by: number): string => {
  const [hours, way] = by <= DAY / 2 ? [by, 'later'] : [DAY - by, 'earlier']
  return `${hours} ${hours === 1 ? 'hour' : 'hours'} ${way}`
}

const waitOf = (by: number, what: string): string =>
  by <= DAY / 2 ? `waiting: ${what} is done ${inWords(by)}` : `waiting: ${what} must be ready ${inWords(by)}`

const hourLever = (weights: readonly number[], what: string, wait: string): Lever =>
  leverWith({
    kind: 'hours',
    what,
    keys: [`traffic.profile=[${weights.map(weight => exact(String(weight)).toFixed()).join(', ')}]`],
    inReturn: [wait],
  })

/** The traffic in those of its hours whose list price is least; none where all hours, or none of them, are. */
const cheapHours = async (weights: readonly number[], { attempt }: Bench): Promise<Lever[]> => {
  const costs: Exact[] = []
  for (const hour of HOURS) {
    const alone = HOURS.map(one => (one === hour ? 1 : 0))
    const trial = await attempt([`traffic.profile=[${alone.join(', ')}]`], ['headline', 'cached'])
    const cost = isRefused(trial) ? null : rankingCost(trial.priced, 'headline')
    if (cost === null) return []
    costs.push(cost)
  }
  const least = costs.reduce((a, b) => (b.lt(a) ? b : a))
  const isCheap = (hour: number): boolean => costs[hour % DAY]?.eq(least) ?? false
  const kept = weights.map((weight, hour) => (isCheap(hour) ? weight : 0))
  const dear = HOURS.filter(hour => (weights[hour] ?? 0) > 0 && !isCheap(hour))
  if (dear.length === 0 || kept.every(weight => weight === 0)) return []
  const wait = Math.max(
    ...dear.map(hour => HOURS.find(by => isCheap(hour + by) && (kept[(hour + by) % DAY] ?? 0) > 0) ?? 0),
  )
  return [hourLever(kept, 'all traffic in its cheap hours', `waiting: up to ${wait} h`)]
}
