import type { Clusters, GpuPrice } from '../../model/book/clusters.ts'
import { exact } from '../../model/number/money.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { formatRate } from '../figures/format.ts'

// Up to this many prices, each source is listed below the table.
const FEW = 12

/** `dsprice prices gpus`: GPU-hour prices, cheapest first for each term; USD per GPU-hour. */
export const gpusSheet = ({ version, gpu_prices, gpu_ranges }: Clusters, filter: string | undefined): Sheet => {
  const wanted = filter?.toLowerCase()
  const isWanted = (gpu: string, provider: string): boolean =>
    wanted === undefined || gpu === wanted || provider.toLowerCase().includes(wanted)
  const found = gpu_prices.filter(({ gpu, provider }) => isWanted(gpu, provider)).toSorted(byGpuTermPrice)
  const gpus = new Set(found.map(({ gpu }) => gpu))
  const ranges = gpu_ranges.filter(({ gpu }) => gpus.has(gpu))
  return {
    title: `Cluster book ${version}: USD per GPU-hour`,
    columns: [
      left('GPU', { once: true }),
      left('sold', { once: true }),
      right('USD an hour'),
      left('provider', { wraps: true }),
      left('term', { drop: 2, wraps: true }),
      left('as of', { drop: 1 }),
    ],
    rows: found.map(({ gpu, kind, usd_per_gpu_hour, provider, term, as_of }) => [
      gpu,
      kind.replaceAll('_', ' '),
      formatRate(usd_per_gpu_hour),
      provider,
      term ?? '',
      as_of,
    ]),
    notes: [
      ...ranges.map(
        ({ gpu, low, high, what }) => `gpu: ${gpu} takes ${formatRate(low)} to ${formatRate(high)}: ${what}.`,
      ),
      ...(found.length > FEW
        ? [`${found.length} prices; --json lists the source of each.`]
        : [...new Set(found.map(({ source }) => source))].map(source => `Source: ${source}.`)),
    ],
    data: { book: version, gpu_prices: found, gpu_ranges: ranges },
  }
}

const TERM_ORDER: readonly GpuPrice['kind'][] = ['on_demand', 'reserved', 'spot', 'capacity_block', 'calendar', 'owned']

const byGpuTermPrice = (a: GpuPrice, b: GpuPrice): number =>
  (a.gpu < b.gpu ? -1 : a.gpu > b.gpu ? 1 : 0) ||
  TERM_ORDER.indexOf(a.kind) - TERM_ORDER.indexOf(b.kind) ||
  exact(a.usd_per_gpu_hour).comparedTo(exact(b.usd_per_gpu_hour))
