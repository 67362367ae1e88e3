import type { ScenarioResult } from '../../model/result/result.ts'

/** What a run or period costs, in the words of a column head. */
export const unitOf = ({ per, input }: ScenarioResult): string => `USD ${aPeriod(per, input)}`

/** A period in words; of a day without weekends it says so. */
export const aPeriod = (per: ScenarioResult['per'], input?: Pick<ScenarioResult['input'], 'traffic'>): string => {
  if (per === 'hour') return 'an hour'
  return per === 'day' && input?.traffic.weekdays_only ? 'a working day' : `a ${per}`
}
