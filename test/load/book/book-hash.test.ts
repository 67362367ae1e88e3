import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksum, shippedHash } from '../../../src/load/book/book-hash.ts'
import { repository } from '../../fake-io.ts'
import { runs } from '../../laws.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const path = 'pricing/2026-05-15.json'
const book = readFileSync(join(repository, path))
const shipping = (noted: string) => ({ shipped: () => new TextEncoder().encode(noted) })

describe('the hash of a book that ships', () => {
  it('is noted by the build, of every book', () => {
    const noted = JSON.parse(readFileSync(join(repository, 'dist/books.json'), 'utf8')) as Record<string, unknown>
    expect(Object.keys(noted)).toEqual(expect.arrayContaining([path, 'pricing/2026-11-23.json']))
    for (const name of Object.keys(noted)) {
      const bytes = readFileSync(join(repository, name))
      expect(noted[name], name).toEqual({ sum: checksum(bytes), sha256: sha256(bytes) })
    }
  })

  it('is taken from there, which spares loading the cryptography', () => {
    const noted = JSON.stringify({ [path]: { sum: checksum(book), sha256: 'as noted' } })
    expect(shippedHash(path, book, shipping(noted))).toBe('as noted')
  })

  it('is worked out where the file has been changed since', () => {
    const noted = JSON.stringify({ [path]: { sum: checksum(book), sha256: 'as noted' } })
    fc.assert(
      fc.property(fc.nat(book.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(book)
        changed[at] = (book[at] ?? 0) ^ change
        expect(shippedHash(path, changed, shipping(noted))).toBe(sha256(changed))
      }),
      { numRuns: runs(50) },
    )
    expect(shippedHash(path, book.subarray(1), shipping(noted))).toBe(sha256(book.subarray(1)))
  })

  it('is worked out where nothing was built', () => {
    const shipped = (): Uint8Array => {
      throw new Error('ENOENT')
    }
    expect(shippedHash(path, book, { shipped })).toBe(sha256(book))
  })
})
