import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleOf } from './bundle.mjs'

/** Writes books.json: of every book that ships its checksum, and its sha256, which takes longer to work out. */
export const writeBookHashes = async (root, dist) => {
  const { checksum } = await moduleOf(root, 'src/load/book/book-hash.ts')
  const rows = readdirSync(join(root, 'pricing'))
    .sort()
    .map(name => {
      const bytes = readFileSync(join(root, 'pricing', name))
      return [`pricing/${name}`, { sum: checksum(bytes), sha256: createHash('sha256').update(bytes).digest('hex') }]
    })
  writeFileSync(join(dist, 'books.json'), `${JSON.stringify(Object.fromEntries(rows), null, 1)}\n`)
}
