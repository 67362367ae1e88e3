import { exact, ONE, quotient, toFixedDecimals } from '../../model/number/money.ts'
import { highOf, lowOf, type Printed } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { BreakEvenEnd, SelfHosted } from '../../model/result/self-hosted.ts'
import { type View, viewLabel } from '../../model/views.ts'
import { formatCount, formatShare, formatTokens, formatUse, spanned, useSpan } from '../figures/format.ts'
import { aDay, both, paced } from './both-ends.ts'
import { plausibleChange } from './change.ts'
import { meanAtMost, STANDINGS, type Standing, standingsOf } from './standing.ts'

/** The view that a cluster is judged against: the one that answers, else the one that it is compared with. */
export const verdictView = ({ answer }: Pick<ScenarioResult, 'answer'>, self: SelfHosted): View => {
  const view = answer?.view
  return view && view !== 'self_hosted' && self.break_even[view] ? view : self.hosted_view
}

/**
 * Whether the scenario's own cluster pays against the API, by what factor, and what would most plausibly change it.
 *
 * @param asked - the view of the API; default: the one that the report is about
 * @returns `null` without a cluster
 * @example Never on this cluster: it would pay only from 1.28B tokens a day, 1,280% of what it can do; …
 */
export const verdictSentence = (scenario: ScenarioResult, asked?: View): string | null => {
  const { self_host: self } = scenario
  if (!self) return null
  const view = asked ?? verdictView(scenario, self)
  const change = self.break_even[view] ? plausibleChange(scenario, self, view) : null
  const verdict = verdictOf(scenario, self, view)
  return [verdict(amounts(scenario, view)), ...(change ? [change.what] : [])].join(' ')
}

/** The verdict without money and without what would change it: for a report that is about something else. */
export const verdictInShort = (scenario: ScenarioResult): string | null => {
  const { self_host: self } = scenario
  return self && verdictOf(scenario, self, verdictView(scenario, self))(null)
}

/** The claim and how the cluster compares today. @returns the sentence with given amounts; `null`: in short */
const verdictOf = (scenario: ScenarioResult, self: SelfHosted, view: View): ((amounts: string | null) => string) => {
  const found = self.break_even[view]
  const api = `the API (${viewLabel(view)})`
  if (!found) return () => `Unknown: what ${api} would cost is unknown${because(scenario.reasons[view])}.`
  const [best, worst] = standingsOf(self, found)
  const ends = { ...found, self, day: aDay(scenario), api }
  const claim =
    best === worst
      ? CLAIMS[best](ends)
      : `It depends: at best ${shortly(best, found.low, ends)}; at worst ${shortly(worst, found.high, ends)}`
  const today = todayInWords(scenario, self, view)
  return amounts =>
    `${claim}; ${amounts === null ? today.replace(`the API (${viewLabel(view)})`, 'the API') : today + amounts}.`
}

interface Ends {
  readonly low: BreakEvenEnd
  readonly high: BreakEvenEnd
  readonly self: SelfHosted
  readonly day: string
  /** The API and its view, in words. */
  readonly api: string
}

/** What each standing says, where both ends of the ranges have it. */
const CLAIMS: Readonly<Record<Standing, (ends: Ends) => string>> = {
  always: ({ api }) =>
    `Always: no part of this cluster is paid for while idle, and a token on it costs less than on ${api}`,
  reached: ends => `Yes, from ${volume(ends)} (${useOf(ends)} of this cluster)`,
  within_reach: ends => `Yes, from ${volume(ends)} (${useOf(ends)} of this cluster)`,
  not_reached: ends => `Not yet: only from ${volume(ends)} (${useOf(ends)} of this cluster)`,
  out_of_reach: ends =>
    `No: it would pay only from ${volume(ends)} (${useOf(ends)} of this cluster), and the peak hour leaves a mean of at most ${formatShare(meanAtMost(ends.self))}`,
  beyond_maximum: ends =>
    `No: it would pay only from ${volume(ends)} (${useOf(ends)} of this cluster), above the ${formatShare(ends.self.max_utilisation)} that it may run at`,
  this_cluster: ends =>
    `Never on this cluster: it would pay only from ${volume(ends)}, ${useOf(ends)} of what it can do`,
  any_scale: ({ api }) => `Never at any scale: even more such nodes, at their best use, cost more than ${api}`,
  below_variable: ({ api }) => `Never: ${api} costs less per token than the cluster's variable cost alone`,
}

