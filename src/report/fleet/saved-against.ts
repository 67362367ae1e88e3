import { exact } from '../../model/number/money.ts'
import { highOf, lowOf } from '../../model/number/range.ts'
import type { Baseline } from '../../model/result/routed.ts'
import type { View } from '../../model/views.ts'
import { formatShare, formatTimes, spanned } from '../figures/format.ts'

/** A saving as a percentage; a fleet that costs more shows by what factor. */
export const savedAgainst = (saving: Baseline['saving'][View]): string => saved(saving).figure

/** The same as part of a sentence. */
export const savedInWords = (saving: Baseline['saving'][View]): string => {
  const { figure, isLoss } = saved(saving)
  return isLoss ? `it is ${figure}` : `${figure} saved`
}

const saved = (saving: Baseline['saving'][View]): { readonly figure: string; readonly isLoss: boolean } => {
  if (saving == null) return { figure: 'N/A', isLoss: false }
  const [low, high] = [lowOf(saving), highOf(saving)]
  const times = (share: number): string =>
    formatTimes(
      exact(1)
        .minus(exact(String(share)))
        .toFixed(),
    )
  // The smaller loss is the high end.
  if (high < 0) return { figure: `${spanned({ low: high, high: low }, times)} dearer`, isLoss: true }
  // A range across zero: a loss is a negative saving.
  const percent = (share: number): string => (share < 0 ? `-${formatShare(-share)}` : formatShare(share))
  return { figure: spanned({ low, high }, percent, ' to '), isLoss: false }
}
