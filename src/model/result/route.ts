import * as z from 'zod/mini'
import { BOARDS } from '../book/choices.ts'
import { amount, costs, count, decimal, fraction, money, perView, unknown } from '../figures.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { VIEW_KEYS } from '../views.ts'

/**
 * The part that `dsprice route` adds to a result: models by cost and quality, and the cheapest split that meets the
 * terms.
 */

/** A score of a board as results show it. */
export const shownScoreSchema = z.strictObject({
  board: z.enum(BOARDS),
  value: z.number(),
  low: doc(z.nullable(z.number()), "Low end of the board's interval; null: none is published"),
  high: doc(z.nullable(z.number()), 'High end'),
  variant: doc(z.nullable(z.string()), "The board's name for what was scored, such as an effort; null: the model"),
  date: doc(z.nullable(z.string()), 'Day of the snapshot; null: unknown'),
  source: doc(z.nullable(z.string()), 'Id in `prices.sources`; null: unknown'),
})

export type ShownScore = DeepReadonly<z.infer<typeof shownScoreSchema>>

export const attributions = doc(z.array(z.string()), 'What the licences of the scores shown ask to be said')

export const SCORE_SOURCES = ['book', 'scenario', 'call'] as const

/** A model that is left out, with the reason. */
export const skippedSchema = z.strictObject({
  model: z.string(),
  why: z.string(),
  kind: z.optional(doc(z.string(), 'Category of the reason, without details')),
})

const pointSchema = z.strictObject({
  model: z.string(),
  provider: z.string(),
  cost: doc(amount, 'USD per period if it serves every request, in `view`'),
  quality: doc(decimal, 'Its score, on any one scale; higher is better'),
  quality_from: doc(z.enum(SCORE_SOURCES), "book: the price book's score on `score`"),
  variant: z.optional(
    doc(
      z.nullable(z.string()),
      "The board's name for what was scored, such as an effort: the price may be that of another",
    ),
  ),
  interval: z.optional(
    doc(
      z.nullable(z.strictObject({ low: decimal, high: decimal })),
      "The board's interval; null: none is published; left out by older versions",
    ),
  ),
  tied_with: z.optional(
    doc(
      z.nullable(z.string()),
      'On the frontier: the cheapest model there whose interval overlaps, so that the two cannot be told apart; null: none',
    ),
  ),
  dominated_by: doc(
    z.nullable(z.string()),
    'A model that costs no more and scores no less, and is better in one of them; null: on the frontier',
  ),
})

/** A model that has a cost and a score. */
export type Point = DeepReadonly<z.infer<typeof pointSchema>>

const splitLeg = z.strictObject({
  model: z.string(),
  share: doc(z.number(), 'Share of the requests: the nearest double of `fraction`'),
  fraction: doc(z.string(), 'The share exactly, such as "3/8"'),
  requests: doc(z.nullable(count), 'Requests per period; null: only totals are known'),
})

const cheapestSchema = z.strictObject({
  min_quality: doc(z.nullable(decimal), 'Minimum mean quality over the requests; null: none was required'),
  min_quality_from: doc(z.enum(['call', 'fleet', 'none']), "fleet: the scenario's own mean quality"),
  keep: z.array(z.strictObject({ models: z.array(z.string()), share: z.number() })),
  legs: z.array(splitLeg),
  quality: doc(z.nullable(decimal), 'Its mean quality; null if a leg has no score'),
  colder: doc(
    z.boolean(),
    'Whether its models cost more at these shares than the mean of their costs alone: each cache sees fewer requests',
  ),
  mean_cost: doc(money, 'The minimised cost: the cost in `view` of each model serving alone, weighted by the shares'),
  costs: doc(costs, 'USD per period as a split: only a leg’s own requests keep its cache warm'),
  saving: doc(perView(z.union([fraction, unknown])), "1 − split/fleet, against the scenario's own serving"),
})

/** The cheapest split that meets the terms. */
export type Cheapest = DeepReadonly<z.infer<typeof cheapestSchema>>

export const routeSchema = z.strictObject({
  view: doc(z.enum(VIEW_KEYS), 'The view that costs are taken from'),
  score: z.optional(doc(z.enum(BOARDS), "The board that the price book's scores are taken from")),
  attributions: z.optional(attributions),
  points: doc(z.array(pointSchema), 'Models with a cost and a score, cheapest first; a range counts by its middle'),
  unscored: doc(
    z.array(z.strictObject({ model: z.string(), provider: z.string(), cost: amount })),
    'Models without a score, cheapest first: none is guessed',
  ),
  skipped: doc(z.array(skippedSchema), 'Models left out, with reasons'),
  fleet: doc(
    z.strictObject({ cost: z.union([amount, unknown]), quality: z.nullable(decimal) }),
    'Cost in `view` of the scenario as served, and its mean quality over the requests; null if a leg has none',
  ),
  cheapest: doc(z.nullable(cheapestSchema), 'null: no terms were given, and the fleet has no mean quality'),
})

/** The result of `dsprice route`. */
export type RouteFound = DeepReadonly<z.infer<typeof routeSchema>>
