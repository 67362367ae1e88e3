import * as z from 'zod/mini'
import { bookSchema, layerSchema } from '../book/book-schema.ts'
import { clustersSchema } from '../book/clusters-schema.ts'
import { marketProviderSchema } from '../book/market-schema.ts'
import { configSchema } from '../scenario/config-schema.ts'
import { scenarioSchema } from '../scenario/scenario-schema.ts'
import { adviceSchema } from './advice.ts'
import { differenceSchema } from './difference.ts'
import { forecastSchema } from './forecast.ts'
import { replaySchema } from './replay.ts'
import { compareSchema, resultSchema } from './result.ts'
import { SCHEMA_NAMES, type SchemaName } from './schema-names.ts'
import { sweepSchema } from './sweep.ts'
import { usageSchema } from './usage.ts'

const SCHEMAS = {
  scenario: { schema: scenarioSchema, title: 'dsprice scenario' },
  pricing: { schema: z.union([bookSchema, layerSchema]), title: 'dsprice price book, or rows of your own over one' },
  clusters: { schema: clustersSchema, title: 'dsprice cluster book: throughput, GPU-hour prices, memory' },
  result: { schema: resultSchema, title: 'dsprice/result/1' },
  diff: { schema: differenceSchema, title: 'dsprice/diff/1' },
  forecast: { schema: forecastSchema, title: 'dsprice/forecast/1' },
  config: { schema: configSchema, title: 'dsprice.config.yaml: limits on cost' },
  compare: { schema: compareSchema, title: 'dsprice/compare/1' },
  sweep: { schema: sweepSchema, title: 'dsprice/sweep/1' },
  usage: { schema: usageSchema, title: 'dsprice/usage/1' },
  advice: { schema: adviceSchema, title: 'dsprice/advice/1' },
  replay: { schema: replaySchema, title: 'dsprice/replay/1' },
} as const satisfies Record<SchemaName, { schema: z.core.$ZodType; title: string }>

/** A schema as JSON Schema text, for the input form, not the parsed one. */
export const jsonSchema = (schema: z.core.$ZodType, title: string): string => {
  const body = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' })
  return `${JSON.stringify({ title, ...body }, null, 2)}\n`
}

/** The JSON Schema of each kind of file, as text; `schema/` holds them, and a test keeps the two in step. */
export const jsonSchemas = (): Record<SchemaName, string> => {
  const texts = SCHEMA_NAMES.map(name => [name, jsonSchema(SCHEMAS[name].schema, SCHEMAS[name].title)])
  return Object.fromEntries(texts) as Record<SchemaName, string>
}

/** The JSON Schema of a provider's file in `pricing/market/`, for editors: such files stay in the repository. */
export const marketJsonSchema = (): string => jsonSchema(marketProviderSchema, "dsprice market book: a provider's file")
