import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeBookHashes } from './build/books.mjs'
import { bundleCli, bundleLibrary } from './build/bundle.mjs'
import { writeLicences } from './build/licences.mjs'
import { writeMarket } from './build/market.mjs'
import { bundlePage } from './build/page.mjs'
import { writeVocabularies } from './build/vocabulary.mjs'

/**
 * Builds dist/: the command line, the library and its types, the vocabularies, the market book unless it is released,
 * and the licences of what is bundled.
 * The same sources give the same bytes. node scripts/build.mjs [folder]
 */

const root = join(import.meta.dirname, '..')
const dist = process.argv[2] ?? join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })

const chunks = await bundleCli(root, dist)
await bundleLibrary(root, dist)
const pageModules = await bundlePage(root, dist)
await writeVocabularies(root, dist)
await writeMarket(root, dist)
await writeBookHashes(root, dist)
writeLicences(root, dist, [...chunks.flatMap(({ moduleIds }) => moduleIds), ...pageModules])
execFileSync(
  process.execPath,
  [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(root, 'scripts/tsconfig.types.json'),
    '--outDir',
    join(dist, 'types'),
  ],
  { stdio: 'inherit' },
)
