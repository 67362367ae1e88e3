import { describe, expect, it } from 'vitest'
import { diff, type Side } from '../../../src/cost/diff/diff.ts'
import type { HeadPlaced } from '../../../src/cost/diff/placed.ts'
import { servedAs } from '../../../src/cost/workload/serving.ts'
import type { Book } from '../../../src/model/book/book.ts'
import type { Counting, Length } from '../../../src/model/scenario/counted.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import type { CostView } from '../../../src/model/views.ts'
import { bookWith, clusterWith, MILLION, modelWith, routingWith, scenarioWith, type Wish } from '../build.ts'

const side = (name: string, book: Book, wishes: readonly Wish[]): Side<HeadPlaced> => ({
  name,
  commit: null,
  priced: { book, hash: 'none' },
  scenarios: wishes.map(wish => {
    const scenario = 'routing' in wish && wish.routing ? { ...scenarioWith(wish), model: null } : scenarioWith(wish)
    const as: HeadPlaced['servedAs'] = base => servedAs(scenario, base)
    return { scenario, at: scenario.at ?? '2026-01-01', servedAs: as }
  }),
})

const between = (base: readonly [Book, ...Wish[]], head: readonly [Book, ...Wish[]]) => {
  const [[oldBook, ...was], [newBook, ...is]] = [base, head]
  return diff(side('base', oldBook, was), side('head', newBook, is))
}

const effectsOf = ({ scenarios: [entry] }: ReturnType<typeof diff>, view: CostView = 'headline') => ({
  change: entry?.change[view],
  workload: entry?.effects?.workload[view],
  routing: entry?.effects?.routing[view],
  prices: entry?.effects?.prices[view],
})

// The book: $1 in, $0.10 read, $2 out per 1M tokens.
const plain = bookWith()
const doubled = bookWith({ row: { input: '2', output: '4' } })
const turn = (millions: number): Wish => ({ request: { turn: millions * MILLION } })

describe('the effects', () => {
  it('of a workload that grew: 1M more at $1', () => {
    expect(effectsOf(between([plain, turn(1)], [plain, turn(2)]))).toEqual({
      change: '1',
      workload: '1',
      routing: '0',
      prices: '0',
    })
  })

  it('of prices that doubled: 1M at $1 more', () => {
    expect(effectsOf(between([plain, turn(1)], [doubled, turn(1)]))).toEqual({
      change: '1',
      workload: '0',
      routing: '0',
      prices: '1',
    })
  })

  it('of both, the workload at the old prices first: 1M more at $1, then 2M at $1 more', () => {
    expect(effectsOf(between([plain, turn(1)], [doubled, turn(2)]))).toEqual({
      change: '3',
      workload: '1',
      routing: '0',
      prices: '2',
    })
  })

  it('of a service and a region are effects of routing, and the workload is priced as it was served before', () => {
    const terms = { factor: '0.5', source: 'made-up' }
    const served = bookWith({
      row: { services: { flex: terms } },
      provider: { regions: { us: { ...terms, factor: '1.1' } } },
    })
    // 1M at $1 more, and 2M at $0.50 less; in the region 2M × 0.1 more
    const flex = between([served, turn(1)], [served, { ...turn(2), service: 'flex' }])
    expect(effectsOf(flex)).toEqual({ change: '0', workload: '1', routing: '-1', prices: '0' })
    expect(flex.scenarios[0]?.model).toEqual({ base: 'demo', head: 'demo (flex)' })
    const moved = between([served, turn(1)], [served, { ...turn(2), region: 'us' }])
    expect(effectsOf(moved)).toEqual({ change: '1.2', workload: '1', routing: '0.2', prices: '0' })
    const same = between([served, turn(1)], [served, { ...turn(1), service: 'standard' }])
    expect(same.scenarios[0]?.state).toBe('same')
  })

  it('of a cache rule that changed are effects of prices', () => {
    // Ten requests share 150 tokens: kept whole, nine of them read 150 at $0.10; from a minimum of 200 on, none does.
    const wish: Wish = { traffic: { requests: 10 }, request: { shared: 150 } }
    const strict = bookWith({ rule: { minimum: 200 } })
    // 150 + 9 × 15 = 285 millionths of a dollar, then 10 × 150 = 1,500.
    expect(effectsOf(between([plain, wish], [strict, wish]), 'cached')).toEqual({
      change: '0.001215',
      workload: '0',
      routing: '0',
      prices: '0.001215',
    })
  })

  const other = modelWith({ id: 'other', row: { input: '3' } })

  it('of another model are effects of routing, at the old prices', () => {
    const [old, now] = [bookWith({ models: [modelWith(), other] }), bookWith({ models: [modelWith(), other] })]
    expect(effectsOf(between([old, turn(1)], [now, { ...turn(2), model: 'other' }]))).toEqual({
      change: '5',
      workload: '1',
      routing: '4',
      prices: '0',
    })
  })

  it('of another model that became dearer meanwhile are told apart', () => {
    const dearer = modelWith({ id: 'other', row: { input: '4' } })
    const [old, now] = [bookWith({ models: [modelWith(), other] }), bookWith({ models: [modelWith(), dearer] })]
    expect(effectsOf(between([old, turn(1)], [now, { ...turn(1), model: 'other' }]))).toEqual({
      change: '3',
      workload: '0',
      routing: '2',
      prices: '1',
    })
  })

  it('of a model that the old prices do not have are all of routing', () => {
    const now = bookWith({ models: [other] })
    expect(effectsOf(between([plain, turn(1)], [now, { ...turn(1), model: 'other' }]))).toEqual({
      change: '2',
      workload: '0',
      routing: '2',
      prices: '0',
    })
  })

  it('of another name of the same model are none', () => {
    const book = bookWith({ model: { aliases: ['demo-latest'] } })
    const found = between([book, turn(1)], [book, { ...turn(1), model: 'demo-latest' }])
    expect(found.scenarios[0]).toMatchObject({ state: 'same', model: { base: 'demo', head: 'demo' } })
  })
})

