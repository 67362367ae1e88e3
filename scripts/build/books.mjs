import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleOf } from './bundle.mjs'

export const sha256 = bytes => createHash('sha256').update(bytes).digest('hex')

/** Names of the price and cluster books in a folder: they end in a date. */
const booksIn = folder =>
  existsSync(folder) ? readdirSync(folder).filter(name => /\d{4}-\d{2}-\d{2}\.json$/.test(name)) : []

/** Writes books.json: for every book that ships, a checksum and the sha256, which takes a run longer to work out. */
export const writeBookHashes = async (root, dist) => {
  const { checksum } = await moduleOf(root, 'src/load/book/book-hash.ts')
  const places = [
    { name: 'pricing', folder: join(root, 'pricing') },
    { name: 'dist/pricing', folder: join(dist, 'pricing') },
  ]
  const rows = places.flatMap(({ name, folder }) =>
    booksIn(folder)
      .sort()
      .map(book => {
        const bytes = readFileSync(join(folder, book))
        return [`${name}/${book}`, { sum: checksum(bytes), sha256: sha256(bytes) }]
      }),
  )
  writeFileSync(join(dist, 'books.json'), `${JSON.stringify(Object.fromEntries(rows), null, 1)}\n`)
}
