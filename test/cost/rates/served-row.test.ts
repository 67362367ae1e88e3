import { describe, expect, it } from 'vitest'
import { offerAt } from '../../../src/cost/rates/price-at.ts'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { InputError } from '../../../src/errors/index.ts'
import type { Book, Price, Provider, Service } from '../../../src/model/book/book.ts'
import { exact } from '../../../src/model/number/money.ts'
import { bookWith, MILLION, modelWith, priced, resultOf, rowWith, scenarioWith, type Wish } from '../build.ts'

const source = 'made-up'
const BATCH = { discount: '0.5', stacking: 'multiply', source } as const
const US: NonNullable<Provider['regions']> = { us: { factor: '1.1', source } }

/** A model of one provider with these rates, batched at half and with a region at a tenth more. */
const bookOf = (row: Partial<Price>, provider: Partial<Provider> = {}): Book =>
  bookWith({
    provider: { batch: BATCH, regions: US, ...provider },
    rule: { lifetimes: [{ ttl_s: 300, write: row.cache_write === undefined ? null : 'cache_write' }] },
    models: [modelWith({ row })],
  })

/** GPT-5.6 Sol from 2026-08-21, above 272,000 tokens twice the input and 1.5 times the output. */
const openai = bookOf({
  input: '4',
  cache_read: '0.4',
  cache_write: '5',
  output: '20',
  tiers: [{ threshold: 272000, operator: '>', input: '8', cache_read: '0.8', cache_write: '10', output: '30' }],
  services: { flex: { factor: '0.5', source }, fast: { factor: '2', source } },
})

/** Claude Opus 5.5, whose fast mode has no batch. */
const anthropic = bookOf({
  input: '4',
  cache_read: '0.2',
  cache_write: '5',
  cache_write_1h: '8',
  output: '20',
  services: { fast: { factor: '2', source } },
})

/** Gemini 2.5 Pro: flex has no price for cached tokens. */
const google = bookOf({
  input: '1.25',
  cache_read: '0.125',
  output: '10',
  tiers: [{ threshold: 200000, operator: '>', input: '2.5', cache_read: '0.25', output: '15' }],
  services: {
    priority: { factor: '1.8', source },
    flex: {
      input: '0.625',
      cache_read: null,
      output: '5',
      tiers: [{ threshold: 200000, operator: '>', input: '1.25', cache_read: null, output: '7.5' }],
      source,
    },
  },
})

const ratesOf = (book: Book, service: string, region: string | null = null) => {
  const { input, cache_read, cache_write, cache_write_1h, output } = offerAt(book, 'demo', '2026-01-01', {
    service,
    region,
  }).row
  return [input, cache_read, cache_write, cache_write_1h, output]
}

describe('rates of a service and a region by hand', () => {
  it.each<[string, Book, string, string | null, ReturnType<typeof ratesOf>]>([
    ['Sol', openai, 'standard', null, ['4', '0.4', '5', undefined, '20']],
    ['half of Sol', openai, 'flex', null, ['2', '0.2', '2.5', undefined, '10']],
    // 4 × 2 × 1.1 = 8.8, 0.4 × 2.2 = 0.88, 5 × 2.2 = 11, 20 × 2.2 = 44
    ['Sol fast in the US', openai, 'fast', 'us', ['8.8', '0.88', '11', undefined, '44']],
    // 4 × 2.2 = 8.8, 0.2 × 2.2 = 0.44, 5 × 2.2 = 11, 8 × 2.2 = 17.6, 20 × 2.2 = 44
    ['Opus fast in the US', anthropic, 'fast', 'us', ['8.8', '0.44', '11', '17.6', '44']],
    ['Opus in the US', anthropic, 'standard', 'us', ['4.4', '0.22', '5.5', '8.8', '22']],
    // 1.25 × 1.8 = 2.25, 0.125 × 1.8 = 0.225, 10 × 1.8 = 18
    ['Gemini with priority', google, 'priority', null, ['2.25', '0.225', undefined, undefined, '18']],
    // 0.625 × 1.1 = 0.6875, 5 × 1.1 = 5.5
    ['Gemini flex elsewhere', google, 'flex', 'us', ['0.6875', null, 'not_offered', 'not_offered', '5.5']],
  ])('%s', (_, book, service, region, rates) => {
    expect(ratesOf(book, service, region)).toEqual(rates)
  })
})

