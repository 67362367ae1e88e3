import type { ScenarioResult } from '../../model/result/result.ts'

/** The cost of a run or period, as a column heading. */
export const unitOf = ({ per, input }: Pick<ScenarioResult, 'per' | 'input'>): string => `USD ${aPeriod(per, input)}`

/** A period in words; a day without weekends is a working day. */
export const aPeriod = (per: ScenarioResult['per'], input?: Pick<ScenarioResult['input'], 'traffic'>): string => {
  if (per === 'hour') return 'an hour'
  return per === 'day' && input?.traffic.weekdays_only ? 'a working day' : `a ${per}`
}

/** One request in words; of several calls it is a conversation. */
export const aRequest = ({ request }: Pick<ScenarioResult['input'], 'request'>): string =>
  (request?.turns ?? 1) > 1 ? 'a conversation' : 'a request'

type Costs = ScenarioResult['costs']

/** Another unit that costs are given in beside their period. */
export interface Unit {
  /** In words: `a month`. */
  readonly name: string
  readonly costs: Costs
}

/** A month and a request, as far as they say more than the period: a run of one request costs what the request does. */
export const otherUnits = (scenario: ScenarioResult): Unit[] => {
  const { per, per_month, per_request, requests, input } = scenario
  return [
    ...(per_month && per !== 'month' ? [{ name: 'a month', costs: per_month }] : []),
    ...(per_request && !(requests === 1 && per === 'run') ? [{ name: aRequest(input), costs: per_request }] : []),
  ]
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A month in words, of a month or a date. @example monthInWords('2027-01') // January 2027 */
export const monthInWords = (month: string): string => `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`
