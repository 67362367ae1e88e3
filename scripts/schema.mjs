import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** Writes schema/: the JSON Schemas of everything that dsprice reads and prints. */

const root = join(import.meta.dirname, '..')
const folder = join(root, 'schema')
const bundle = join(root, 'dist', 'json-schemas.mjs')
await build({
  entryPoints: [join(root, 'src/model/json-schemas.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
})
const { jsonSchemas } = await import(bundle)
rmSync(bundle)
mkdirSync(folder, { recursive: true })
for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(folder, `${name}.schema.json`), text)
