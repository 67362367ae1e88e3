import type { Sweep } from '../../model/result/sweep.ts'
import { ALL_VIEWS } from '../../model/views.ts'
import { ends } from '../figures/ends.ts'

/** One row for each cell and view. */
export const sweepRows = ({ keys, cells }: Sweep) =>
  cells.flatMap(({ values, comes_to, figures, reason }) =>
    ALL_VIEWS.filter(view => view !== 'self_hosted' || figures?.costs.self_hosted != null).map(view => ({
      ...Object.assign(
        {},
        ...keys.map(({ key }, i) => ({
          [`key_${i + 1}`]: key,
          [`value_${i + 1}`]: values[i],
          [`comes_to_${i + 1}`]: comes_to[i] ?? null,
        })),
      ),
      view,
      per: figures?.per ?? null,
      ...ends('cost_usd', figures?.costs[view]),
      ...ends('cost_usd_per_month', figures?.per_month?.[view]),
      ...ends('cost_usd_per_request', figures?.per_request?.[view]),
      reason: reason ?? figures?.reasons[view] ?? null,
      bound: (view === 'self_hosted' ? null : figures?.bounds[view]) ?? null,
    })),
  )
