import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Build,
  hoursOfWeek,
  nodeHoursPerDay,
  nodesByHour,
  nodesFor,
  peakToMean,
  servingOf,
  tokensByHour,
} from '../../../src/cost/cluster/size-fleet.ts'
import { spreadTraffic } from '../../../src/cost/time/spread-traffic.ts'
import { type Exact, exact, ONE, quotient, sum, toDecimals } from '../../../src/model/number/money.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import { scenarioWith } from '../build.ts'

const buildWith = (build: Partial<Build> = {}): Build => ({
  nodeCapacityPerDay: exact(2400),
  maxUtilisation: ONE,
  unitNodes: 1,
  spareNodes: 0,
  minNodes: 0,
  ...build,
})

const spreadOf = (traffic: Partial<Traffic>) => spreadTraffic(scenarioWith({ traffic }).traffic)

describe('peakToMean counts all hours, those without traffic too', () => {
  const at = (traffic: Partial<Traffic>): string => peakToMean(hoursOfWeek(spreadOf(traffic))).toFixed()

  it.each<{ it: string; traffic: Partial<Traffic>; pmr: string }>([
    { it: 'flat', traffic: {}, pmr: '1' },
    // 24/10
    { it: 'office hours', traffic: { profile: 'office-hours' }, pmr: '2.4' },
    // 168/120
    { it: 'flat on weekdays', traffic: { weekdays_only: true }, pmr: '1.4' },
    // 168/50
    { it: 'office hours on weekdays', traffic: { profile: 'office-hours', weekdays_only: true }, pmr: '3.36' },
    // 3 · 24 / (23 + 3)
    { it: 'one hour of three', traffic: { profile: [3, ...Array<number>(23).fill(1)] }, pmr: '2.769230769' },
  ])('$it', ({ traffic, pmr }) => {
    expect(toDecimals(exact(at(traffic)), 9)).toBe(pmr)
  })

  it('takes the weights of one day as well', () => {
    expect(peakToMean(['1', '1', '4'].map(exact)).toFixed()).toBe('2')
  })
})

it('tokensByHour spreads seven days over the week', () => {
  // 700 tokens a day in 50 office hours: 98 in each.
  const hours = tokensByHour(spreadOf({ profile: 'office-hours', weekdays_only: true }), exact(700))
  expect(hours.length).toBe(168)
  expect(hours.slice(8, 20).map(tokens => tokens.toFixed())).toEqual(['0', ...Array<string>(10).fill('98'), '0'])
  expect(sum(hours).toFixed()).toBe('4900')
})

// One node does 2,400 tokens a day.
describe('nodesFor is max(min, ⌈V·pmr/(K·u_max·unit)⌉·unit) + spare', () => {
  it.each<{ it: string; tokens: number; pmr?: string; build?: Partial<Build>; nodes: number }>([
    { it: 'nothing to serve', tokens: 0, nodes: 0 },
    { it: 'a single token', tokens: 1, nodes: 1 },
    { it: 'exactly full', tokens: 4800, nodes: 2 },
    { it: 'one token more', tokens: 4801, nodes: 3 },
    { it: 'a peak', tokens: 4800, pmr: '2.4', nodes: 5 },
    { it: 'head-room', tokens: 4800, build: { maxUtilisation: exact('0.8') }, nodes: 3 },
    { it: 'a spare', tokens: 4800, build: { spareNodes: 1 }, nodes: 3 },
    { it: 'whole units', tokens: 4801, build: { unitNodes: 13 }, nodes: 13 },
    { it: 'two whole units', tokens: 13 * 2400 + 1, build: { unitNodes: 13 }, nodes: 26 },
    { it: 'no fewer than a least', tokens: 1, build: { minNodes: 4, spareNodes: 1 }, nodes: 5 },
    { it: 'a least in whole units', tokens: 1, build: { minNodes: 5, unitNodes: 4 }, nodes: 8 },
  ])('$it: $nodes', ({ tokens, pmr = '1', build, nodes }) => {
    expect(nodesFor({ tokensPerDay: exact(tokens), peakToMean: exact(pmr) }, buildWith(build))).toBe(nodes)
  })

  it('needs phases in the units whose rates were measured: 13 nodes, where single ones would be 3 + 2', () => {
    // 5B in and 1B out a day, 1.572 times that in the busiest hour, used to 80%: 2.09 prefill nodes of 54,543 tokens/s
    // and 1.02 decode nodes of 22,282, both at 2,000 in; but those were measured on 4 prefill and 9 decode nodes.
    // @see lm-sys/lm-sys.github.io blog/2025-05-05-large-scale-ep.md
    const peak = exact('1.572')
    const nodes = (tokens: number, perSecond: number): number =>
      nodesFor(
        { tokensPerDay: exact(tokens), peakToMean: peak },
        buildWith({ nodeCapacityPerDay: exact(perSecond * 86_400), maxUtilisation: exact('0.8') }),
      )
    expect([nodes(5e9, 54_543), nodes(1e9, 22_282)]).toEqual([3, 2])
    // The same work in node-days: 5B/(86,400 · 54,543) + 1B/(86,400 · 22,282), one node-day for each node and day.
    const work = quotient(exact(5e9), exact(54_543 * 86_400)).plus(quotient(exact(1e9), exact(22_282 * 86_400)))
    const build = buildWith({ nodeCapacityPerDay: ONE, maxUtilisation: exact('0.8'), unitNodes: 13 })
    expect(nodesFor({ tokensPerDay: work, peakToMean: peak }, build)).toBe(13)
  })
})

