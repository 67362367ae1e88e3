import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { printBook } from '../../../src/load/book/market.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { repository } from '../../fake-io.ts'
import { heading, model, ownSource, provider, readMade, row } from '../../market-files.ts'
import { removeFolder } from '../../remove-folder.ts'

/** Every fault of a market as `place CODE what`. */
const faultsOf = (...market: Parameters<typeof readMade>): string[] => {
  try {
    readMade(...market)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.problems.map(({ at, code, what }) => `${at} ${code} ${what}`)
  }
  return []
}

const zeta = (more: Record<string, unknown>) => ({ zeta: provider('Zeta', more) })
const priced = (...prices: Record<string, unknown>[]) => zeta({ models: [model('a', { prices })] })

describe('a fault in a provider’s file', () => {
  it.each<{ it: string; market: Parameters<typeof readMade>; faults: RegExp[] }>([
    {
      it: 'an unknown key',
      market: [zeta({ revewed: '2026-02-01' })],
      faults: [/^pricing\/market\/zeta\.json:\d+:\d+ UNKNOWN_KEY /],
    },
    {
      it: 'a grade of its own in a row',
      market: [priced(row('2026-01-01', { grade: 'own' }))],
      faults: [/^pricing\/market\/zeta\.json:\d+:\d+ UNKNOWN_KEY /],
    },
    {
      it: 'a source that nobody describes',
      market: [priced(row('2026-01-01', { source: 'nowhere' }))],
      faults: [/^pricing\/market\.json:\d+:\d+ INVALID nothing here names the source/, /zeta\.json:\d+:\d+ NO_SOURCE /],
    },
    {
      it: 'a source that nothing names',
      market: [zeta({ sources: { own: ownSource('Own') } })],
      faults: [/zeta\.json:\d+:\d+ INVALID nothing here names the source/],
    },
    {
      it: 'a source that another file describes otherwise',
      market: [
        {
          ...priced(row('2026-01-01', { also: ['own'] })),
          alpha: provider('Alpha', {
            sources: { own: ownSource('Another') },
            models: [model('b', { prices: [row('2026-01-01', { also: ['own'] })] })],
          }),
          beta: provider('Beta', {
            sources: { own: ownSource('Own') },
            models: [model('c', { prices: [row('2026-01-01', { also: ['own'] })] })],
          }),
        },
      ],
      faults: [/beta\.json:\d+:\d+ INVALID alpha says something else of the source/],
    },
    {
      it: 'rows that are not in the order of their dates',
      market: [priced(row('2026-03-01'), row('2026-01-01'))],
      faults: [/zeta\.json:\d+:\d+ INVALID the row from 2026-01-01 stands after/],
    },
    {
      it: 'a row that ends before the next begins',
      market: [priced(row('2026-01-01', { to: '2026-02-01' }), row('2026-03-01'))],
      faults: [/zeta\.json:\d+:\d+ ROWS_GAP /],
    },
    {
      it: 'a name that two providers claim',
      market: [
        {
          zeta: provider('Zeta', { models: [model('a', { aliases: ['one'] })] }),
          alpha: provider('Alpha', { models: [model('b', { aliases: ['One'] })] }),
        },
      ],
      faults: [/alpha\.json:\d+:\d+ ALIAS_TWICE /],
    },
    {
      it: 'a cache rule that the provider does not have',
      market: [zeta({ models: [model('a', { cache: { rule: 'marks' } })] })],
      faults: [/zeta\.json:\d+:\d+ NO_RULE /],
    },
  ])('is told at its place: $it', ({ market, faults }) => {
    const found = faultsOf(...market)
    expect(found).toEqual(faults.map(fault => expect.stringMatching(fault)))
  })

  it('is told with those of every other file', () => {
    const found = faultsOf(
      { zeta: provider('Zeta', { usage: 'x' }), alpha: provider('Alpha', { batch: 'x' }) },
      { head: {} },
    )
    expect(found.map(fault => fault.replace(/:\d+:\d+ .*$/, ''))).toEqual([
      ...Array(3).fill('pricing/market.json'),
      'pricing/market/zeta.json',
      'pricing/market/alpha.json',
    ])
  })
})

it('reads the new provider of docs/price-books.md', () => {
  const page = readFileSync(join(repository, 'docs/price-books.md'), 'utf8')
  const [, example = ''] = /```json\n(\{\n {2}"\$schema"[\s\S]*?)```/.exec(page) ?? []
  const { book, gatewayNames } = readMade({ acme: JSON.parse(example), zeta: provider('Zeta') })
  expect(book.models.map(({ id }) => id)).toEqual(['zeta-1', 'acme-large'])
  expect(Object.keys(gatewayNames.providers)).toEqual(['acme'])
})

describe('the text of a book', () => {
  const market = () => readMade(priced(row('2026-01-01'), row('2026-02-01', { note: 'two\nlines' }))).book

  it('is the book', () => {
    expect(JSON.parse(printBook(market()))).toEqual(market())
    for (const version of ['2026-05-15', '2026-11-23']) {
      const book = JSON.parse(readFileSync(join(repository, `pricing/${version}.json`), 'utf8')) as Book
      expect(JSON.parse(printBook(book))).toEqual(book)
    }
  })

  it('has a line for each row', () => {
    expect(printBook(market()).match(/^ +\{"from":.*\},?$/gm)).toHaveLength(2)
  })
})

describe('the build', () => {
  let pricing: string
  beforeEach(() => {
    pricing = mkdtempSync(join(tmpdir(), 'dsprice-market-'))
    mkdirSync(join(pricing, 'market'))
    mkdirSync(join(pricing, 'boards'))
    put('market.json', heading)
    put('market/zeta.json', provider('Zeta'))
  })
  afterEach(() => removeFolder(pricing))

  const put = (name: string, data: unknown): void => writeFileSync(join(pricing, name), JSON.stringify(data))

  const marketOf = async (): Promise<{ book: Book; text: string; released: boolean }> => {
    const market = await import(join(repository, 'scripts/build/market.mjs'))
    return market.marketOf(repository, pricing)
  }

  /** Releases the market as it stands. */
  const release = async (): Promise<void> => {
    const { book, text } = await marketOf()
    writeFileSync(join(pricing, `${book.version}.json`), text)
    put('released.json', { [book.version]: '' })
  }

  it('has a book to release where there is none, and none once it is', async () => {
    put('released.json', {})
    expect(await marketOf()).toMatchObject({ released: false, book: { version: '2026-02-01' } })
    await release()
    expect(await marketOf()).toMatchObject({ released: true })
  })

  it('makes a new version of a change in one provider’s file', async () => {
    put('released.json', {})
    await release()
    put('market/alpha.json', provider('Alpha', { reviewed: '2026-02-02' }))
    expect(await marketOf()).toMatchObject({ released: false, book: { version: '2026-02-02' } })
  })

  it('refuses to change a released version', async () => {
    put('released.json', {})
    await release()
    put('market/zeta.json', provider('Zeta', { review_every_days: 31 }))
    await expect(marketOf()).rejects.toThrow(/released book 2026-02-01.*\nfix: set "reviewed"/)
  })

  it('tells every fault with its place', async () => {
    put('released.json', {})
    put('market/zeta.json', provider('Zeta', { usage: 'x' }))
    await expect(marketOf()).rejects.toThrow(/^pricing\/market\/zeta\.json:1:\d+ INVALID .*\n {2}fix: /)
  })
})