describe('text', () => {
  const counting: Counting = { tokenizer: 't', vocabulary: 'v', estimation: null, source: 's', template: null }
  const text = (low: number, high: number): Length => ({
    mean: String(low),
    min: low,
    max: low,
    parts: [
      low === high
        ? { source: 'a', kind: 'text', samples: [low], tokenizer: 't', exact: true }
        : { source: 'a', kind: 'text', samples: [low], tokenizer: 't', exact: false, low: [low], high: [high] },
    ],
  })

  it('that cannot be counted for the old model leaves the split unknown, and says so', () => {
    const book = bookWith({ models: [modelWith(), modelWith({ id: 'other', row: { input: '3' } })] })
    const was: Wish = { counting, request: { turn: text(MILLION, MILLION) } }
    const is: Wish = { counting, model: 'other', request: { turn: text(2 * MILLION, 2 * MILLION) } }
    const found = between([book, was], [book, is])
    expect(effectsOf(found)).toEqual({ change: '5', workload: null, routing: null, prices: '0' })
    expect(found.scenarios[0]?.reason).toContain('its texts are not available to be counted for demo')
  })

  it('that is estimated is compared end by end', () => {
    // From 1M–2M to 2M–4M tokens at $1, and then at $2.
    const was: Wish = { counting, request: { turn: text(MILLION, 2 * MILLION) } }
    const is: Wish = { counting, request: { turn: text(2 * MILLION, 4 * MILLION) } }
    expect(effectsOf(between([plain, was], [doubled, is]))).toEqual({
      change: { low: '3', high: '6' },
      workload: { low: '1', high: '2' },
      routing: '0',
      prices: { low: '2', high: '4' },
    })
  })
})

