import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from './build/books.mjs'
import { marketOf } from './build/market.mjs'

/**
 * Releases the market book as pricing/market makes it: from then on this version never changes.
 * With --check it only fails where there is something to release, so that nothing is published under a version that may
 * still change. node scripts/release-book.mjs [--check]
 */

const root = join(import.meta.dirname, '..')
const { book, released, text } = await marketOf(root)
const name = `pricing/${book.version}.json`

if (process.argv.includes('--check')) {
  if (!released) {
    console.error(`the market book ${book.version} is not released\nfix: npm run release-book`)
    process.exitCode = 1
  }
} else if (released) {
  console.log(`${name} is released, and says what pricing/market says`)
} else {
  const list = join(root, 'pricing/released.json')
  const hashes = { ...JSON.parse(readFileSync(list, 'utf8')), [book.version]: sha256(text) }
  writeFileSync(join(root, name), text)
  writeFileSync(list, `${JSON.stringify(hashes, null, 2)}\n`)
  console.log(`${name} is released: name it in README.md, docs/price-books.md and CHANGELOG.md, and commit all of it`)
}
