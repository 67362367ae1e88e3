import type { ForecastScenario } from '../../model/result/forecast.ts'
import { ALL_VIEWS } from '../../model/views.ts'
import { ends } from '../figures/ends.ts'

/** A row for each month of a scenario, for a spreadsheet; every digit. */
export const monthRows = ({ name, file, served_by, timezone, months }: ForecastScenario) =>
  months.map(month => ({
    name,
    file,
    served_by,
    month: month.month,
    timezone,
    hours: month.hours,
    days: month.days,
    working_days: month.working_days,
    growth: month.growth,
    requests: month.requests,
    ...ends('tokens_in', month.tokens?.prompt),
    ...ends('tokens_out', month.tokens?.output),
    ...Object.assign({}, ...ALL_VIEWS.map(view => ends(`${view}_usd`, month.costs[view]))),
    ...ends('nodes', month.self_hosted?.nodes),
    assumed: month.assumed.join(' '),
    notes: month.notes.join('; '),
  }))