describe('scenarios', () => {
  it('are found by name, also in another file, and by file, also under another name', () => {
    const was: Wish[] = [
      { ...turn(1), name: 'a', file: 'a.yaml' },
      { ...turn(1), name: 'b', file: 'b.yaml' },
    ]
    const is: Wish[] = [
      { ...turn(2), name: 'a', file: 'moved.yaml' },
      { ...turn(3), name: 'renamed', file: 'b.yaml' },
    ]
    const { scenarios } = between([plain, ...was], [plain, ...is])
    expect(scenarios.map(({ name, state, change }) => [name, state, change.headline])).toEqual([
      ['a', 'changed', '1'],
      ['renamed', 'changed', '2'],
    ])
  })

  it('that are new or gone count whole', () => {
    const found = between([plain, { ...turn(1), name: 'gone' }], [plain, { ...turn(2), name: 'new' }])
    expect(found.scenarios).toMatchObject([
      { name: 'new', state: 'new', base: null, head: { headline: '2' }, change: { headline: '2' }, effects: null },
      { name: 'gone', state: 'removed', base: { headline: '1' }, head: null, change: { headline: '-1' } },
    ])
    expect(found.totals.run?.effects).toMatchObject({ added: { headline: '2' }, removed: { headline: '-1' } })
    expect(found.totals.run?.change.headline).toBe('1')
  })

  it('by the week and by the day are compared by the day', () => {
    // 14 requests a week are 2 a day.
    const was: Wish = { traffic: { requests: 14, per: 'week' }, request: { turn: MILLION } }
    const is: Wish = { traffic: { requests: 3, per: 'day' }, request: { turn: MILLION } }
    const found = between([plain, was], [plain, is])
    expect(found.scenarios[0]).toMatchObject({ per: 'day', base: { headline: '2' }, head: { headline: '3' } })
    // 730 / 24 days a month.
    expect(found.totals.per_month?.change.headline).toBe('30.416666666667')
  })

  it('that became paced are not compared: a run is gone, a month is new', () => {
    const is: Wish = { traffic: { requests: 1, per: 'month' }, request: { turn: 2 * MILLION } }
    const { scenarios, totals } = between([plain, turn(1)], [plain, is])
    expect(scenarios[0]).toMatchObject({ state: 'changed', change: { headline: null }, effects: null })
    expect(totals.run?.change.headline).toBe('-1')
    expect(totals.per_month?.change.headline).toBe('2')
  })

  it('that have no price there are unknown, with the reason', () => {
    const late = bookWith({ row: { from: '2026-02-01' } })
    const found = between([late, turn(1)], [plain, turn(1)])
    expect(found.scenarios[0]).toMatchObject({ base: { headline: null }, change: { headline: null } })
    expect(found.scenarios[0]?.reason).toContain('demo has no price at 2026-01-01')
    expect(found.totals.run?.change.headline).toBeNull()
  })
})

