import * as z from 'zod/mini'
import { amount, count, decimal, fraction, perView, tokenCounts, unknown } from '../figures.ts'
import { PERIODS } from '../scenario/traffic.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { ALL_VIEWS, VIEW_KEYS } from '../views.ts'
import { ASSUMED } from './assumed.ts'
import { assumptionSchema, headSchema, warningSchema } from './result.ts'

/** The output of `dsprice forecast --json`. Keys may be added in version 1, never renamed. */

export const FORECAST_SCHEMA = 'dsprice/forecast/1'

const monthName = doc(z.string(), 'A calendar month of the traffic’s time zone, such as 2027-01')
const costs = doc(perView(z.union([amount, unknown])), 'USD in these calendar months; null: see `reasons`')
const atLeast = doc(
  z.partialRecord(z.enum(ALL_VIEWS), amount),
  'The sum of the known months; equal to `costs` if all are known, left out if none is',
)
const requests = doc(z.nullable(count), 'Expected; null under totals, which do not say how many there are')

const month = z.strictObject({
  month: monthName,
  hours: doc(count, 'Hours of the month; a clock change takes or adds one'),
  days: z.int(),
  working_days: doc(z.int(), 'Monday to Friday'),
  growth: doc(decimal, 'Multiplier on the stated traffic, at most 12 decimals'),
  requests,
  calls: z.nullable(count),
  tokens: doc(
    z.nullable(tokenCounts),
    'In the month, in the `cached` view; disjoint: prompt = input + cache_read + cache_write + cache_write_1h; null: the month has no price',
  ),
  costs,
  reasons: doc(z.partialRecord(z.enum(ALL_VIEWS), z.string()), 'Why a view is null'),
  windows: doc(
    z.array(
      z.strictObject({
        model: z.string(),
        window: doc(z.nullable(z.string()), 'Name of the hours, such as peak; null: the price has no hours'),
        hours: count,
        share: doc(z.number(), 'Share of the model’s requests that begin in them, 0–1'),
      }),
    ),
    'Hours by model and window',
  ),
  prices: doc(
    z.array(
      z.strictObject({
        model: z.string(),
        row_from: doc(z.string(), 'Start of the price row'),
        row_to: doc(z.nullable(z.string()), 'First moment it no longer applies; null: still in force'),
        hours: doc(count, 'Hours of the month that it prices'),
        source: doc(z.string(), 'Id in the book’s sources'),
      }),
    ),
    'The price rows used',
  ),
  assumed: doc(
    z.array(z.enum(ASSUMED)),
    'promotion: it goes on after its last sure day; first_row: hours before the first price row take that row; holidays: the provider’s are not known for the year',
  ),
  self_hosted: doc(
    z.nullable(
      z.strictObject({
        nodes: doc(fraction, 'Whole nodes, spare ones included; a mean where they follow the traffic'),
        utilisation: doc(z.nullable(fraction), 'Share of the capacity used; null: it cannot serve the traffic'),
        usd: doc(z.nullable(amount), 'USD in the month, the fixed monthly cost once'),
      }),
    ),
    'Its own cluster in this month; null: none, or see `reasons`',
  ),
  notes: doc(z.array(z.string()), 'What is assumed, and why the month has no price, in words'),
})

/** One calendar month of a forecast. */
export type ForecastMonth = DeepReadonly<z.infer<typeof month>>

const scenario = z.strictObject({
  name: z.string(),
  description: z.nullable(z.string()),
  file: z.nullable(z.string()),
  served_by: doc(z.string(), 'The model, or the fleet in words'),
  at: doc(z.string(), 'Date or instant that the forecast starts from'),
  timezone: doc(z.string(), 'Of the months, and of the traffic’s profile'),
  requests: doc(z.int(), 'As stated, per `per`, before growth'),
  per: z.enum(PERIODS),
  weekdays_only: z.boolean(),
  growth: doc(
    z.nullable(z.strictObject({ per_month: doc(decimal, 'Share a month'), from: monthName })),
    'null: the traffic stays as stated',
  ),
  answer: doc(
    z.strictObject({
      view: doc(z.nullable(z.enum(ALL_VIEWS)), 'The row that the report is about; null: no cost is known'),
      cheapest: doc(z.nullable(z.enum(ALL_VIEWS)), 'The cheapest way on offer; never the ideal cache nor a bound'),
    }),
    'The view that answers what it costs, and the cheapest one over all months',
  ),
  bounds: doc(z.partialRecord(z.enum(VIEW_KEYS), z.string()), 'Views whose figure is only a bound; why'),
  months: z.array(month),
  total: z.strictObject({ requests, costs, at_least: atLeast }),
  self_hosting: doc(
    z.nullable(
      z.strictObject({
        view: doc(z.enum(VIEW_KEYS), 'The view of the API that the cluster is compared with'),
        cheaper_from: doc(
          z.strictObject({ low: z.nullable(monthName), high: z.nullable(monthName) }),
          'The first month in which the cluster costs less; low: in its best case, high: in its worst; null: in none',
        ),
      }),
    ),
    'null: there is no cluster that is compared with the API',
  ),
  assumptions: z.array(assumptionSchema),
  warnings: z.array(warningSchema),
})

/** A scenario, month by month. */
export type ForecastScenario = DeepReadonly<z.infer<typeof scenario>>

export const forecastSchema = z.strictObject({
  schema: z.literal(FORECAST_SCHEMA),
  ...headSchema,
  scenarios: z.array(scenario),
  totals: doc(
    z.strictObject({
      months: z.array(z.strictObject({ month: monthName, costs, at_least: atLeast })),
      costs,
      at_least: atLeast,
    }),
    'Sums over all scenarios',
  ),
  warnings: z.array(warningSchema),
})

/** The output of `forecast --json`. */
export type Forecast = DeepReadonly<z.infer<typeof forecastSchema>>
