import { describe, expect, it } from 'vitest'
import { demandOf } from '../../../src/cost/cluster/demand.ts'
import { type Hosting, hostCluster } from '../../../src/cost/cluster/host-cluster.ts'
import { type Exact, exact, toDecimals, ZERO } from '../../../src/model/number/money.ts'
import type { Range } from '../../../src/model/number/range.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { clusterWith, MILLION, scenarioWith } from '../build.ts'

interface Ask {
  /** Millions of tokens a period, half of them output. */
  readonly tokens: number
  readonly traffic?: Partial<Traffic>
  readonly self?: Partial<SelfHost>
}

const host = ({ tokens, traffic = { per: 'day' }, self = {} }: Ask): Range<Hosting> => {
  const half = exact(tokens).times(MILLION).times('0.5')
  return hostCluster(clusterWith(self), demandOf(scenarioWith({ traffic }), { miss: half, hit: ZERO, output: half }))
}

const digits = (figure: Exact | null): string => (figure ? toDecimals(figure, 6) : 'none')

/** Utilisation, and USD per period. */
const told = (ask: Ask): string => {
  const { utilisation, usdPerPeriod } = host(ask).low
  return `${digits(utilisation)} for ${digits(usdPerPeriod)}`
}

// A node of $10 an hour, $240 a day, that does 240M tokens a day.
describe('the use and the cost of a cluster', () => {
  it.each<{ it: string; ask: Ask; told: string }>([
    { it: 'a day is paid whole, idle hours too', ask: { tokens: 120 }, told: '0.5 for 240' },
    { it: 'a week is seven days', ask: { tokens: 840, traffic: { per: 'week' } }, told: '0.5 for 1680' },
    // 120M in each of five working days are 600M in seven: 600/1680; 7/5 of $240.
    {
      it: 'a working day pays its part of the weekend',
      ask: { tokens: 120, traffic: { per: 'day', weekdays_only: true } },
      told: '0.357143 for 336',
    },
    // At half use $10 · 24 / 120M = $2 per 1M.
    {
      it: 'with a stated utilisation others pay the rest',
      ask: { tokens: 60, self: { utilisation: 0.5 } },
      told: '0.5 for 120',
    },
    { it: 'a run too', ask: { tokens: 120, traffic: {}, self: { utilisation: 0.5 } }, told: '0.5 for 240' },
    // 240 + 120 · 0.5
    {
      it: 'each million has its own cost',
      ask: { tokens: 120, self: { variable_usd_per_1m: '0.5' } },
      told: '0.5 for 300',
    },
    // 730 · 12 / 365 = 24 a day
    {
      it: 'a month is 730 hours',
      ask: { tokens: 120, self: { fixed_usd_per_month: '730' } },
      told: '0.5 for 264',
    },
    { it: 'an idle cluster is paid', ask: { tokens: 0 }, told: '0 for 240' },
    { it: 'unless others use it', ask: { tokens: 0, self: { utilisation: 0.5 } }, told: '0 for 0' },
    { it: 'and a run of nothing is not', ask: { tokens: 0, traffic: {} }, told: '0 for 0' },
    { it: 'all that is allowed', ask: { tokens: 192 }, told: '0.8 for 240' },
  ])('$it', ({ ask, told: expected }) => {
    expect(told(ask)).toBe(expected)
  })
})

describe('a cluster that cannot serve has no cost and says why', () => {
  it.each<{ it: string; ask: Ask; why: RegExp }>([
    { it: 'a token more than is allowed', ask: { tokens: 192.000001 }, why: /busiest hour would take 80\.\d+%/ },
    // 2.4 · 120/240
    {
      it: 'a peak',
      ask: { tokens: 120, traffic: { per: 'day', profile: 'office-hours' } },
      why: /busiest hour would take 120% /,
    },
    { it: 'more than is stated', ask: { tokens: 120, self: { utilisation: 0.4 } }, why: /uses 50% .* the 40% / },
    { it: 'a run without a utilisation', ask: { tokens: 120, traffic: {} }, why: /a run needs a utilisation/ },
  ])('$it', ({ ask, why }) => {
    const { low } = host(ask)
    expect([low.utilisation, low.usdPerPeriod]).toEqual([null, null])
    expect(low.why).toMatch(why)
  })
})

it('low is the lowest price with the highest capacity, high the other way round', () => {
  // 100 in a second and 10 out: 110 tokens in 2 s are 4,752,000 a day, or half and twice as many. 5 + 5 tokens take
  // 0.55 s, 10/0.55 a second are 1,570,909 a day, so 785,455 to 3,141,818.
  const rates = { kind: 'roofline', prefill: '100', decode: '10', times: '2' } as const
  const { low, high } = host({ tokens: 0.5, self: { rates, usd_per_node_hour: { low: '10', high: '15' } } })
  expect([low, high].map(({ nodeUsdPerDay }) => nodeUsdPerDay.toFixed())).toEqual(['240', '360'])
  expect([low, high].map(({ cluster }) => toDecimals(cluster.capacityPerDay, 0))).toEqual(['3141818', '785455'])
})

it('a stated capacity is that of the nodes that serve, and is not divided and multiplied again', () => {
  const self = { nodes: 4, spare_nodes: 1, rates: { kind: 'stated', tokens_per_day: '100000000' } } as const
  const { cluster, build, serving } = host({ tokens: 1, self }).low
  // 100M over three.
  expect(toDecimals(build.nodeCapacityPerDay, 2)).toBe('33333333.33')
  expect([serving.toFixed(), cluster.capacityPerDay.toFixed()]).toEqual(['3', '100000000'])
})

it('nor is the price of the whole cluster', () => {
  const third = { low: '3.3333333333333', high: '3.3333333333333' }
  const whole = { usd_per_hour: { low: '10', high: '10' }, usd_per_node_hour: third, nodes: 3 }
  expect(host({ tokens: 1, self: whole }).high.cluster.fixedUsdPerDay.toFixed()).toBe('240')
})
