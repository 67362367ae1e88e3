import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleModule } from './build/bundle.mjs'

/** Writes the pages of docs/ that the source already states. */

const root = join(import.meta.dirname, '..')

const PAGES = [
  { file: 'errors.md', source: 'scripts/errors.ts', write: 'errorsPage' },
  { file: 'scenario.md', source: 'scripts/scenario-page.ts', write: 'scenarioPage' },
]

for (const { file, source, write } of PAGES) {
  // Beside the library, so that it finds what ships.
  const bundle = join(root, 'dist', `${file}.mjs`)
  await bundleModule(root, source, bundle)
  const page = await import(bundle)
  rmSync(bundle)
  writeFileSync(join(root, 'docs', file), page[write]())
}
