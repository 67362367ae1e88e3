import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleModule } from './build/bundle.mjs'

/** Writes the pages of docs/ that are made from what the code says. */

const root = join(import.meta.dirname, '..')
// Beside the library, so that it finds what ships.
const bundle = join(root, 'dist', 'scenario-page.mjs')
await bundleModule(root, 'scripts/scenario-page.ts', bundle)
const { scenarioPage } = await import(bundle)
rmSync(bundle)
writeFileSync(join(root, 'docs', 'scenario.md'), scenarioPage())
