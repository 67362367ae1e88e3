import type { ScenarioResult } from '../../model/result/result.ts'

/** The cost of a run or period, as a column heading. */
export const unitOf = ({ per, input }: ScenarioResult): string => `USD ${aPeriod(per, input)}`

/** A period in words; a day without weekends is a working day. */
export const aPeriod = (per: ScenarioResult['per'], input?: Pick<ScenarioResult['input'], 'traffic'>): string => {
  if (per === 'hour') return 'an hour'
  return per === 'day' && input?.traffic.weekdays_only ? 'a working day' : `a ${per}`
}
