import * as z from 'zod/mini'
import { bookSchema, layerSchema } from './book-schema.ts'
import { configSchema } from './budget.ts'
import { clustersSchema } from './clusters-schema.ts'
import { differenceSchema } from './difference.ts'
import { compareSchema, resultSchema } from './result.ts'
import { scenarioSchema } from './scenario.ts'

const SCHEMAS = {
  scenario: { schema: scenarioSchema, title: 'dsprice scenario' },
  pricing: { schema: z.union([bookSchema, layerSchema]), title: 'dsprice price book, or rows of your own over one' },
  clusters: { schema: clustersSchema, title: 'dsprice cluster book: throughput, GPU-hour prices, memory' },
  result: { schema: resultSchema, title: 'dsprice/result/1' },
  diff: { schema: differenceSchema, title: 'dsprice/diff/1' },
  config: { schema: configSchema, title: 'dsprice.config.yaml: limits on cost' },
  compare: { schema: compareSchema, title: 'dsprice/compare/1' },
} as const

/** The JSON Schema of each kind of file, as text; `schema/` holds them, and a test holds it to this. */
export const jsonSchemas = (): Record<keyof typeof SCHEMAS, string> => {
  const texts: Partial<Record<keyof typeof SCHEMAS, string>> = {}
  for (const [name, { schema, title }] of Object.entries(SCHEMAS)) {
    const body = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' })
    texts[name as keyof typeof SCHEMAS] = `${JSON.stringify({ title, ...body }, null, 2)}\n`
  }
  return texts as Record<keyof typeof SCHEMAS, string>
}
