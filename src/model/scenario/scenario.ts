import * as z from 'zod/mini'
import { duration, instant, timezone } from '../time.ts'
import { type DeepReadonly, doc, fault, part, positiveSize, printable, share, size } from '../units.ts'
import { type Budget, budgetSchema } from './budget.ts'
import type { Counted, Counting, Request } from './counted.ts'
import { type Routing, routingSchema } from './routing.ts'
import type { SelfHost } from './self-host.ts'
import { selfHostSchema } from './self-host-schema.ts'

/** What a scenario file says: traffic, request, cache policy. Its schema, defaults and types; no logic. */

const EMPTY_LIST = fault('must not be an empty list', 'write 200K, or a list of sizes and texts')

const textPart = z.lazy(() =>
  z
    .strictObject({
      text: z.optional(doc(z.string(), 'Text to count')),
      file: z.optional(doc(z.string(), 'File to count, relative to the scenario')),
      files: z.optional(doc(z.string(), 'Glob of files, each one sample; the mean is used and the spread reported')),
      tools: z.optional(
        doc(z.string(), "JSON file of tool definitions, a list in OpenAI's form; relative to the scenario"),
      ),
    })
    .check(
      z.refine(part => Object.values(part).filter(value => value !== undefined).length === 1, {
        error: fault('must have exactly one of text, file, files and tools', 'write {file: prompts/system.md}'),
        abort: true,
      }),
    ),
)

const sizeFault = fault(
  'must be a number of tokens, or text to count',
  'write 200K, or {text: …}, {file: …}, {files: …}, {tools: …}, or a list of these',
)

const parts = z.lazy(() => z.array(z.union([size, textPart], sizeFault)).check(z.minLength(1, EMPTY_LIST)))

export const lengthSchema = z.union([size, textPart, parts], sizeFault)

/** A length as written: a number of tokens, text, or a list of both. */
export type WrittenLength = DeepReadonly<z.infer<typeof lengthSchema>>

/** How requests are spread over a day: evenly, 09–19 local time, or 24 hourly weights. */
export const profileSchema = z.lazy(() =>
  z.union(
    [
      z.enum(['flat', 'office-hours']),
      z.array(z.number().check(z.nonnegative())).check(
        z.length(24, fault('must have 24 hourly weights', 'write flat, office-hours, or a list of 24 numbers')),
        z.refine(weights => weights.some(weight => weight > 0), fault('must have a weight above 0', 'write flat')),
      ),
    ],
    fault('must be flat, office-hours, or 24 hourly weights', 'write profile: office-hours'),
  ),
)

export const PERIODS = ['run', 'hour', 'day', 'week', 'month'] as const

const traffic = z.strictObject({
  requests: doc(z._default(positiveSize, 1), 'Requests (conversations, where turns > 1) per period'),
  per: doc(z._default(z.enum(PERIODS), 'run'), 'Period of `requests`; a run has no clock'),
  profile: doc(z._default(profileSchema, 'flat'), 'flat, office-hours (09–19 local, even), or 24 hourly weights'),
  timezone: doc(z._default(timezone, 'UTC'), 'Time zone of the profile'),
  weekdays_only: doc(z._default(z.boolean(), false), 'No traffic at weekends; `per: day` then means per working day'),
})

/** How many requests, and when. */
export type Traffic = DeepReadonly<z.infer<typeof traffic>>

const request = z.strictObject({
  turns: doc(z._default(positiveSize.check(z.maximum(100_000)), 1), 'Calls per request'),
  turn_gap: doc(z._default(duration, 30), 'Time between the calls of one conversation'),
  shared: doc(z._default(lengthSchema, 0), 'Tokens identical at the start of every request (system prompt, tools)'),
  session: doc(z._default(lengthSchema, 0), 'Tokens identical in every call of one conversation'),
  turn: doc(z._default(lengthSchema, 0), 'Tokens new in each call'),
  history: doc(z._default(z.boolean(), false), "Earlier turns' `turn` and `output` are sent again"),
  output: doc(z._default(lengthSchema, 0), 'Tokens generated per call, reasoning included'),
  reasoning: doc(z._default(lengthSchema, 0), 'Of which reasoning, billed as output'),
})

const totals = z.lazy(() =>
  z.strictObject({
    input: doc(size, 'Input tokens per period'),
    output: doc(size, 'Output tokens per period'),
  }),
)

/** Period totals, where only those are known. Tokens. */
export type Totals = DeepReadonly<z.infer<typeof totals>>

const POLICIES = ['prefix', 'none', 'ideal'] as const

const policy = z.lazy(() =>
  z.strictObject({
    policy: z.optional(z.enum(POLICIES)),
    ttl: z.optional(doc(duration, "Lifetime of a cached prefix; default: the provider's")),
    hit_share: z.optional(doc(share, 'Share of input tokens billed at the cache_read rate')),
  }),
)

