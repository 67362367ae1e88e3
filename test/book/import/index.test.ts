import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CATALOGUES, convertListing, IMPORT_CODES, type Imported } from '../../../src/book/import/index.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { CATALOGUE_NAMES } from '../../../src/model/book/choices.ts'
import { repository } from '../../fake-io.ts'

const folder = join(repository, 'test/fixtures/catalogues')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
const expected = read('expected') as { readonly as_of: string } & Readonly<Record<string, Imported>>

/** A book in which DeepSeek has prices by the hour, as ours has, and none of the toy models. */
const hourly = JSON.parse(readFileSync(join(repository, 'pricing/2026-11-23.json'), 'utf8')) as Book

describe.each(CATALOGUES)('$name', catalogue => {
  it('gives what expected.json says of its sample, every trap of it', () => {
    const listing = catalogue.read(read(catalogue.name), expected.as_of)
    if (listing === null) throw new Error('not of that shape')
    const options = { asOf: listing.date ?? expected.as_of, book: hourly }
    expect(convertListing(listing, catalogue, options)).toEqual(expected[catalogue.name])
  })

  it.each(CATALOGUES.filter(other => other !== catalogue))('takes no file of $name for its own', other => {
    expect(catalogue.read(read(other.name), expected.as_of)).toBeNull()
  })

  it.each([null, 3, 'text', [], {}, [[]], [null], { data: [] }, { providers: {} }, { a: { models: 3 } }])(
    'takes %j for nothing',
    data => {
      expect(catalogue.read(data, expected.as_of)).toBeNull()
    },
  )
})

it('the command line knows every catalogue', () => {
  expect(CATALOGUES.map(({ name }) => name)).toEqual(CATALOGUE_NAMES)
})

it('every code of expected.json has words, which follow the name of a model', () => {
  const told = CATALOGUES.flatMap(({ name }) => [
    ...(expected[name]?.skipped ?? []),
    ...(expected[name]?.warnings ?? []),
  ])
  expect(told.length).toBeGreaterThan(20)
  for (const { code } of told) expect(Object.keys(IMPORT_CODES)).toContain(code)
  for (const words of Object.values(IMPORT_CODES))
    expect(words).toMatch(/^(?:is|has|costs|reads|writes|mixes|states|differs) /)
})
