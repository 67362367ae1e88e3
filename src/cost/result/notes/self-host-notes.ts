import { parseInstant } from '../../../model/instant.ts'
import { ONE, toDecimals } from '../../../model/number/money.ts'
import { percent } from '../../../model/number/percent.ts'
import type { Assumption } from '../../../model/result/result.ts'
import type { SelfHosting } from '../../fleet/self-host.ts'

/** Assumptions about a cluster. */
export const selfHostNotes = ({ self, hosting, mixView, mix, served }: SelfHosting, at: string): Assumption[] => {
  const notes: Assumption[] = []
  const note = (code: string, what: string): void => void notes.push({ code, what, views: ['self_hosted'] })
  note('GPU_PRICE', `the price of the GPUs is from ${self.price_from}`)
  if (self.model !== null && served.length > 0 && !served.includes(self.model)) {
    note('OTHER_ANSWERS', `the cluster runs ${self.model}, the API serves ${served.join(', ')}: their answers differ`)
  }
  const { until } = self
  if (
    until !== null &&
    self.model !== null &&
    served.includes(self.model) &&
    (parseInstant(at) ?? 0) >= (parseInstant(until) ?? 0)
  ) {
    const what = `since ${until.slice(0, 10)} the API serves other weights as ${self.model}: their answers differ`
    note('OTHER_ANSWERS', what)
  }
  if (self.utilisation !== null) {
    note(
      'STATED_UTILISATION',
      `the cluster runs at a mean utilisation of ${percent(self.utilisation)}: capacity that this work leaves idle is not billed to it`,
    )
  } else if (hosting.low.demandPerDay !== null) {
    note(
      'IDLE_IS_PAID',
      self.autoscale
        ? 'nodes follow the traffic hour by hour, in whole units'
        : 'the whole cluster is paid for, idle hours included',
    )
  }
  if (self.nodes === null && hosting.low.demandPerDay !== null && !self.autoscale) {
    const { peakToMean } = hosting.low
    const hour = peakToMean.eq(ONE) ? 'traffic' : `busiest hour, ${toDecimals(peakToMean, 2)} times the mean`
    note('SIZED_TO_PEAK', `the fleet is sized for the ${hour}, at ${percent(self.max_utilisation)} of its capacity`)
  }
  if (!mix.hit.isZero()) {
    note('SAME_HITS', 'the cluster finds as much in its cache as the API is expected to')
  } else if (mixView === 'headline') {
    note('NO_HITS', 'cache hits are unknown, so the cluster reads every prompt in full')
  }
  for (const { code, what, fix } of self.notes) if (fix === undefined) note(code, what)
  return notes
}
