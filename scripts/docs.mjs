import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleModule } from './build/bundle.mjs'

/** Writes the pages of docs/ that the source already states. */

const root = join(import.meta.dirname, '..')
const bundle = join(root, 'dist', 'errors-page.mjs')
await bundleModule(root, 'scripts/errors.ts', bundle)
const { errorsPage } = await import(bundle)
rmSync(bundle)
writeFileSync(join(root, 'docs', 'errors.md'), errorsPage())
