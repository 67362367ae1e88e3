import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleModule } from './build/bundle.mjs'

/** Writes docs/claims.md: the article's numeric claims beside the tool's own results. */

const root = join(import.meta.dirname, '..')
// Beside the library, so that it finds what ships.
const bundle = join(root, 'dist', 'claims.mjs')
await bundleModule(root, 'scripts/claims.ts', bundle)
process.chdir(root)
const { claimsPage } = await import(bundle)
rmSync(bundle)
writeFileSync(join(root, 'docs', 'claims.md'), await claimsPage())
