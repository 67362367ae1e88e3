import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleOf } from './build/bundle.mjs'

/** Writes the JSON Schemas: schema/ of everything that dsprice reads and prints, and that of the market's provider files. */

const root = join(import.meta.dirname, '..')
const folder = join(root, 'schema')
const { jsonSchemas, marketJsonSchema } = await moduleOf(root, 'src/model/result/json-schemas.ts')
mkdirSync(folder, { recursive: true })
for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(folder, `${name}.schema.json`), text)
writeFileSync(join(root, 'pricing/market.schema.json'), marketJsonSchema())
