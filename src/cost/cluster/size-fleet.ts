import { wholeFrom } from '../../model/number/fraction.ts'
import { type Exact, exact, quotient, sum, ZERO } from '../../model/number/money.ts'
import type { Spread } from '../time/spread-traffic.ts'

/** Building blocks of a fleet, and its limits. */
export interface Build {
  /** K: tokens per day of one node at full utilisation, above 0. */
  readonly nodeCapacityPerDay: Exact
  /** Highest utilisation of a node in its busiest hour, a share above 0. */
  readonly maxUtilisation: Exact
  /** Nodes in the smallest deployable unit, at least 1. */
  readonly unitNodes: number
  /** Spare nodes, ready to replace a failed one. */
  readonly spareNodes: number
  /** Minimum number of nodes, not counting spare ones; rounded up to whole units. */
  readonly minNodes: number
}

/** Largest fleet considered, in nodes: traffic that needs more points to a typo in a rate or a count. */
export const MOST_NODES = 1_000_000_000

const DAY = 24
const WEEK = 168

/** One weight for each of the 168 hours of the plain week, including hours without traffic. */
export const hoursOfWeek = ({ hours }: Spread): Exact[] => {
  const week = Array<Exact>(WEEK).fill(ZERO)
  for (const { hour, weight } of hours) week[hour] = weight
  return week
}

/** Tokens of each of the 168 hours of the week. @param tokensPerDay - mean over all seven days; 50 digits */
export const tokensByHour = (spread: Spread, tokensPerDay: Exact): Exact[] =>
  tokensInHours(hoursOfWeek(spread), tokensPerDay)

/**
 * Tokens an hour in each of some hours.
 *
 * @param weights - of every hour of a week or of a month, or of equal parts of hours; at least one above 0
 * @param tokensPerDay - mean over all of them; 50 digits
 */
export const tokensInHours = (weights: readonly Exact[], tokensPerDay: Exact): Exact[] => {
  const all = tokensPerDay.times(weights.length)
  const total = sum(weights).times(DAY)
  const known = new Map<Exact, Exact>()
  return weights.map(weight => {
    const tokens = known.get(weight) ?? quotient(all.times(weight), total)
    known.set(weight, tokens)
    return tokens
  })
}

/**
 * The busiest hour over the mean hour. Hours without traffic count, since their nodes are paid for.
 *
 * @param weights - of all hours of a day or of a week; at least one above 0
 * @returns at least 1, 50 digits
 * @example peakToMean(10 hours of 1 and 14 of 0) // 2.4
 */
export const peakToMean = (weights: readonly Exact[]): Exact =>
  quotient(largest(weights).times(weights.length), sum(weights))

/** The largest of non-negative figures; 0 for none. */
export const largest = (figures: readonly Exact[]): Exact =>
  figures.reduce((most, figure) => (figure.gt(most) ? figure : most), ZERO)

/** Number of serving nodes among these: whole units, without spare nodes. */
export const servingOf = (nodes: number, { unitNodes, spareNodes }: Pick<Build, 'unitNodes' | 'spareNodes'>): number =>
  Math.max(0, Math.floor((nodes - spareNodes) / unitNodes)) * unitNodes

/** Number of units that hold these nodes. */
export const unitsFor = (nodes: number, unitNodes: number): number => Math.ceil(nodes / unitNodes)

/** Nodes, in whole units, needed to serve these tokens per day at the allowed utilisation, without spare nodes. */
const serving = (tokensPerDay: Exact, build: Build): number => {
  const { nodeCapacityPerDay, maxUtilisation, unitNodes, minNodes } = build
  const denominator = nodeCapacityPerDay.times(maxUtilisation).times(unitNodes)
  return Math.max(unitsFor(minNodes, unitNodes), wholeFrom({ numerator: tokensPerDay, denominator })) * unitNodes
}

/**
 * Nodes of a fleet sized for its busiest hour: max(min, ⌈V·pmr/(K·u_max·unit)⌉·unit) + spare.
 *
 * @param load - mean tokens per day, and the busiest hour over the mean hour
 */
export const nodesFor = (
  { tokensPerDay, peakToMean }: { readonly tokensPerDay: Exact; readonly peakToMean: Exact },
  build: Build,
): number => serving(tokensPerDay.times(peakToMean), build) + build.spareNodes

/** Nodes of each hour in a fleet that follows its traffic. @param tokens - of each hour of a day or of a week */
export const nodesByHour = (tokens: readonly Exact[], build: Build): number[] =>
  tokens.map(hour => serving(hour.times(DAY), build) + build.spareNodes)

/** Node-hours per day: the mean over the given hours of a day or of a week. 50 digits. */
export const nodeHoursPerDay = (nodes: readonly number[]): Exact =>
  quotient(exact(nodes.reduce((all, hour) => all + hour, 0)).times(DAY), exact(nodes.length))