/** The same for one end of a range. */
const shortly = (standing: Standing, end: BreakEvenEnd, ends: Ends): string => {
  const from = `from ${volume({ ...ends, low: end, high: end })}`
  switch (standing) {
    case 'reached':
    case 'within_reach':
      return `yes, ${from}`
    case 'not_reached':
      return `yes, ${from}, not yet reached`
    case 'out_of_reach':
    case 'beyond_maximum':
      return `no, only ${from}`
    default:
      return STANDINGS[standing]
  }
}

const volume = ({ low, high, day }: Ends): string =>
  `${both(formatTokens(low.tokens_per_day ?? 0), formatTokens(high.tokens_per_day ?? 0))} tokens ${day}`

const useOf = ({ low, high }: Ends): string => useSpan(low.utilisation ?? 0, high.utilisation ?? 0)

const because = (reason: string | null | undefined): string => (reason == null ? '' : `: ${reason}`)

/** How the cluster compares at the traffic that the scenario has. */
const todayInWords = (scenario: ScenarioResult, self: SelfHosted, view: View): string => {
  const { utilisation, demand_tokens_per_day: demand } = self
  const saving = self.saving[view]
  if (utilisation === null || saving === undefined)
    return `what the cluster would cost at today's traffic is unknown${because(self.reason)}`
  const use = spanned(utilisation, formatUse)
  const isStated = scenario.input.self_host?.utilisation != null
  const when =
    isStated || demand === null
      ? `at its stated utilisation of ${use}`
      : `at today's ${formatTokens(demand)} tokens ${aDay(scenario)} (${use} of it)`
  const leg = scenario.routing?.legs.some(({ self_host }) => self_host) ? ' for its leg' : ''
  return `${when} it ${compared(saving, `the API (${viewLabel(view)})${leg}`)}`
}

/** What both cost, where the cluster serves all of it. */
const amounts = (scenario: ScenarioResult, view: View): string => {
  const { self_hosted: own, [view]: hosted } = scenario.costs
  return own == null || hosted == null ? '' : `: ${paced(scenario, own)} against ${paced(scenario, hosted)}`
}

/** @param saving - 1 − cluster/API; below 0 if the cluster is dearer */
const compared = (saving: Printed<number>, api: string): string => {
  const [low, high] = [lowOf(saving), highOf(saving)]
  if (low === 0 && high === 0) return `costs as much as ${api}`
  if (high <= 0) return `is ${both(dearer(high), dearer(low)).replace('× to ', ' to ')} dearer than ${api}`
  if (low >= 0) return `is ${both(cheaper(low), cheaper(high)).replace('× to ', ' to ')} cheaper than ${api}`
  return `is between ${dearer(low)} dearer and ${cheaper(high)} cheaper than ${api}`
}

const dearer = (saving: number): string => roughly(ONE.minus(exact(String(saving))).toFixed())

const cheaper = (saving: number): string =>
  saving >= 1 ? 'infinitely' : roughly(quotient(ONE, ONE.minus(exact(String(saving)))).toFixed())

/** A factor in a sentence: two decimals below 2, one below 10, else whole. */
const roughly = (ratio: string): string => {
  const value = exact(ratio)
  if (value.lt('1.005')) return 'less than 1.01×'
  const decimals = value.lt('1.995') ? 2 : value.lt('9.95') ? 1 : 0
  return `${decimals === 0 ? formatCount(toFixedDecimals(value, 0)) : toFixedDecimals(value, decimals)}×`
}
