import { exact, quotient, toDecimals } from '../../model/number/money.ts'
import { MOST_STATED } from '../../model/scenario/limits.ts'
import type { WrittenSelfHost } from '../../model/scenario/self-host-schema.ts'
import { withoutReplaced } from '../../model/scenario/set-key.ts'
import { type Control, countIn, shareIn, usdIn } from './control.ts'
import type { Shown } from './page-data.ts'

/** The price of the GPUs, the nodes, and how far they are used. */
export const clusterControls = ({ self_host: written }: Shown): Control[] => {
  if (!written) return []
  const isWhole = written.usd_per_hour !== undefined
  return [
    isWhole ? wholePrice : gpuPrice,
    // Nodes that follow the traffic have no number.
    ...(written.autoscale ? [] : [nodes]),
    utilisation,
  ]
}

const withCluster = ({ scenario, self_host }: Shown, key: keyof WrittenSelfHost, value: unknown): Shown => {
  const written = { self_host: { ...self_host, [key]: value } }
  const { self_host: kept } = withoutReplaced(written, [['self_host', key]]) as { self_host: WrittenSelfHost }
  return { scenario, self_host: kept }
}

const priceControl = (
  key: 'usd_per_hour' | 'usd_per_gpu_hour',
  { label, unit, read }: Pick<Control, 'label' | 'read'> & { readonly unit: string },
): Control => ({
  key: `self_host.${key}`,
  label,
  group: 'Cluster',
  field: { kind: 'usd', unit },
  read,
  write: (shown, text) => {
    const usd = usdIn(text)
    return usd === null ? null : withCluster(shown, key, usd)
  },
  toFile: Number,
})

/** To a cent a GPU-hour. */
const CENTS = 2

const middle = ({ low, high }: { readonly low: string; readonly high: string }): string =>
  toDecimals(quotient(exact(low).plus(high), exact(2)), CENTS)

const wholePrice = priceControl('usd_per_hour', {
  label: 'Whole cluster',
  unit: 'USD an hour',
  read: ({ scenario: { self_host } }) => (self_host?.usd_per_hour ? middle(self_host.usd_per_hour) : '0'),
})

const gpuPrice = priceControl('usd_per_gpu_hour', {
  label: 'GPU',
  unit: 'USD an hour',
  read: ({ scenario: { self_host } }) => {
    if (!self_host) return '0'
    const { usd_per_node_hour, useful_share, gpus_per_node } = self_host
    // A price above its useful share is the rent: see useful_share.
    return toDecimals(quotient(exact(middle(usd_per_node_hour)).times(useful_share), exact(gpus_per_node)), CENTS)
  },
})

const NODES = { min: 1, max: MOST_STATED, whole: true }

const nodes: Control = {
  key: 'self_host.nodes',
  label: 'Nodes',
  group: 'Cluster',
  field: { kind: 'count', unit: 'nodes', ...NODES, start: 4, unset: 'for the peak' },
  read: ({ self_host }) => String(self_host?.nodes ?? ''),
  write: (shown, text) => {
    const value = countIn(text, NODES)
    return value === null ? null : withCluster(shown, 'nodes', value)
  },
  toFile: Number,
}

const utilisation: Control = {
  key: 'self_host.utilisation',
  label: 'Utilisation',
  group: 'Cluster',
  field: { kind: 'share', unset: 'of the traffic' },
  read: ({ self_host }) => String(self_host?.utilisation ?? ''),
  write: (shown, text) => {
    const value = shareIn(text)
    return value === null || value === 0 ? null : withCluster(shown, 'utilisation', value)
  },
  toFile: Number,
}
