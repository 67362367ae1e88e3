import { exact } from '../../model/number/money.ts'
import { highOf, lowOf } from '../../model/number/range.ts'
import type { Baseline } from '../../model/result/routed.ts'
import type { View } from '../../model/views.ts'
import { formatRatio, formatShare } from '../figures/format.ts'

/** A saving as a percentage; a fleet that costs more says how many times as much. */
export const savedAgainst = (saving: Baseline['saving'][View]): string => {
  if (saving == null) return 'N/A'
  const [low, high] = [lowOf(saving), highOf(saving)]
  const times = (share: number): string =>
    formatRatio(
      exact(1)
        .minus(exact(String(share)))
        .toFixed(),
    )
  if (high < 0) return low === high ? `costs ${times(low)}` : `costs ${times(high)}-${times(low)}`
  // On either side of nothing: a loss is a saving below 0.
  const percent = (share: number): string => (share < 0 ? `-${formatShare(-share)}` : formatShare(share))
  return low === high ? percent(low) : `${percent(low)} to ${percent(high)}`
}