describe('a fleet', () => {
  const dear = modelWith({ id: 'dear', row: { input: '10', output: '20' } })
  const prices = (row: object = {}) => bookWith({ models: [modelWith({ row }), dear] })
  const fleet = (share: number, millions: number, rest: object = {}): Wish => {
    const legs = [
      { model: 'demo', share: 1 - share },
      { model: 'dear', share },
    ]
    return { ...turn(millions), routing: routingWith({ legs, baselines: [], ...rest }) }
  }

  it('that sends more to the dear model is a change of routing: a tenth of 1M from $1 to $10', () => {
    expect(effectsOf(between([prices(), fleet(0.1, 1)], [prices(), fleet(0.2, 1)]))).toEqual({
      change: '0.9',
      workload: '0',
      routing: '0.9',
      prices: '0',
    })
  })

  it('is told from a workload that grew and a price that rose, in this order', () => {
    // 1.9 → 2M at these shares 3.8 → at the new shares 5.6 → with demo at $2 instead of $1: 0.8 × 2 more.
    const [base, head] = [fleet(0.1, 1), fleet(0.2, 2)]
    expect(effectsOf(between([prices(), base], [prices({ input: '2' }), head]))).toEqual({
      change: '5.3',
      workload: '1.9',
      routing: '1.8',
      prices: '1.6',
    })
  })

  it('in place of one model is a change of routing, and says so in words', () => {
    const difference = between([prices(), turn(1)], [prices(), fleet(0.25, 1)])
    expect(effectsOf(difference)).toMatchObject({ workload: '0', routing: '2.25', prices: '0' })
    expect(difference.scenarios[0]?.model).toEqual({ base: 'demo', head: 'split of 75% demo, 25% dear' })
  })

  it('with a dearer router is a change of routing: $5 more per 1,000 requests', () => {
    const head = fleet(0.1, 1, { router_usd_per_1k: '5' })
    expect(effectsOf(between([prices(), fleet(0.1, 1)], [prices(), head]))).toMatchObject({ routing: '0.005' })
  })

  it('whose cluster is reckoned by a roofline has rates that follow the prompts: the workload’s, not routing', () => {
    const cluster = (prefill: string): SelfHost =>
      clusterWith({ utilisation: 0.5, rates: { kind: 'roofline', prefill, decode: '10', times: '2' } })
    const legs = [{ model: 'demo', share: 1, self_host: true as const }]
    const wish = (millions: number, prefill: string): Wish => ({
      ...turn(millions),
      routing: routingWith({ legs, baselines: [] }),
      self_host: cluster(prefill),
    })
    const [entry] = between([prices(), wish(1, '100')], [prices(), wish(2, '50')]).scenarios
    expect(entry?.effects?.routing.headline).toBe('0')
    expect(entry?.effects?.workload.headline).toEqual(entry?.change.headline)
  })

  it('says what is beside the legs, where that is what changed', () => {
    const head = fleet(0.1, 1, { router_usd_per_1k: '5', fallback: ['dear'], fallback_share: 0.01 })
    expect(between([prices(), fleet(0.1, 1)], [prices(), head]).scenarios[0]?.model).toEqual({
      base: 'split of 90% demo, 10% dear',
      head: 'split of 90% demo, 10% dear; 1% falling back to dear; a router at $5 per 1,000 requests',
    })
  })

  it('beside a baseline that the base has no price of is known all the same: baselines cost nothing', () => {
    const without = bookWith({ models: prices().models.filter(({ id }) => id !== 'dear') })
    const legs = [{ model: 'demo', share: 1 }]
    const wish = (millions: number, baselines: string[]): Wish => ({
      ...turn(millions),
      routing: routingWith({ legs, baselines }),
    })
    const difference = between([without, wish(1, [])], [prices(), wish(2, ['dear'])])
    expect(effectsOf(difference)).toEqual({ change: '1', workload: '1', routing: '0', prices: '0' })
    expect(difference.scenarios[0]?.reason).toBe(null)
  })

  it('with a fallback that is never used and that the base does not know: its prices are told apart all the same', () => {
    // 1M: from 90% at $1 and 10% at $10, to 80% at $2 and 20% at $10.
    const head = fleet(0.2, 1, { fallback: ['unheard-of'] })
    expect(effectsOf(between([prices(), fleet(0.1, 1)], [prices({ input: '2' }), head]))).toEqual({
      change: '1.7',
      workload: '0',
      routing: '0.9',
      prices: '0.8',
    })
  })

  it('with a model that the base does not know: the prices of the others are told apart', () => {
    // All on demo at $1, to 80% on demo at $2 and 20% on dear at $10, which is all routing.
    const without = bookWith({ models: prices().models.filter(({ id }) => id !== 'dear') })
    expect(effectsOf(between([without, turn(1)], [prices({ input: '2' }), fleet(0.2, 1)]))).toEqual({
      change: '2.6',
      workload: '0',
      routing: '1.8',
      prices: '0.8',
    })
  })

  it('with other baselines, or a fallback for the gateway alone, is the same', () => {
    const head = fleet(0.1, 1, { baselines: ['dear'], fallback: ['dear'] })
    expect(between([prices(), fleet(0.1, 1)], [prices(), head]).scenarios[0]?.state).toBe('same')
  })
})

describe('a cluster beside the API', () => {
  // A run at half its use of 240M a day pays $240 for 120M: $2 per 1M tokens; at $20 an hour $4.
  const wish = (millions: number, hourly = '10'): Wish => ({
    ...turn(millions),
    self_host: clusterWith({ utilisation: 0.5, usd_per_node_hour: { low: hourly, high: hourly } }),
  })

  it('that costs more is a change of routing in its own view alone', () => {
    const difference = between([plain, wish(1)], [plain, wish(1, '20')])
    expect(effectsOf(difference, 'self_hosted')).toEqual({ change: '2', workload: '0', routing: '2', prices: '0' })
    expect(effectsOf(difference, 'cached')).toEqual({ change: '0', workload: '0', routing: '0', prices: '0' })
    expect(difference.scenarios[0]?.state).toBe('changed')
    expect(difference.totals.run?.effects.routing.self_hosted).toBe('2')
  })

  it('with more to serve costs more by the workload, and then by its own price', () => {
    const difference = between([plain, wish(1)], [plain, wish(2, '20')])
    expect(effectsOf(difference, 'self_hosted')).toEqual({ change: '6', workload: '2', routing: '4', prices: '0' })
  })

  it('is unknown, not nothing, where the base had none', () => {
    const difference = between([plain, turn(1)], [plain, wish(1)])
    expect(effectsOf(difference, 'self_hosted')).toMatchObject({ change: null, routing: null })
    expect(difference.scenarios[0]).toMatchObject({ state: 'changed', base: { self_hosted: null } })
  })

  it('that is as it was is the same', () => {
    expect(between([plain, wish(1)], [plain, wish(1)]).scenarios[0]?.state).toBe('same')
  })
})
