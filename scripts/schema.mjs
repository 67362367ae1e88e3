import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleModule } from './build/bundle.mjs'

/** Writes schema/: the JSON Schemas of everything that dsprice reads and prints. */

const root = join(import.meta.dirname, '..')
const folder = join(root, 'schema')
const bundle = join(root, 'dist', 'json-schemas.mjs')
await bundleModule(root, 'src/model/result/json-schemas.ts', bundle)
const { jsonSchemas } = await import(bundle)
rmSync(bundle)
mkdirSync(folder, { recursive: true })
for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(folder, `${name}.schema.json`), text)
