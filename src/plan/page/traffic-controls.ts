import { type Control, countIn } from './control.ts'
import type { Shown } from './page-data.ts'

const REQUESTS = { min: 1, max: 1_000_000_000_000, whole: true }

/** How many requests a period has. */
export const trafficControls = ({ scenario: { totals, traffic } }: Shown): Control[] =>
  totals ? [] : [{ ...requests, label: traffic.per === 'run' ? 'Requests of the run' : `Requests a ${traffic.per}` }]

const requests: Control = {
  key: 'traffic.requests',
  label: 'Requests',
  group: 'Traffic',
  field: { kind: 'count', unit: 'requests', ...REQUESTS },
  read: ({ scenario }) => String(scenario.traffic.requests),
  write: ({ scenario, self_host }, text) => {
    const value = countIn(text, REQUESTS)
    if (value === null) return null
    return { self_host, scenario: { ...scenario, traffic: { ...scenario.traffic, requests: value } } }
  },
  toFile: Number,
}
