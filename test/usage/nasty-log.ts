import fc from 'fast-check'
import type { Book, Price, Window } from '../../src/model/book/book.ts'
import { bookWith, modelWith, rowWith } from '../cost/build.ts'

/** A book with everything by which rates change, and logs of usage around those moments. */

/** Hours of a night shift, from Monday to Friday, past midnight, not begun on a holiday. */
const night = (timezone: string, rates: Pick<Window, 'input' | 'cache_read' | 'output'>): Window => ({
  name: 'night',
  timezone,
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: ['22:45-05:30'],
  holidays: 'except',
  ...rates,
})

const HOLIDAYS = ['2026-10-01..2026-10-07', '2026-12-25']
const rates = (input: string, cache_read: string, output: string) => ({
  input,
  cache_read,
  output,
  cache_write: '1.25',
})
export const NASTY: readonly (readonly Price[])[] = [
  // Half an hour beside, a price change at an odd millisecond, a service by a factor that ends in mid-month.
  [
    rowWith({
      ...rates('1.01', '0.1', '2'),
      to: '2026-10-24T08:08:08.888Z',
      windows: [night('Asia/Kolkata', rates('0.37', '0.03', '0.7'))],
    }),
    rowWith({
      from: '2026-10-24T08:08:08.888Z',
      ...rates('1.13', '0.11', '2.3'),
      windows: [night('Asia/Kolkata', rates('0.41', '0.05', '0.9'))],
      services: { flex: { factor: '0.5', to: '2026-11-05T11:07:23Z', source: 'made-up' } },
    }),
  ],
  // Clocks go back on 25 October.
  [rowWith({ ...rates('3', '0.3', '9'), windows: [night('Europe/Berlin', rates('1.7', '0.2', '5'))] })],
  // Both operators.
  [
    rowWith({
      ...rates('5', '0.5', '25'),
      tiers: [
        { ...rates('7', '0.7', '30'), threshold: 1000, operator: '>' },
        { ...rates('11', '1.1', '37'), threshold: 2000, operator: '>=' },
      ],
    }),
  ],
]
export const nastyBook: Book = bookWith({
  provider: {
    calendar: { holidays: { '2026': HOLIDAYS } },
    batch: { discount: '0.5', stacking: 'multiply', source: 'made-up' },
    regions: {
      us: [
        { factor: '1.1', models: ['nasty-2'], from: '2026-10-10T17:15Z', to: '2026-11-01T17:20Z', source: 'made-up' },
        { factor: '1.3', models: ['nasty-2'], from: '2026-11-01T17:20Z', source: 'made-up' },
      ],
    },
  } as never,
  models: NASTY.map((prices, i) => modelWith({ id: `nasty-${i}`, prices: [...prices] })),
})

// Instants at which something happens, and a little before and after.
export const EDGES = [
  '2026-10-24T08:08:08.888Z',
  '2026-11-05T11:07:23Z',
  '2026-10-25T00:00Z',
  '2026-10-25T01:00Z',
  '2026-10-25T03:30Z',
  '2026-10-07T17:15Z',
  '2026-10-08T00:00Z',
  '2026-10-10T17:15Z',
  '2026-11-01T17:15Z',
].map(Date.parse)
export const instant = fc.oneof(
  fc.integer({ min: Date.parse('2026-09-28'), max: Date.parse('2027-01-03') }).map(ms => ms),
  fc.tuple(fc.constantFrom(...EDGES), fc.constantFrom(-60_000, -1, 0, 1, 60_000)).map(([ms, by]) => ms + by),
  fc
    .tuple(
      fc.nat(90),
      fc.constantFrom(0, 1, 17, 21, 22, 4, 3, 24),
      fc.constantFrom(-1, 0),
      fc.constantFrom(0, 15, 30, 45),
    )
    .map(([day, hour, by, minute]) => Date.parse('2026-10-01') + ((day * 24 + hour) * 60 + minute) * 60_000 + by),
)
export const length = fc.oneof(fc.constantFrom(0, 1, 1000, 1001, 1999, 2000), fc.nat(5000))
/** A call, its time as text. */
export const nastyCall = fc.record({
  at: instant.map(ms => new Date(ms).toISOString()),
  model: fc.constantFrom('nasty-0', 'nasty-1', 'nasty-2'),
  input: length,
  cache_read: fc.oneof(fc.constant(0), length),
  cache_write: fc.oneof(fc.constant(0), fc.nat(50)),
  output: fc.nat(1000),
  service: fc.option(fc.constant('flex'), { freq: 5 }),
  batch: fc.boolean(),
  region: fc.option(fc.constant('us'), { freq: 5 }),
  keys: fc.record({ team: fc.constantFrom('a', 'b'), user: fc.constantFrom('ann', 'bob', 'cem') }),
})
