import fc from 'fast-check'
import { type PricedStream, priceStream } from '../../src/cost/api/price-stream.ts'
import type { Book, CacheRule } from '../../src/model/book/book.ts'
import { WEEKDAYS } from '../../src/model/book/choices.ts'
import { exact, type Money } from '../../src/model/number/money.ts'
import type { CachePolicy, Traffic } from '../../src/model/scenario/scenario.ts'
import type { View } from '../../src/model/views.ts'
import { bookWith, scenarioWith } from './build.ts'

/** Random books and scenarios for the laws. */

/** Tenths of a cent up to $10 per 1M, as a decimal string. */
const rate = fc.nat({ max: 10_000 }).map(mills => exact(mills).times('0.001').toFixed())

/** Read ≤ input ≤ write ≤ 1-hour write, and any output: as every provider’s rates stand. */
export const ordered = fc
  .record({
    steps: fc.tuple(fc.nat({ max: 3000 }), fc.nat({ max: 3000 }), fc.nat({ max: 3000 }), fc.nat({ max: 3000 })),
    output: rate,
  })
  .map(({ steps, output }) => {
    const mills = steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, step) => sum + step, 0))
    const [cache_read = '0', input = '0', cache_write = '0', cache_write_1h = '0'] = mills.map(mill =>
      exact(mill).times('0.001').toFixed(),
    )
    return { cache_read, input, cache_write, cache_write_1h, output }
  })

/** The same rates so many times over: for tiers and windows that are never cheaper than the base. */
const scaled = <T extends Readonly<Record<string, string>>>(rates: T, times: number): T =>
  Object.fromEntries(Object.entries(rates).map(([key, value]) => [key, exact(value).times(times).toFixed()])) as T

export const freeRule: fc.Arbitrary<Partial<CacheRule>> = fc.record({
  match: fc.constantFrom('blocks', 'units'),
  block: fc.constantFrom(1, 64, 128),
  minimum: fc.constantFrom(0, 64, 1000, 1024),
  stores_output: fc.boolean(),
})

export const paidRule: fc.Arbitrary<Partial<CacheRule>> = fc
  .record({
    minimum: fc.constantFrom(0, 1024),
    stores_output: fc.boolean(),
    write: fc.constantFrom('cache_write', 'cache_write_1h'),
  })
  .map(({ write, ...rest }) => ({ ...rest, match: 'marks', block: 1, lifetimes: [{ ttl_s: 300, write }] }))

const zone = fc.constantFrom(
  'UTC',
  'Asia/Shanghai',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/New_York',
  'Pacific/Kiritimati',
)
const clock = fc
  .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
  .map(parts => parts.map(part => String(part).padStart(2, '0')).join(':'))

/** Peak hours of any length on any weekdays in any zone; a window that ends when it begins lasts a day. */
const window = fc.record({
  name: fc.constant('peak'),
  timezone: zone,
  weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  hours: fc.array(
    fc.tuple(clock, clock).map(ends => ends.join('-')),
    { minLength: 1, maxLength: 2 },
  ),
  holidays: fc.constant('apply' as const),
})

const weights = fc
  .array(fc.nat({ max: 9 }), { minLength: 24, maxLength: 24 })
  .filter(hours => hours.some(weight => weight > 0))

export const traffic: fc.Arbitrary<Traffic> = fc.record({
  requests: fc.integer({ min: 1, max: 50 }),
  per: fc.constantFrom('run', 'hour', 'day', 'week', 'month'),
  profile: fc.oneof(fc.constantFrom('flat' as const, 'office-hours' as const), weights),
  timezone: zone,
  weekdays_only: fc.boolean(),
})

export const request = fc
  .record({
    turns: fc.integer({ min: 1, max: 6 }),
    turn_gap_s: fc.constantFrom(0, 30, 300, 301, 4000),
    shared: fc.nat({ max: 3000 }),
    session: fc.nat({ max: 3000 }),
    turn: fc.nat({ max: 500 }),
    context: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 500 })),
    history: fc.boolean(),
    output: fc.nat({ max: 300 }),
    thinking: fc.nat({ max: 100 }),
    start_overhead: fc.nat({ max: 30 }),
    end_overhead: fc.nat({ max: 5 }),
    answer_overhead: fc.nat({ max: 5 }),
  })
  .map(({ thinking, ...rest }) => ({ ...rest, reasoning: Math.floor((rest.output * thinking) / 100) }))

export const policy: fc.Arbitrary<CachePolicy> = fc.oneof(
  fc.constantFrom<CachePolicy>({ policy: 'prefix' }, { policy: 'none' }, { policy: 'ideal' }),
  fc.nat({ max: 100 }).map(percent => ({ policy: 'hit_share' as const, hit_share: percent / 100 })),
)

/** A book with writes or without, hours or tiers or neither, and a batch. */
export const book: fc.Arbitrary<Book> = fc
  .record({
    rates: ordered,
    rule: fc.oneof(freeRule, paidRule),
    window,
    shape: fc.constantFrom('plain', 'tiers', 'windows'),
    threshold: fc.integer({ min: 1, max: 5000 }),
    operator: fc.constantFrom('>' as const, '>=' as const),
    stacking: fc.constantFrom('multiply' as const, 'cache-wins' as const, 'no-cache' as const),
    times: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ rates, rule, window, shape, threshold, operator, stacking, times }) => {
    const dearer = scaled(rates, times)
    return bookWith({
      rule,
      provider: { batch: { discount: '0.5', stacking, source: 'made-up' } },
      row: {
        ...rates,
        ...(shape === 'tiers' ? { tiers: [{ ...dearer, threshold, operator }] } : {}),
        ...(shape === 'windows' ? { windows: [{ ...dearer, ...window }] } : {}),
      },
    })
  })

export type Ask = Parameters<typeof scenarioWith>[0]

export const price = (wish: Ask, book: Book): PricedStream =>
  priceStream(scenarioWith(wish), { book, at: '2026-01-01' })

/** Exact cost of a view that must be known. */
export const costOf = ({ views }: Pick<PricedStream, 'views'>, view: View): Money => {
  const priced = views[view]
  if ('reason' in priced) throw new Error(priced.reason)
  return priced.cost
}
