import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { blocksOf, exampleOf, scenarioPage } from '../scripts/scenario-page.ts'
import { schemaParts } from '../src/load/schema/schema-parts.ts'
import { scenarioSchema } from '../src/model/scenario/scenario-schema.ts'
import { doc, usd } from '../src/model/units.ts'
import { repository } from './fake-io.ts'

const page = readFileSync(join(repository, 'docs/scenario.md'), 'utf8')
const blocks = blocksOf(scenarioSchema)

it('docs/scenario.md is what the schema gives (else: npm run docs)', () => {
  expect(page).toBe(scenarioPage())
})

it('has a row for a key that is only in the schema', () => {
  const extended = z.extend(scenarioSchema, { surcharge: z.optional(doc(usd, 'USD on top of every request', 0.01)) })
  expect(scenarioPage(extended)).toContain('| `surcharge` | USD |  | `0.01` | USD on top of every request |')
})

// Whatever has keys of its own is explained by those.
const keys = blocks.flatMap(({ top, below }) => [
  ...(below.length > 0 ? [] : [{ ...top, name: top.path }]),
  ...below.filter(({ schema }) => !schemaParts(schema).shape).map(key => ({ ...key, name: `${top.path}.${key.path}` })),
])

describe('a key says what it means, and has an example that its schema takes', () => {
  it.each(keys.map(key => [key.name, key] as const))('%s', (_, key) => {
    expect(key.about).not.toBe('')
    const example = exampleOf(key)
    expect(example).toBeDefined()
    expect(z.safeParse(key.schema, example).error?.issues).toBeUndefined()
  })
})
