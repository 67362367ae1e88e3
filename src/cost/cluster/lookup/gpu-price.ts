import { at, type Problem, problems } from '../../../errors/index.ts'
import type { Clusters, GpuPrice } from '../../../model/book/clusters.ts'
import { type Fraction, ratioOf } from '../../../model/number/fraction.ts'
import { exact, quotient } from '../../../model/number/money.ts'
import { both, isRange, mapRange, type Printed, type Range } from '../../../model/number/range.ts'
import { TERMS, type WrittenSelfHost } from '../../../model/scenario/self-host-schema.ts'
import { ownedHour, rentedHour, usefulShare } from '../gpu-hour.ts'
import type { Found } from './lookup.ts'

/** USD per node-hour, and its source. */
export interface NodePrice {
  readonly perNode: Range<string>
  /** Price of the whole cluster, if stated. */
  readonly whole?: Range<string>
  /** Price of nodes reserved around the clock, where others follow the traffic. */
  readonly reserved?: Range<string>
  readonly from: string
  /** Useful share of a rented hour, neither lost nor unused; left out: all of it. */
  readonly useful?: string
}

const asRange = (given: Printed<string>): Range<string> => (isRange(given) ? given : both(given))

/** USD per node-hour: stated for the cluster or a GPU, owned, or from the table by GPU and term. */
export const priceNode = (written: WrittenSelfHost, gpu: string | null, clusters: Clusters): Found<NodePrice> => {
  const { usd_per_hour, usd_per_gpu_hour, owned, nodes, gpus_per_node } = written
  const given = (['usd_per_hour', 'usd_per_gpu_hour', 'owned'] as const).filter(key => written[key] !== undefined)
  if (given.length > 1) return { problem: at([given[1] ?? ''], problems.twoPrices(given)) }
  if (usd_per_hour !== undefined) {
    if (nodes === undefined) return { problem: at(['usd_per_hour'], problems.needsNodes('usd_per_hour')) }
    const whole = asRange(usd_per_hour)
    const perNode = mapRange(whole, usd => quotient(exact(usd), exact(nodes)).toFixed())
    return { found: { perNode, whole, from: 'the scenario, for the whole cluster' } }
  }
  const perGpu = usd_per_gpu_hour === undefined ? tablePrice(written, gpu, clusters) : asRange(usd_per_gpu_hour)
  if (owned) {
    const hour = ownedHour({
      capexUsd: exact(owned.capex_usd),
      residualShare: exact(String(owned.residual)),
      lifeYears: exact(owned.life_years),
      financeShare: exact(String(owned.finance)),
      kw: exact(owned.kw),
      pue: exact(owned.pue),
      usdPerKwh: exact(owned.usd_per_kwh),
      usdPerKwMonth: exact(owned.usd_per_kw_month),
      maintenanceShare: exact(String(owned.maintenance)),
      availability: exact(String(owned.availability)),
    })
    const usd = hour.times(gpus_per_node).toFixed()
    const from = `the scenario: owned, over ${owned.life_years} years at ${owned.kw} kW and a PUE of ${owned.pue}`
    return { found: { perNode: both(usd), from } }
  }
  if ('problem' in perGpu) return perGpu
  const range = 'range' in perGpu ? perGpu.range : perGpu
  const from = 'range' in perGpu ? perGpu.from : 'the scenario, per GPU-hour'
  const useful = usefulPart(written)
  const perNode = (usd: string): string => rentedHour(exact(usd).times(gpus_per_node), useful).toFixed()
  return {
    found: {
      perNode: mapRange(range, perNode),
      ...('reserved' in perGpu && perGpu.reserved ? { reserved: mapRange(perGpu.reserved, perNode) } : {}),
      from: from + termsInWords(written),
      useful: ratioOf(useful).toFixed(),
    },
  }
}