const MILLION_IN = { turn: MILLION, output: MILLION }

const costsIn = (book: Book, wish: Parameters<typeof resultOf>[0]) =>
  resultOf({ cache: { policy: 'none' }, ...wish }, book)

describe('the order row, tier, window, service, batch, region', () => {
  it('a long prompt is billed at the tier, then the service, then the region', () => {
    // 300,000 × 8 × 2 × 1.1 + 1,000 × 30 × 2 × 1.1 per million = 5.28 + 0.066
    const long = { request: { turn: 300_000, output: 1000 }, service: 'fast', region: 'us' }
    expect(costsIn(openai, long).costs.headline).toBe('5.346')
    // 200,001 × 2.5 × 1.8 + 1,000 × 15 × 1.8 per million = 0.9000045 + 0.027
    const priority = { request: { turn: 200_001, output: 1000 }, service: 'priority' }
    expect(costsIn(google, priority).costs.headline).toBe('0.9270045')
    // The tiers of flex itself: 200,001 × 1.25 + 1,000 × 7.5 per million = 0.25000125 + 0.0075
    expect(costsIn(google, { ...priority, service: 'flex' }).costs.headline).toBe('0.25750125')
  })

  it('the region comes on top of the batch discount', () => {
    // (4 + 20) × 0.5 × 1.1 = 13.2; above 272,000 tokens (8 + 30) × 0.5 × 1.1 = 20.9
    expect(costsIn(anthropic, { request: MILLION_IN, region: 'us' }).costs.batch).toBe('13.2')
    expect(costsIn(openai, { request: MILLION_IN, region: 'us' }).costs.batch).toBe('20.9')
  })

  it('a service is not batched, unless it says so', () => {
    const fast = costsIn(anthropic, { request: MILLION_IN, service: 'fast' })
    expect(fast.costs).toMatchObject({ headline: '48', batch: null, batch_cached: null })
    expect(fast.reasons.batch).toBe('the fast service of demo has no batch rates')
    expect(fast.complete).toBe(true)
    const both = bookOf({ services: { flex: { factor: '0.5', batch: { discount: '0.5' }, source } } })
    // (1 + 2) × 0.5 × 0.5 × 1.1
    expect(costsIn(both, { request: MILLION_IN, service: 'flex', region: 'us' }).costs.batch).toBe('0.825')
  })

  it('a factor multiplies the rates of the hours, and rates of its own replace them', () => {
    const peak = {
      name: 'peak',
      timezone: 'UTC',
      weekdays: ['mon'],
      hours: ['00:00-24:00'],
      holidays: 'apply',
    } as const
    const row = (flex: Service) => ({
      base_window: 'off-peak',
      windows: [{ ...peak, input: '3', cache_read: '0.3', output: '6' }],
      services: { flex },
    })
    // 2026-01-05 is a Monday. (3 + 6) × 0.5 and (3 + 6) × 0.5 × 1.1
    const monday = { request: MILLION_IN, service: 'flex', at: '2026-01-05T12:00Z' }
    const halved = bookOf(row({ factor: '0.5', source }))
    expect(costsIn(halved, monday).costs.headline).toBe('4.5')
    expect(costsIn(halved, { ...monday, region: 'us' }).costs.headline).toBe('4.95')
    const own = costsIn(bookOf(row({ input: '0.25', output: '1', source })), monday)
    expect(own.costs.headline).toBe('1.25')
    expect(own.windows).toEqual([{ name: null, share: 1 }])
  })

  it.each([openai, anthropic, google])('a line is its rate times its quantity, and names the evidence', book => {
    for (const service of ['standard', 'fast', 'priority', 'flex']) {
      if (service !== 'standard' && book.models[0]?.prices[0]?.services?.[service] === undefined) continue
      const { lines } = resultOf({ request: { turn: 1234, shared: 777, output: 55 }, service, region: 'us' }, book)
      expect(lines.length).toBeGreaterThan(0)
      for (const { quantity, rate, cost, source: evidence } of lines) {
        expect(
          exact(String(quantity))
            .times(exact(String(rate)))
            .times('0.000001')
            .toFixed(),
        ).toBe(cost)
        expect(evidence).toBe(source)
      }
    }
  })
})

