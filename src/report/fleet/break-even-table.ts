import { highOf, lowOf } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { BreakEvenEnd, SelfHosted } from '../../model/result/self-hosted.ts'
import { VIEW_KEYS, type View, viewLabel } from '../../model/views.ts'
import { left, names, right, type Table } from '../blocks/block.ts'
import { formatTokens, formatUse, useSpan } from '../figures/format.ts'
import { both } from './both-ends.ts'
import { savedAgainst } from './saved-against.ts'

export const NEVER = {
  this_cluster: 'never on this cluster',
  any_scale: 'never at any scale',
  below_variable: 'never: hosted is below the variable cost',
} as const

/** Highest mean utilisation; for a fleet sized for its peak, what the peak leaves. */
export const meanAtMost = ({ max_utilisation, peak_to_mean, sized, autoscale }: SelfHosted): number =>
  sized && !autoscale ? max_utilisation / peak_to_mean : max_utilisation

/** One end of a range of verdicts, in words. */
const verdict = ({ kind, never_kind }: BreakEvenEnd): string =>
  kind === 'never' ? NEVER[never_kind ?? 'this_cluster'] : kind

/** Whether break-even has been reached, at the utilisation for this end of the range. */
const reached = (end: BreakEvenEnd, self: SelfHosted, use: number | null): string => {
  const { kind, utilisation, attainable } = end
  if (kind !== 'at' || utilisation === null) return verdict(end)
  if (attainable === false) return 'beyond max_utilisation'
  if (use === null) return 'within reach'
  if (use >= utilisation) return 'reached'
  return utilisation > meanAtMost(self) ? 'out of reach' : 'not reached'
}

/** Break-even against each known view. */
export const breakEvenTable = ({ costs }: Pick<ScenarioResult, 'costs'>, self: SelfHosted): Table => {
  const views = VIEW_KEYS.filter(view => self.break_even[view] !== undefined)
  return {
    kind: 'table',
    columns: [
      names('Break-even against'),
      right('utilisation'),
      right('tokens a day'),
      left('', { wraps: true }),
      ...(costs.self_hosted == null ? [] : [right('saved', { drop: 1 })]),
    ],
    rows: views.map((view: View) => {
      const found = self.break_even[view]
      if (!found) return []
      const { low, high } = found
      const volume = ({ tokens_per_day }: BreakEvenEnd): string =>
        tokens_per_day === null ? '-' : formatTokens(tokens_per_day)
      const use = ({ utilisation }: BreakEvenEnd): string => (utilisation === null ? '-' : formatUse(utilisation))
      return [
        viewLabel(view),
        low.utilisation !== null && high.utilisation !== null
          ? useSpan(low.utilisation, high.utilisation)
          : both(use(low), use(high)),
        both(volume(low), volume(high)),
        verdicts(self, found),
        ...(costs.self_hosted == null ? [] : [savedAgainst(self.saving[view] ?? null)]),
      ]
    }),
  }
}

const verdicts = (self: SelfHosted, { low, high }: NonNullable<SelfHosted['break_even'][View]>): string => {
  const { utilisation } = self
  // The best case for self-hosting has the highest capacity, hence the lower utilisation for the same work.
  const [least, most] = utilisation === null ? [null, null] : [lowOf(utilisation), highOf(utilisation)]
  const [best, worst] = [reached(low, self, least), reached(high, self, most)]
  return best === worst ? best : `${best} at best, ${worst} at worst`
}
