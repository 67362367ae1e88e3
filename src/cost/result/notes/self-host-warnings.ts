import { wholeFrom } from '../../../model/number/fraction.ts'
import { type Exact, exact, ONE, quotient, toDecimals, ZERO } from '../../../model/number/money.ts'
import { percent } from '../../../model/number/percent.ts'
import type { Range } from '../../../model/number/range.ts'
import type { Warning } from '../../../model/result/result.ts'
import { MOST_STATED } from '../../../model/scenario/limits.ts'
import { type Mix, totalOf } from '../../cluster/capacity.ts'
import type { Hosting } from '../../cluster/host-cluster.ts'
import type { SelfHosting } from '../../fleet/self-host.ts'

/** Warnings about a cluster's figures. */
export const selfHostWarnings = (hosted: SelfHosting, about: string): Warning[] => {
  const { self, mix, hosting } = hosted
  const warnings: Warning[] = []
  const warn = (code: string, what: string, { fix, key }: Fix): void =>
    void warnings.push({ code, what, fix, scenario: about, path: `self_host.${key}`, at: null })
  const why = hosting.low.why ?? hosting.high.why
  if (why !== null) warn('OVER_CAPACITY', why, roomFor(hosted))
  if (self.utilisation !== null && self.utilisation > self.max_utilisation) {
    const what = `the stated utilisation, ${self.utilisation}, is above max_utilisation, ${self.max_utilisation}`
    warn('UTILISATION_OVER_MAX', what, {
      fix: `write max_utilisation: ${self.utilisation}, or a lower utilisation`,
      key: 'utilisation',
    })
  }
  for (const { code, what, fix } of self.notes)
    if (fix !== undefined) warn(code, what, { fix, key: KEYS[code] ?? 'throughput' })
  if (self.ttft_ms !== null && exact(self.ttft_ms).gt(5000)) {
    const seconds = toDecimals(exact(self.ttft_ms).times('0.001'), 1)
    const what = `requests of the measured row wait ${seconds} s for their first token: this is batch capacity`
    warn('BATCH_LATENCY', what, { fix: 'choose a row with less concurrency', key: 'throughput' })
  }
  return [
    ...warnings,
    ...(self.rates.kind === 'joint' ? jointWarnings(self.rates, mix, about) : statedFar(hosted, about)),
  ]
}

const KEYS: Readonly<Record<string, string>> = { UNKNOWN_WEIGHTS: 'model' }

/** A fix to type, and its key below `self_host`. */
interface Fix {
  readonly fix: string
  readonly key: string
}

/** The fix that would give the cluster enough capacity. */
const roomFor = ({ self, hosting }: SelfHosting): Fix => {
  const { cluster, build, serving, demandPerDay, peakToMean } = hosting.high
  if (demandPerDay === null || cluster.capacityPerDay.isZero()) return { fix: 'raise nodes', key: 'nodes' }
  const mean = quotient(demandPerDay, cluster.capacityPerDay)
  // Nodes that follow the traffic need no reserve for its peak.
  const peak = self.autoscale ? mean : mean.times(peakToMean)
  if (self.utilisation !== null && peak.lte(build.maxUtilisation)) {
    return { fix: `write utilisation: ${upTo(mean.times(100))}%`, key: 'utilisation' }
  }
  if (self.rates.kind === 'stated') {
    return { fix: 'leave nodes and capacity out and give throughput, to let the fleet be sized', key: 'capacity' }
  }
  const units = upTo(quotient(peak.times(serving), build.maxUtilisation.times(self.unit_nodes)))
  const nodes = units * self.unit_nodes + self.spare_nodes
  if (nodes > MOST_STATED) return { fix: 'check the rates, and the requests under traffic', key: 'throughput' }
  return { fix: `write nodes: ${nodes}, or leave nodes out to let the fleet be sized`, key: 'nodes' }
}

const upTo = (value: Exact): number => wholeFrom({ numerator: value, denominator: ONE })

/** Warnings for a joint rate, which holds only for its own mix and without a cache. */
const jointWarnings = (
  { input, output }: Extract<SelfHosting['self']['rates'], { kind: 'joint' }>,
  mix: Mix,
  about: string,
): Warning[] => {
  const warnings: Warning[] = []
  const [own, its] = [outputShare(mix), quotient(exact(output), exact(input).plus(exact(output)))]
  const common = { scenario: about, path: 'self_host.throughput', at: null }
  if (own.minus(its).abs().gt(its.times('0.2'))) {
    warnings.push({
      code: 'JOINT_MIX',
      what: `the throughput was measured at ${percent(its)} output, but this workload has ${percent(own)}`,
      fix: 'write your own rates per phase, such as throughput: {prefill: 52300, decode: 22300}',
      ...common,
    })
  }
  if (!mix.hit.isZero()) {
    warnings.push({
      code: 'JOINT_CACHE',
      what: 'the throughput was measured without cache hits, but this workload has some',
      fix: 'write rates per phase, such as throughput: {prefill: 52300, decode: 22300, cached_prefill: 350000}',
      ...common,
    })
  }
  return warnings
}

const outputShare = (mix: Mix): Exact => (totalOf(mix).isZero() ? ZERO : quotient(mix.output, totalOf(mix)))

/** Tokens per second of one serving GPU, at full utilisation. */
export const perGpuSecond = ({ self, hosting }: SelfHosting): Range<Exact> => {
  const of = ({ cluster, serving }: Hosting): Exact =>
    serving.isZero() ? ZERO : quotient(cluster.capacityPerDay, serving.times(self.gpus_per_node).times(86_400))
  return { low: of(hosting.high), high: of(hosting.low) }
}

/** A warning for a stated capacity far from the measured one. */
const statedFar = (hosted: SelfHosting, about: string): Warning[] => {
  const { nearest, rates } = hosted.self
  const measured = nearest?.tokens_per_second_per_gpu
  if (rates.kind !== 'stated' || !nearest || measured == null) return []
  const { low: own } = perGpuSecond(hosted)
  if (own.times(5).gte(exact(measured)) && own.lte(exact(measured).times(5))) return []
  return [
    {
      code: 'STATED_FAR',
      what: `the capacity is ${toDecimals(own, 1)} tokens a second per GPU, but ${toDecimals(exact(measured), 1)} were measured: ${nearest.what} (${nearest.id})`,
      fix: `write throughput: {ref: ${nearest.id}} instead of capacity, or check it`,
      path: 'self_host.capacity',
      scenario: about,
      at: null,
    },
  ]
}