describe('a service without rates', () => {
  const row = rowWith({
    tiers: [{ threshold: 1000, operator: '>', input: '2', cache_read: '0.2', output: '4' }],
    services: {
      short: { factor: '2', tiers: 'not_offered', source },
      vague: { input: '3', output: '5', source },
      someday: { factor: null, source },
      soon: [
        { factor: '3', from: '2026-02-01', to: '2026-03-01', source },
        { factor: '6', from: '2026-03-01', source },
      ],
    },
  })
  const book = bookOf(row, {
    regions: { ...US, eu: { factor: null, source }, jp: { factor: '1.2', models: ['x'], source } },
  })

  const faultOf = (wish: Wish): string => {
    try {
      return costsIn(book, wish).costs.headline as string
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return error.problems.map(({ code, exit, what, path }) => `${code} ${exit} ${path?.join('.')}: ${what}`).join()
    }
  }
  const short = { turn: 1000, output: 0 }
  const long = { turn: 1001, output: 0 }

  it.each<[string, Wish, string]>([
    ['is priced below the threshold', { service: 'short', request: short }, '0.002'],
    [
      'takes no long prompts',
      { service: 'short', request: long },
      'NO_RATE 3 service: the short service of demo takes no prompts of > 1000 tokens',
    ],
    [
      'says nothing of long prompts',
      { service: 'vague', request: long },
      'NO_RATE 3 service: what the vague service of demo costs for prompts of > 1000 tokens is unknown',
    ],
    [
      'has no rates yet',
      { service: 'someday', request: short },
      'NO_SERVICE 3 service: demo has a service "someday", but its rates are unknown',
    ],
    [
      'does not exist',
      { service: 'turbo', request: short },
      'NO_SERVICE 3 service: demo has no service "turbo" at 2026-01-01',
    ],
    [
      'begins later',
      { service: 'soon', request: short },
      'NO_SERVICE 3 service: demo has no service "soon" at 2026-01-01',
    ],
    // 1,000 × 1 × 3 per million, and from March on × 6
    ['has begun', { service: 'soon', request: short, at: '2026-02-28' }, '0.003'],
    ['has changed', { service: 'soon', request: short, at: '2026-03-01' }, '0.006'],
    [
      'a region without a factor',
      { region: 'eu', request: short },
      'NO_REGION 3 region: demo has a region "eu", but its factor is unknown',
    ],
    [
      'a region of other models',
      { region: 'jp', request: short },
      'NO_REGION 3 region: the book has no region "jp" for demo at 2026-01-01',
    ],
  ])('%s', (_, wish, right) => {
    expect(faultOf(wish)).toBe(right)
  })

  it('leaves a meter that it does not state unknown, unless the row does not offer it either', () => {
    const { costs, reasons } = costsIn(book, {
      service: 'vague',
      request: { shared: 500, output: 0 },
      cache: { policy: 'ideal' },
    })
    expect([costs.headline, costs.cached]).toEqual(['0.0015', null])
    expect(reasons.cached).toBe('the cache_read rate of demo is unknown')
    expect(ratesOf(book, 'vague')).toEqual(['3', null, 'not_offered', 'not_offered', '5'])
  })

  it('keeps the row as the book has it in the excerpt that recomputes it', () => {
    const found = estimate([scenarioWith({ service: 'short', request: short })], priced(book), '2026-01-01')
    expect(found.prices.models[0]?.prices[0]).toEqual(row)
  })
})

it('offers the services with known rates, the nearest name first', () => {
  const factor = { factor: '2', source }
  const services = {
    flex: { factor: null, source },
    priority: factor,
    fast: factor,
    own: { input: null, output: '1', source },
  }
  const fixOf = (service: string): string | undefined => {
    try {
      offerAt(bookOf({ services }), 'demo', '2026-01-01', { service, region: null })
    } catch (error) {
      return (error as InputError).problems[0]?.fix
    }
    return undefined
  }
  expect(fixOf('fats')).toBe('use one of fast, standard, priority, or choose another model')
  expect(fixOf('xyzzy')).toBe('use one of standard, priority, fast, or choose another model')
})

it('names the service whose rate is unknown', () => {
  const unknown = bookOf({ input: null, services: { fast: { factor: '2', source } } })
  const saying = (wish: Wish) => () => resultOf({ request: { turn: 10 }, ...wish }, unknown)
  expect(saying({})).toThrow('demo has no known input rate: the book gives no reason')
  expect(saying({ service: 'fast' })).toThrow('demo has no known input rate for its service "fast": the book')
})