describe('a fleet that follows its traffic', () => {
  // One node does 100 tokens an hour.
  const tokens = [0, 50, 100, 101, 450, 0].map(exact)

  it('has the nodes of each hour', () => {
    expect(nodesByHour(tokens, buildWith())).toEqual([0, 1, 1, 2, 5, 0])
    expect(nodesByHour(tokens, buildWith({ minNodes: 1 }))).toEqual([1, 1, 1, 2, 5, 1])
    expect(nodesByHour(tokens, buildWith({ unitNodes: 2, spareNodes: 1 }))).toEqual([1, 3, 3, 3, 7, 1])
  })

  it('has their mean over the hours for a day', () => {
    // 9 node-hours in 6 hours are 36 in 24.
    expect(nodeHoursPerDay([0, 1, 1, 2, 5, 0]).toFixed()).toBe('36')
  })

  it('is never dearer in hours than one that stands ready for its peak', () => {
    const load = fc
      .array(fc.nat({ max: 10_000 }), { minLength: 24, maxLength: 24 })
      .filter(hours => hours.some(Boolean))
    fc.assert(
      fc.property(load, fc.integer({ min: 1, max: 4 }), fc.nat({ max: 3 }), (hours, unitNodes, spareNodes) => {
        const build = buildWith({ unitNodes, spareNodes, minNodes: 1 })
        const day = hours.map(exact)
        const still = nodesFor({ tokensPerDay: sum(day), peakToMean: peakToMean(day) }, build)
        expect(Math.max(...nodesByHour(day, build))).toBe(still)
        expect(nodeHoursPerDay(nodesByHour(day, build)).lte(still * 24)).toBe(true)
      }),
    )
  })
})

describe('servingOf', () => {
  it('counts whole units that are not spare', () => {
    expect(servingOf(4, buildWith())).toBe(4)
    expect(servingOf(14, buildWith({ unitNodes: 4, spareNodes: 1 }))).toBe(12)
    expect(servingOf(1, buildWith({ spareNodes: 2 }))).toBe(0)
  })

  const capacity = (nodes: number, one: Build): Exact => one.nodeCapacityPerDay.times(servingOf(nodes, one))

  const build = fc
    .record({
      nodeCapacityPerDay: fc.integer({ min: 1, max: 1e10 }).map(exact),
      maxUtilisation: fc.integer({ min: 1, max: 100 }).map(n => exact(n).times('0.01')),
      unitNodes: fc.integer({ min: 1, max: 16 }),
      spareNodes: fc.nat({ max: 4 }),
      minNodes: fc.nat({ max: 20 }),
    })
    .map(buildWith)

  it('is never less in a bigger fleet', () => {
    fc.assert(
      fc.property(build, fc.nat({ max: 500 }), fc.nat({ max: 50 }), (one, nodes, more) => {
        expect(servingOf(nodes + more, one) >= servingOf(nodes, one)).toBe(true)
      }),
    )
  })

  it('carries the load that a fleet was sized to, and one unit less would not', () => {
    const load = fc.record({ tokens: fc.integer({ min: 1, max: 1e12 }), pmr: fc.integer({ min: 100, max: 500 }) })
    fc.assert(
      fc.property(build, load, (one, { tokens, pmr }) => {
        const demand = { tokensPerDay: exact(tokens), peakToMean: exact(pmr).times('0.01') }
        const nodes = nodesFor(demand, one)
        const peak = demand.tokensPerDay.times(demand.peakToMean)
        expect(capacity(nodes, one).times(one.maxUtilisation).gte(peak)).toBe(true)
        if (nodes - one.spareNodes <= Math.ceil(one.minNodes / one.unitNodes) * one.unitNodes) return
        expect(
          capacity(nodes - one.unitNodes, one)
            .times(one.maxUtilisation)
            .lt(peak),
        ).toBe(true)
      }),
    )
  })
})
