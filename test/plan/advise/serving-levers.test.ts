import { describe, expect, it } from 'vitest'
import type { Price } from '../../../src/model/book/book.ts'
import { bookWith, type Parts } from '../../cost/build.ts'
import { advised, named, offers } from './bench.ts'

const source = 'made-up'
const batch = { discount: '0.5', stacking: 'multiply', window_h: 24, source } as const

/** 1M in at $1, 1M out at $2, a thousand times a month. */
const work = { model: 'demo', request: { turn: '1M', output: '1M' }, traffic: { requests: 1000, per: 'month' } }

const found = (parts: Parts, more: object = {}) => advised({ ...work, ...more }, bookWith(parts))

describe('the batch tier', () => {
  it('halves the bill, within its window', async () => {
    const advice = await found({ provider: { batch } })
    expect(offers(advice, 'batch')).toEqual([['the batch tier', '1500']])
    expect(advice.levers[0]).toMatchObject({ view: 'batch_cached', in_return: ['waiting: answers come within 24 h'] })
  })

  it.each([
    { it: 'not offered', batch: 'not_offered' as const },
    { it: 'unknown', batch: null },
  ])('is no lever where it is $it', async ({ batch: rule }) => {
    const advice = await found({ provider: { batch: rule } })
    expect(offers(advice, 'batch')).toEqual([])
    expect(named(advice).refused).toContain('the batch tier')
  })

  // Two turns of 1M shared: 1 + 0.1 cached; batch_cached is a bound, and batch alone is half of 2.
  it('is not taken by its bound', async () => {
    const request = { shared: '1M', turns: 2 }
    const advice = await advised({ model: 'demo', request }, bookWith({ provider: { batch } }))
    expect(advice.levers.filter(({ kind }) => kind === 'batch')).toMatchObject([
      {
        view: 'batch',
        saving: '0.1',
        in_return: ['waiting: each of the 2 turns waits for a batch of its own, within 24 h'],
      },
    ])
  })

  it('is no lever where it costs as much', async () => {
    const advice = await found({ provider: { batch: { ...batch, discount: '0' } } })
    expect(named(advice).nothing).toContain('the batch tier')
  })
})

describe('services', () => {
  const services: Price['services'] = {
    flex: { factor: '0.6', source, note: 'Beta' },
    fast: { factor: '2', source },
    later: { factor: '0.1', source, from: '2026-06-01' },
    gone: { factor: '0.1', source, to: '2026-01-02' },
    unstated: { factor: null, source },
  }

  // 0.4 of 3000 less; what is not in force, or has no known rates, is not even named.
  it('are offered where their rates are known and in force', async () => {
    const advice = await found({ row: { services } })
    expect(offers(advice, 'service')).toEqual([['flex service', '1200', 'service=flex']])
    expect(advice.levers[0]?.in_return).toEqual([
      'waiting: slower answers, and refusals when the provider is busy',
      'note: Beta',
    ])
    expect(named(advice)).toMatchObject({ nothing: expect.arrayContaining(['fast service']) })
    expect(JSON.stringify(advice)).not.toMatch(/later service|gone service|unstated service/)
  })

  it('include the standard one for a scenario with another', async () => {
    const advice = await found({ row: { services } }, { service: 'fast' })
    expect(offers(advice, 'service')).toEqual([
      ['flex service', '4200', 'service=flex'],
      ['standard service', '3000', 'service=standard'],
    ])
  })

  it('are tried leg by leg', async () => {
    const routing = {
      legs: [
        { model: 'demo', share: '75%' },
        { model: 'demo', share: '25%', service: 'fast' },
      ],
    }
    const advice = await advised({ ...work, model: undefined, routing }, bookWith({ row: { services } }))
    // 0.75 × 3000 × 0.4; 0.25 × 3000 × (2 − 0.6), and × (2 − 1)
    expect(offers(advice, 'service')).toEqual([
      ['flex service on demo', '1050', 'routing.legs.1.service=flex'],
      ['flex service on demo', '900', 'routing.legs.0.service=flex'],
      ['standard service on demo', '750', 'routing.legs.1.service=standard'],
    ])
  })
})

describe('other rows of the report', () => {
  // 1M shared in each of ten requests of a run: 1 + 0.9 against 10.
  it('are levers where the budget is on the list price', async () => {
    const scenario = { model: 'demo', request: { shared: '1M' }, traffic: { requests: 10 } }
    const advice = await advised({ ...scenario, budget: { view: 'headline', per_period: 1 } }, bookWith())
    expect(offers(advice, 'view')).toEqual([['prompt caching', '8.1']])
    expect(advice.base).toMatchObject({ view: 'headline', cost: '10', bound: null })
  })

  // A node at $10 an hour is $7,300 a month; 10,000 requests are $30,000.
  const self_host = { nodes: 1, usd_per_hour: 10, capacity: '1T/day' }
  it('are the cluster, where there is one that costs less', async () => {
    const month = { traffic: { requests: 10_000, per: 'month' }, self_host: { ...self_host, capacity: '2B/day' } }
    const advice = await found({}, month)
    expect(offers(advice, 'cluster')).toEqual([['your own cluster instead of the API', '22700']])
    const little = await found({}, { ...month, traffic: { requests: 1000, per: 'month' } })
    expect(named(little).nothing).toContain('your own cluster instead of the API')
  })

  it('are the API, where the budget is on the cluster', async () => {
    const month = { traffic: { requests: 1000, per: 'month' }, self_host: { ...self_host, capacity: '2B/day' } }
    const advice = await found({}, { ...month, budget: { view: 'self_hosted', per_period: 1 } })
    expect(offers(advice, 'view')).toEqual([['the API instead of your own cluster', '4300']])
  })

  it('are none that is a bound', async () => {
    const advice = await found({ provider: { batch } }, { cache: 'ideal' })
    expect(advice.base.bound).toMatch(/read from the cache/)
    expect(advice.levers.map(({ view }) => view)).not.toContain('cached')
  })
})
