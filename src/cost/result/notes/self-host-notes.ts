import { ONE, toDecimals } from '../../../model/number/money.ts'
import { percent } from '../../../model/number/percent.ts'
import type { Assumption } from '../../../model/result/result.ts'
import { parseInstant } from '../../../model/time.ts'
import type { SelfHosting } from '../../fleet/self-host.ts'

/** What is taken for granted of a cluster. */
export const selfHostNotes = ({ self, hosting, mixView, mix, served }: SelfHosting, at: string): Assumption[] => {
  const notes: Assumption[] = []
  const note = (code: string, what: string): void => void notes.push({ code, what, views: ['self_hosted'] })
  note('GPU_PRICE', `the price of the GPUs is from ${self.price_from}`)
  if (self.model !== null && served.length > 0 && !served.includes(self.model)) {
    note(
      'OTHER_ANSWERS',
      `the cluster runs ${self.model}, the API serves ${served.join(', ')}: their answers are not the same`,
    )
  }
  const { until } = self
  if (
    until !== null &&
    self.model !== null &&
    served.includes(self.model) &&
    (parseInstant(at) ?? 0) >= (parseInstant(until) ?? 0)
  ) {
    const what = `the API serves other weights as ${self.model} since ${until.slice(0, 10)}: their answers are not the same`
    note('OTHER_ANSWERS', what)
  }
  if (self.utilisation !== null) {
    note(
      'STATED_UTILISATION',
      `the cluster is used to ${percent(self.utilisation)} on the mean: what this work leaves idle, others pay for`,
    )
  } else if (hosting.low.demandPerDay !== null) {
    note(
      'IDLE_IS_PAID',
      self.autoscale
        ? 'nodes follow the traffic hour by hour, in whole units'
        : 'all of the cluster is paid, idle hours included',
    )
  }
  if (self.nodes === null && hosting.low.demandPerDay !== null && !self.autoscale) {
    const { peakToMean } = hosting.low
    const hour = peakToMean.eq(ONE) ? 'traffic' : `busiest hour, ${toDecimals(peakToMean, 2)} times the mean`
    note('SIZED_TO_PEAK', `nodes are ready for the ${hour}, at ${percent(self.max_utilisation)} of what they can do`)
  }
  if (!mix.hit.isZero()) {
    note('SAME_HITS', 'the cluster finds as much in its cache as the API is expected to')
  } else if (mixView === 'headline') {
    note('NO_HITS', 'how much a cache would spare is not known, so the cluster reads every prompt anew')
  }
  for (const { code, what, fix } of self.notes) if (fix === undefined) note(code, what)
  return notes
}
