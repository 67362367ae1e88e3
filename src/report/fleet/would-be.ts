import type { SelfHosted, WouldBe, WouldBePrices } from '../../model/result/self-hosted.ts'
import { type View, viewLabel } from '../../model/views.ts'
import { formatTokens } from '../figures/format.ts'
import { both, usdSpan } from './both-ends.ts'

/** Values that would each alone make a break-even of "never" 100%; empty if break-even is reached. */
export const wouldBe = (self: SelfHosted, view: View): string[] => {
  const found = self.break_even[view]
  const [low, high] = [found?.low.would_be, found?.high.would_be]
  const one = low ?? high
  if (!one) return []
  // If it is never at one end only, that is the worst case.
  const end = low && high ? '' : ', at worst,'
  return [
    `Break-even with ${viewLabel(view)} would${end} be at 100% of the cluster with ${eachAlone(low ?? one, high ?? one)}.`,
  ]
}

/** The capacity, if given, the hosted price or the GPU price, at both ends. */
export const eachAlone = (a: WouldBePrices & Partial<WouldBe>, b: WouldBePrices & Partial<WouldBe>): string => {
  const [capacityA, capacityB] = [a.capacity_tokens_per_day, b.capacity_tokens_per_day]
  const parts = [
    ...(capacityA == null || capacityB == null
      ? []
      : [`a capacity of ${both(formatTokens(capacityA), formatTokens(capacityB))} tokens a day`]),
    `a hosted price of ${usdSpan(a.hosted_usd_per_1m, b.hosted_usd_per_1m)} per 1M`,
    ...(a.usd_per_gpu_hour === null || b.usd_per_gpu_hour === null
      ? []
      : [`GPUs at ${usdSpan(a.usd_per_gpu_hour, b.usd_per_gpu_hour)} an hour`]),
  ]
  return parts.join(', or ')
}