const termsInWords = ({ term, lost, commitment }: WrittenSelfHost): string =>
  [
    ...(term === 'spot' && lost === undefined ? [', with no work lost when spot hours are taken away'] : []),
    ...(lost === undefined ? [] : [`, ${exact(String(lost)).times(100).toFixed()}% of the work lost`]),
    ...(commitment ? [`, paid for ${commitment.months} months and used for ${commitment.used_months}`] : []),
  ].join('')

const usefulPart = ({ lost = 0, commitment }: WrittenSelfHost): Fraction =>
  usefulShare({
    lostShare: exact(String(lost)),
    commitment: commitment ? { months: exact(commitment.months), usedMonths: exact(commitment.used_months) } : null,
  })

type Table = Pick<Clusters, 'gpu_prices' | 'gpu_ranges' | 'version'>

const tablePrice = (
  { term, autoscale }: WrittenSelfHost,
  gpu: string | null,
  table: Table,
):
  | { readonly range: Range<string>; readonly reserved?: Range<string>; readonly from: string }
  | { readonly problem: Problem } => {
  if (gpu === null) return { problem: problems.noGpuPrice() }
  const { gpu_ranges, version } = table
  // Single hours are not sold at the reserved price, so nodes that come and go are rented on demand.
  const kind = term ?? (autoscale ? 'on_demand' : undefined)
  if (kind === undefined) {
    const found = gpu_ranges.find(one => one.gpu === gpu)
    if (!found) return { problem: at(['gpu'], problems.noGpuRange(gpu, pricedTerms(gpu, table))) }
    const { low, high, what } = found
    return { range: { low, high }, from: `cluster book ${version}, ${gpu}: ${what}` }
  }
  const found = askedPrices(gpu, kind, table)
  if (!found) return { problem: at(['term'], problems.noGpuTerm(gpu, kind, pricedTerms(gpu, table))) }
  const reserved = autoscale && term === undefined ? askedPrices(gpu, 'reserved', table) : null
  return {
    ...found,
    ...(reserved
      ? { reserved: reserved.range, from: `${found.from}; reserved around the clock: ${reserved.from}` }
      : {}),
  }
}

/** Terms for which the book has prices of a GPU. */
const pricedTerms = (gpu: string, table: Table): readonly string[] =>
  TERMS.filter(term => askedPrices(gpu, term, table) !== null)

/** The one source in the book that sells nothing: its prices come from a model. */
const MODELLED = 'SemiAnalysis TCO model'

/** Providers' prices of a GPU on a term, lowest first; modelled prices are left out. */
const askedPrices = (
  gpu: string,
  kind: GpuPrice['kind'],
  { gpu_prices, version }: Table,
): { readonly range: Range<string>; readonly from: string } | null => {
  const rows = gpu_prices.filter(one => one.gpu === gpu && one.kind === kind && one.provider !== MODELLED)
  const sorted = rows.toSorted((a, b) => exact(a.usd_per_gpu_hour).comparedTo(exact(b.usd_per_gpu_hour)))
  const [cheapest, dearest] = [sorted[0], sorted.at(-1)]
  if (!cheapest || !dearest) return null
  return {
    range: { low: cheapest.usd_per_gpu_hour, high: dearest.usd_per_gpu_hour },
    from: `cluster book ${version}, ${gpu} ${kind.replace('_', ' ')}: ${cheapest.provider} to ${dearest.provider}, ${rows.length} prices`,
  }
}

/** Keys that have no effect with the given kind of price. */
export const unusedKeys = (written: WrittenSelfHost): Problem[] => {
  const whole = (['usd_per_hour', 'owned'] as const).find(key => written[key] !== undefined)
  const given = whole ?? (written.usd_per_gpu_hour === undefined ? undefined : 'usd_per_gpu_hour')
  const unused = (key: 'term' | 'lost' | 'commitment', beside: string | undefined): Problem[] =>
    beside !== undefined && written[key] !== undefined ? [at([key], problems.priceKeyUnused(key, beside))] : []
  return [...unused('term', given), ...unused('lost', whole), ...unused('commitment', whole)]
}
