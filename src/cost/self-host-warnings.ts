import { type Exact, exact, quotient, ZERO } from '../model/money.ts'
import type { Warning } from '../model/result.ts'
import type { Mix } from './capacity.ts'
import type { Hosting } from './host-cluster.ts'
import type { SelfHosting } from './self-host.ts'

/** What one should know of the cluster, beside its figures. */
export const selfHostWarnings = (hosted: SelfHosting, place: string): Warning[] => {
  const { self, mix, hosting } = hosted
  const warnings: Warning[] = []
  const warn = (code: string, what: string, mend: string): void => void warnings.push({ code, what, mend, at: place })
  const why = hosting.low.why ?? hosting.high.why
  if (why !== null)
    warn(
      'OVER_CAPACITY',
      why,
      self.utilisation !== null && why.includes('stated')
        ? 'raise utilisation'
        : 'raise nodes, with a capacity for as many, or leave nodes out where rates are given per node',
    )
  if (self.utilisation !== null && self.utilisation > self.max_utilisation) {
    const what = `the utilisation that is stated, ${self.utilisation}, is above max_utilisation, ${self.max_utilisation}`
    warn('UTILISATION_OVER_MAX', what, 'lower utilisation, or raise max_utilisation')
  }
  for (const { code, what, mend } of self.notes) if (mend !== undefined) warn(code, what, mend)
  if (self.ttft_ms !== null && exact(self.ttft_ms).gt(5000)) {
    const seconds = exact(self.ttft_ms).times('0.001').toDecimalPlaces(1).toFixed()
    warn(
      'BATCH_LATENCY',
      `the measured row keeps a request waiting ${seconds} s for its first token: batch capacity`,
      'take a row with less at a time',
    )
  }
  if (self.rates.kind !== 'joint') return [...warnings, ...statedFar(hosted, place)]
  const [own, its] = [
    outputShare(mix),
    quotient(exact(self.rates.output), exact(self.rates.input).plus(exact(self.rates.output))),
  ]
  if (own.minus(its).abs().gt(its.times('0.2'))) {
    const percent = (share: Exact): string => `${share.times(100).toDecimalPlaces(1).toFixed()} %`
    warn(
      'JOINT_MIX',
      `the throughput holds at ${percent(its)} output, and this workload has ${percent(own)}`,
      'give rates per phase: {prefill: …, decode: …}',
    )
  }
  if (!mix.hit.isZero()) {
    warn(
      'JOINT_CACHE',
      'the throughput was measured without cache hits, and this workload has some',
      'give rates per phase, with cached_prefill',
    )
  }
  return warnings
}

const outputShare = ({ miss, hit, output }: Mix): Exact => {
  const all = miss.plus(hit).plus(output)
  return all.isZero() ? ZERO : quotient(output, all)
}

/** Tokens a second of one GPU at full utilisation. */
export const perGpuSecond = ({ self, hosting }: SelfHosting): readonly [Exact, Exact] => {
  const of = ({ cluster, nodes }: Hosting): Exact =>
    nodes.isZero() ? ZERO : quotient(cluster.capacityPerDay, nodes.times(self.gpus_per_node).times(86_400))
  return [of(hosting.high), of(hosting.low)]
}

/** A stated capacity that is far from what was measured shows itself. */
const statedFar = (hosted: SelfHosting, place: string): Warning[] => {
  const { nearest, rates } = hosted.self
  const measured = nearest?.tokens_per_second_per_gpu
  if (rates.kind !== 'stated' || !nearest || measured == null) return []
  const [own] = perGpuSecond(hosted)
  if (own.times(5).gte(exact(measured)) && own.lte(exact(measured).times(5))) return []
  return [
    {
      code: 'STATED_FAR',
      what: `the capacity is ${own.toDecimalPlaces(1).toFixed()} tokens a second for each GPU, and ${exact(measured).toDecimalPlaces(1).toFixed()} were measured: ${nearest.what} (${nearest.id})`,
      mend: `write throughput: {ref: ${nearest.id}} instead of capacity, or check it`,
      at: place,
    },
  ]
}
