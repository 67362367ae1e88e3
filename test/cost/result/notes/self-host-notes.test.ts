import { expect, it } from 'vitest'
import { priceScenario } from '../../../../src/cost/fleet/price-scenario.ts'
import { selfHosting } from '../../../../src/cost/fleet/self-host.ts'
import { selfHostNotes } from '../../../../src/cost/result/notes/self-host-notes.ts'
import type { SelfHost } from '../../../../src/model/scenario/self-host.ts'
import { bookWith, clusterWith, MILLION, scenarioWith, type Wish } from '../../build.ts'

const daily: Wish = {
  traffic: { requests: 24, per: 'day' },
  request: { turn: MILLION, output: MILLION },
  cache: { policy: 'none' },
}
const at = '2026-01-01'

/** The notes but for the price of the GPUs, which every cluster has. */
const notesOf = (own: Partial<SelfHost>, wish: Wish = daily) => {
  const scenario = scenarioWith({ ...wish, self_host: clusterWith(own) })
  const hosted = selfHosting(priceScenario(scenario, bookWith(), at))
  if (!hosted) throw new Error('no cluster')
  const [price, ...notes] = selfHostNotes(hosted, at)
  expect(price).toEqual({ code: 'GPU_PRICE', what: expect.stringContaining('the test'), views: ['self_hosted'] })
  return notes
}

const rates = { kind: 'phases', prefill: '10000', decode: '10000', cached_prefill: '100000' } as const

it.each<{ it: string; own: Partial<SelfHost>; wish?: Wish; codes: string[] }>([
  { it: 'traffic pays for idle hours', own: {}, codes: ['IDLE_IS_PAID'] },
  { it: 'nodes that follow it are whole ones', own: { autoscale: true }, codes: ['IDLE_IS_PAID'] },
  { it: 'others pay at a utilisation that is stated', own: { utilisation: 0.5 }, codes: ['STATED_UTILISATION'] },
  { it: 'without nodes the fleet is sized', own: { nodes: null, rates }, codes: ['IDLE_IS_PAID', 'SIZED_TO_PEAK'] },
  {
    it: 'but not to a peak where it follows the traffic',
    own: { nodes: null, rates, autoscale: true },
    codes: ['IDLE_IS_PAID'],
  },
  { it: 'other weights answer otherwise', own: { model: 'other' }, codes: ['OTHER_ANSWERS', 'IDLE_IS_PAID'] },
  { it: 'weights that are not named are not compared', own: { model: null }, codes: ['IDLE_IS_PAID'] },
  { it: 'the API may serve others from now on', own: { until: at }, codes: ['OTHER_ANSWERS', 'IDLE_IS_PAID'] },
  { it: 'but not before that', own: { until: '2026-01-02' }, codes: ['IDLE_IS_PAID'] },
  {
    it: 'hits of the API are those of the cluster',
    own: {},
    wish: { traffic: { per: 'day' }, request: { turns: 2, session: 1000 } },
    codes: ['IDLE_IS_PAID', 'SAME_HITS'],
  },
  {
    it: 'hits that are unknown are none',
    own: {},
    wish: { traffic: { per: 'day' }, totals: { input: 1000, output: 10 } },
    codes: ['IDLE_IS_PAID', 'NO_HITS'],
  },
  {
    it: 'what a look-up noted is an assumption, unless there is something to type',
    own: {
      notes: [
        { code: 'NOTED', what: 'a note' },
        { code: 'WARNED', what: 'a warning', fix: 'do' },
      ],
    },
    codes: ['IDLE_IS_PAID', 'NOTED'],
  },
])('$it', ({ own, wish, codes }) => {
  expect(notesOf(own, wish).map(({ code }) => code)).toEqual(codes)
})

// Ten of 24 hours have all of the traffic.
it('the peak of a fleet is told as a multiple of the mean: 24/10', () => {
  const peak = (profile: 'flat' | 'office-hours') =>
    notesOf({ nodes: null, rates }, { ...daily, traffic: { ...daily.traffic, profile } }).find(
      ({ code }) => code === 'SIZED_TO_PEAK',
    )?.what
  expect(peak('office-hours')).toContain('2.4 times the mean')
  expect(peak('office-hours')).toContain('80%')
  expect(peak('flat')).not.toContain('mean')
})
