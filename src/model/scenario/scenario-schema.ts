import * as z from 'zod/mini'
import { expectedSize } from '../expected-size.ts'
import { duration, instant } from '../time.ts'
import { type DeepReadonly, doc, fault, part, positiveSize, printable } from '../units.ts'
import { budgetSchema } from './budget.ts'
import { cacheSchema } from './cache.ts'
import { lengthSchema } from './length.ts'
import { routingSchema } from './routing-schema.ts'
import { selfHostSchema } from './self-host-schema.ts'
import { trafficSchema } from './traffic.ts'

/** The contents of a scenario file, each key once: its type, default, description and example. No logic. */

export const requestSchema = z.strictObject({
  turns: doc(z._default(positiveSize.check(z.maximum(100_000)), 1), 'Calls per request', 4),
  turn_gap: doc(z._default(duration, 30), 'Time between the calls of one conversation', '90s'),
  shared: doc(z._default(lengthSchema, 0), 'Tokens identical at the start of every request (system prompt, tools)', {
    file: 'prompts/system.md',
  }),
  session: doc(z._default(lengthSchema, 0), 'Tokens identical in every call of one conversation', '200K'),
  turn: doc(z._default(lengthSchema, 0), 'Tokens new in each call; under `history` they are kept', 300),
  context: doc(
    z._default(lengthSchema, 0),
    'Tokens new in each call and not kept, at the end of the prompt (retrieved passages)',
    { files: 'passages/*.txt' },
  ),
  history: doc(z._default(z.boolean(), false), "Earlier turns' `turn` and `output` are sent again"),
  output: doc(z._default(lengthSchema, 0), 'Tokens generated per call, reasoning included', 400),
  reasoning: doc(z._default(lengthSchema, 0), 'Of which reasoning, billed as output', 150),
  tokens_of: z.optional(
    doc(
      printable('a model id'),
      'Model whose tokens the numbers are; for a model with another tokenizer they are converted, as an estimate. Default: taken alike for all',
      'gpt-5.5',
    ),
  ),
  reasoning_kept: z.optional(
    doc(z.boolean(), 'Whether earlier reasoning is sent again under `history`; default: as the model does', true),
  ),
})

export const totalsSchema = z.lazy(() =>
  z.strictObject({
    input: doc(expectedSize, 'Input tokens per period', '100M'),
    output: doc(expectedSize, 'Output tokens per period', '5M'),
    tokens_of: z.optional(
      doc(
        printable('a model id'),
        'Model whose tokens the totals are; for a model with another tokenizer they are converted, as an estimate. Default: taken alike for all',
        'gpt-5.5',
      ),
    ),
  }),
)

const tags = z.lazy(() => z.record(printable('a tag'), printable('a value')))

const quality = z.lazy(() => z.record(printable('a model id'), z.number()))

export const scenarioSchema = z.strictObject({
  name: doc(printable('a name'), 'Name of this workload in reports', 'support-bot'),
  description: z.optional(
    doc(
      z
        .string()
        .check(z.regex(/^[^\p{Cc}]*\n?$/u, fault('must have no control characters', 'write one line, or fold it: >-'))),
      'Description, in one sentence',
      'Support assistant for teams in Singapore',
    ),
  ),
  pricing: z.optional(
    doc(z.string(), 'Price book: a version, or a path relative to the scenario; default newest', '2026-11-23'),
  ),
  at: z.optional(
    doc(instant, 'Date (picks the row) or instant (prices everything then); default today, UTC', '2026-11-23'),
  ),
  model: z.optional(doc(printable('a model id'), 'Model id or alias in the price book', 'deepseek-v4-pro')),
  service: z.optional(
    doc(
      printable('a service'),
      'Service that the model is called in: flex, priority, fast, as the price book has it; default: standard',
      'flex',
    ),
  ),
  region: z.optional(
    doc(printable('a region'), "Region of the provider's with a factor of its own; default: none", 'us'),
  ),
  routing: part(routingSchema, 'Instead of `model`: several models, and the share each serves'),
  tags: doc(z._default(tags, {}), 'Totals by tag over many scenarios', { team: 'support' }),
  traffic: doc(z.prefault(trafficSchema, {}), 'How many requests, and when'),
  request: z.optional(doc(requestSchema, 'One request, call by call')),
  totals: part(totalsSchema, 'Instead of `request`: tokens per period, if nothing else is known'),
  cache: doc(
    z._default(cacheSchema, 'prefix'),
    'How cache hits are counted: prefix, none, ideal, {hit_share: 85%}, {policy: prefix, ttl: 1h, marks: [shared]}, or known usage: {read: 9511, write: 1956}',
    {
      policy: 'prefix',
      ttl: '1h',
    },
  ),
  self_host: part(selfHostSchema, 'Your own cluster, as an alternative to the API'),
  budget: part(budgetSchema, 'Limits on this scenario for dsprice check'),
  quality: part(quality, 'Scores of models for dsprice route, on any one scale; higher is better', {
    'deepseek-v4-pro': 71,
  }),
})

/** A scenario as written in its file, defaults filled in, text not yet counted. */
export type WrittenScenario = DeepReadonly<z.infer<typeof scenarioSchema>>

/** A scenario that a program hands over: the keys of a scenario file; its name may be left out. */
export type PlainScenario = Omit<DeepReadonly<z.input<typeof scenarioSchema>>, 'name'> & { readonly name?: string }
