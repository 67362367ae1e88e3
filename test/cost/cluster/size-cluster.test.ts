import { describe, expect, it } from 'vitest'
import { type ClusterPriceEnd, isSized, sizeCluster } from '../../../src/cost/cluster/size-cluster.ts'
import { hoursOfWeek, peakToMean } from '../../../src/cost/cluster/size-fleet.ts'
import { spreadTraffic } from '../../../src/cost/time/spread-traffic.ts'
import { exact, toDecimals } from '../../../src/model/number/money.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { clusterWith, MILLION, scenarioWith } from '../build.ts'

interface Ask {
  /** Millions of tokens a day; `null`: a run. */
  readonly perDay: number | null
  readonly profile?: 'flat' | 'office-hours'
  readonly self?: Partial<SelfHost>
  readonly corner?: Partial<ClusterPriceEnd>
}

/** Nodes of $10 an hour that do 240M tokens a day, 192M at the 80% that are allowed. */
const size = ({ perDay, profile = 'flat', self = {}, corner = {} }: Ask) => {
  const cluster = clusterWith({ nodes: null, ...self })
  const spread = spreadTraffic(scenarioWith({ traffic: { profile } }).traffic)
  const nodeCapacity = exact(240 * MILLION)
  return sizeCluster(cluster, {
    build: {
      nodeCapacityPerDay: corner.nodeCapacity ?? nodeCapacity,
      maxUtilisation: exact('0.8'),
      unitNodes: cluster.unit_nodes,
      spareNodes: cluster.spare_nodes,
      minNodes: cluster.unit_nodes,
    },
    demandPerDay: perDay === null ? null : exact(perDay * MILLION),
    pmr: peakToMean(hoursOfWeek(spread)),
    hours: hoursOfWeek(spread),
    corner: { wholeHour: null, perNodeHour: exact(10), reservedNodeHour: null, nodeCapacity, ...corner },
  })
}

/** Nodes, those that serve, and USD per day of them all. */
const told = (ask: Ask): string => {
  const { nodes, serving, nodeUsdPerDay } = size(ask)
  return [nodes, serving, nodes.times(nodeUsdPerDay)].map(figure => toDecimals(figure, 6)).join(' ')
}

describe('a cluster has', () => {
  it.each<{ it: string; ask: Ask; told: string }>([
    // 5 − 1 are two units of two; $240 a day each.
    { it: 'the nodes stated', ask: { perDay: 1, self: { nodes: 5, spare_nodes: 1, unit_nodes: 2 } }, told: '5 4 1200' },
    { it: 'of them whole units only', ask: { perDay: 1, self: { nodes: 5, unit_nodes: 2 } }, told: '5 4 1200' },
    // 480/192 = 2.5
    { it: 'those that flat traffic needs', ask: { perDay: 480 }, told: '3 3 720' },
    { it: 'and those that stand by', ask: { perDay: 480, self: { spare_nodes: 1 } }, told: '4 3 960' },
    { it: 'in whole units', ask: { perDay: 480, self: { unit_nodes: 4 } }, told: '4 4 960' },
    // 10 of 24 hours: 2.5 · 2.4 = 6
    { it: 'those of the busiest hour', ask: { perDay: 480, profile: 'office-hours' }, told: '6 6 1440' },
    { it: 'one unit for a run', ask: { perDay: null, self: { unit_nodes: 2, spare_nodes: 1 } }, told: '3 2 720' },
    { it: 'one unit for no traffic', ask: { perDay: 0, self: { unit_nodes: 2 } }, told: '2 2 480' },
    { it: 'one unit for none that would be followed', ask: { perDay: 0, self: { autoscale: true } }, told: '1 1 240' },
  ])('$it', ({ ask, told: expected }) => {
    expect(told(ask)).toBe(expected)
  })
})

describe('nodes that follow the traffic', () => {
  // 400M in 10 hours: 40M · 24 / 192M = 5 nodes then, one in the other 14: 64 node-hours a day, 64/24 nodes.
  const follow: Ask = { perDay: 400, profile: 'office-hours', self: { autoscale: true } }

  it('cost their hours', () => {
    expect(told(follow)).toBe('2.666667 2.666667 640')
  })

  it('are reserved around the clock where that is cheaper', () => {
    // At $8 the node of all hours: 24 · 8 + 40 · 10 = 592; another would be wanted in 10 of 24 hours.
    expect(told({ ...follow, corner: { reservedNodeHour: exact(8) } })).toBe('2.666667 2.666667 592')
    // At $4 all five: 5 · 24 · 4 = 480.
    expect(told({ ...follow, corner: { reservedNodeHour: exact(4) } })).toBe('2.666667 2.666667 480')
  })

  it('stand by in every hour', () => {
    // 24 node-hours more.
    expect(told({ ...follow, self: { autoscale: true, spare_nodes: 1 } })).toBe('3.666667 2.666667 880')
  })
})

it.each([{}, { autoscale: true }])('more nodes than there can be are a fault: %j', self => {
  // A token a day of each node; 80% of a billion are served by 1,000,000,000 nodes.
  const corner = { nodeCapacity: exact(1) }
  expect(size({ perDay: 800, self, corner }).nodes.toFixed()).toBe('1000000000')
  expect(() => size({ perDay: 801, self, corner })).toThrow('more than 1000000000 nodes')
})

it.each([
  { self: { nodes: 2 }, sized: false },
  { self: { nodes: null }, sized: true },
  { self: { nodes: null, autoscale: true }, sized: true },
])('traffic decides the number of nodes of $self: $sized', ({ self, sized }) => {
  expect(isSized(clusterWith(self))).toBe(sized)
})
