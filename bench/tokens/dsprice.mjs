import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleModule } from '../../scripts/build/bundle.mjs'

/** dsprice's engine, bundled from src/ as the package has it. */

const root = join(import.meta.dirname, '../..')
const file = join(root, 'node_modules/.cache/dsprice/bench-tokens.mjs')

/** Bundles the engine; called once, before any process loads it. */
export const prepare = () => bundleModule(root, 'src/tokens/index.ts', file)

export const tokenizer = async name => {
  if (!existsSync(file)) await prepare()
  const { loadTokenizer } = await import(pathToFileURL(file).href)
  const shipped = path => readFileSync(join(root, path))
  return loadTokenizer(name, shipped)
}
