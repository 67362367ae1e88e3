import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** Writes docs/claims.md: the article's numeric claims beside the tool's own results. */

const root = join(import.meta.dirname, '..')
// Beside the library, so that it finds what ships.
const bundle = join(root, 'dist', 'claims.mjs')
await build({
  entryPoints: [join(root, 'scripts/claims.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
})
process.chdir(root)
const { claimsPage } = await import(bundle)
rmSync(bundle)
writeFileSync(join(root, 'docs', 'claims.md'), await claimsPage())