const cache = z
  .union(
    [z.enum(POLICIES), policy],
    fault('must be a cache policy', 'write prefix, none, ideal, {hit_share: 85%} or {policy: prefix, ttl: 1h}'),
  )
  .check(
    z.refine(
      given => typeof given === 'string' || given.hit_share === undefined || !(given.policy ?? given.ttl),
      fault('hit_share stands alone: it replaces the policy and its ttl', 'write cache: {hit_share: 85%}'),
    ),
  )

/** How the cache is reckoned: from the workload's prefixes, not at all, as the bound, or by a share one states. */
export interface CachePolicy {
  readonly policy: 'prefix' | 'none' | 'ideal' | 'hit_share'
  /** Lifetime asked for, seconds. */
  readonly ttl_s?: number | undefined
  /** Share of input tokens read from the cache, 0–1. */
  readonly hit_share?: number | undefined
}

export const cachePolicy = (written: z.infer<typeof cache>): CachePolicy => {
  if (typeof written === 'string') return { policy: written }
  if (written.hit_share !== undefined) return { policy: 'hit_share', hit_share: written.hit_share }
  return { policy: written.policy ?? 'prefix', ...(written.ttl === undefined ? {} : { ttl_s: written.ttl }) }
}

const tags = z.lazy(() => z.record(printable('a tag'), printable('a value')))

const quality = z.lazy(() => z.record(printable('a model id'), z.number()))

export const scenarioSchema = z.strictObject({
  name: doc(printable('a name'), 'What reports call this workload'),
  description: z.optional(
    z
      .string()
      .check(z.regex(/^[^\p{Cc}]*\n?$/u, fault('must have no control characters', 'write one line, or fold it: >-'))),
  ),
  pricing: z.optional(doc(z.string(), 'Price book: a version, or a path relative to the scenario; default newest')),
  at: z.optional(doc(instant, 'Date (picks the row) or instant (prices everything then); default today, UTC')),
  model: z.optional(doc(printable('a model id'), 'Model id or alias in the price book')),
  routing: part(routingSchema, 'Instead of `model`: several models, and who serves what'),
  tags: doc(z._default(tags, {}), 'Totals by tag over many scenarios'),
  traffic: doc(z.prefault(traffic, {}), 'How many requests, and when'),
  request: z.optional(doc(request, 'One request, call by call')),
  totals: part(totals, 'Instead of `request`: tokens per period, where only those are known'),
  cache: doc(z._default(cache, 'prefix'), 'prefix, none, ideal, {hit_share: 85%} or {policy: prefix, ttl: 1h}'),
  self_host: part(selfHostSchema, "A cluster of one's own, against the API"),
  budget: part(budgetSchema, 'Limits that dsprice check holds this scenario to'),
  quality: part(quality, 'Scores of models for the frontier of dsprice route: any one scale, higher is better'),
})

/** A scenario as its file has it, defaults filled in, text not yet counted. */
export type WrittenScenario = DeepReadonly<z.infer<typeof scenarioSchema>>

/** The part of a workload's requests that has a size of its own. */
export interface SizedShare {
  /** Decimal digits, 0–1. */
  readonly share: string
  /** Multiplier on the request's lengths: decimal digits. */
  readonly tokens: string
}

/** A scenario ready to be priced: defaults filled in, text counted. It is what a result carries as `input`. */
export interface Scenario {
  readonly name: string
  readonly description?: string | undefined
  /** The file it came from, as the user named it. */
  readonly file?: string | undefined
  readonly at?: string | undefined
  /** `null`: `routing` says who serves. */
  readonly model: string | null
  readonly routing?: Routing | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly traffic: Traffic
  /** Under `routing` as counted for the first leg. */
  readonly request: Request | null
  /** Where there is text: the request as counted for every model of the routing, by the name it has there. */
  readonly counted?: Readonly<Record<string, Counted>> | undefined
  /** Requests of several sizes, on one model; left out: all are of the size that `request` has. */
  readonly sizes?: readonly SizedShare[] | undefined
  readonly totals: Totals | null
  readonly cache: CachePolicy
  /** A cluster of one's own, prices and rates looked up. */
  readonly self_host?: SelfHost | undefined
  /** Its own limits. */
  readonly budget?: Budget | undefined
  /** Scores of models, by the names that the file gives them. */
  readonly quality?: Readonly<Record<string, number>> | undefined
  /** How its text was counted; `null` where there is none. */
  readonly counting: Counting | null
  /** Keys that the file left to their defaults and that the figures rest on. */
  readonly defaults: readonly string[]
}

/** A scenario that one model serves. */
export type OneModel = Scenario & { readonly model: string }
