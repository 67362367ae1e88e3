import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { readBook } from '../../../src/load/book/book.ts'
import type { Price, Rate } from '../../../src/model/book/book.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => writeFileSync(join(folder, 'book.json'), readFileSync(join(repository, 'test/fixtures/book.json'))))

const sources = { deal: { title: 'Contract', where: 'contract.pdf', retrieved: null, grade: 'own' } }
const row = (from: string, to: string | null, input: string) => ({
  from,
  to,
  input,
  cache_read: '0.1',
  output: '1',
  source: 'deal',
  grade: 'own',
})

const write = (name: string, layer: object): string => {
  writeFileSync(join(folder, name), JSON.stringify({ schema: 'dsprice/pricing/1', sources, ...layer }))
  return name
}

const load = (...names: string[]) => readBook(names, fakeIo(folder))

const shown = (rate: Rate | undefined): string => (rate === null ? '?' : (rate ?? '-'))

/** A model's rows as `from..to input`. */
const rowsOf = async (names: string[], id: string): Promise<string[]> => {
  const { book } = await load(...names)
  return (book.models.find(model => model.id === id)?.prices ?? []).map(
    (price: Price) => `${price.from}..${price.to ?? ''} ${shown(price.input)}`,
  )
}

const faultsOf = async (...names: string[]): Promise<string[]> => {
  try {
    await load(...names)
    return []
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.problems.map(({ code, at, path }) => [code, at, path?.join('.')].filter(Boolean).join(' '))
  }
}

describe('rows over a book', () => {
  // The book has $3 from 2026-01-01 and $2 from 2026-06-01 on.
  it.each([
    {
      it: 'cut the row they lie in at both ends',
      rows: [row('2026-07-01', '2026-08-01', '1')],
      found: ['2026-01-01..2026-06-01 3', '2026-06-01..2026-07-01 2', '2026-07-01..2026-08-01 1', '2026-08-01.. 2'],
    },
    {
      it: 'without an end hold for good',
      rows: [row('2026-07-01', null, '1')],
      found: ['2026-01-01..2026-06-01 3', '2026-06-01..2026-07-01 2', '2026-07-01.. 1'],
    },
    {
      it: 'across two rows cut both',
      rows: [row('2026-05-01', '2026-07-01', '1')],
      found: ['2026-01-01..2026-05-01 3', '2026-05-01..2026-07-01 1', '2026-07-01.. 2'],
    },
    {
      it: 'that cover a row replace it',
      rows: [row('2025-12-01', '2026-06-01', '1')],
      found: ['2025-12-01..2026-06-01 1', '2026-06-01.. 2'],
    },
    {
      it: 'before the first row come first',
      rows: [row('2025-01-01', '2026-01-01', '1')],
      found: ['2025-01-01..2026-01-01 1', '2026-01-01..2026-06-01 3', '2026-06-01.. 2'],
    },
    {
      it: 'at an instant cut there',
      rows: [row('2026-07-01T09:30Z', '2026-07-01T13:00+02:00', '5')],
      found: [
        '2026-01-01..2026-06-01 3',
        '2026-06-01..2026-07-01T09:30Z 2',
        '2026-07-01T09:30Z..2026-07-01T13:00+02:00 5',
        '2026-07-01T13:00+02:00.. 2',
      ],
    },
    {
      it: 'may come in any order',
      rows: [row('2026-08-01', '2026-10-01', '5'), row('2026-07-01', '2026-08-01', '1')],
      found: [
        '2026-01-01..2026-06-01 3',
        '2026-06-01..2026-07-01 2',
        '2026-07-01..2026-08-01 1',
        '2026-08-01..2026-10-01 5',
        '2026-10-01.. 2',
      ],
    },
  ])('$it', async ({ rows, found }) => {
    const mine = write('mine.json', { models: [{ id: 'plain', prices: rows }] })
    expect(await rowsOf(['book.json', mine], 'plain')).toEqual(found)
  })

  it('of a later file win', async () => {
    const first = write('first.json', { models: [{ id: 'plain', prices: [row('2026-07-01', null, '1')] }] })
    const second = write('second.json', { models: [{ id: 'plain', prices: [row('2026-08-01', null, '5')] }] })
    expect(await rowsOf(['book.json', first, second], 'plain')).toContain('2026-08-01.. 5')
    expect(await rowsOf(['book.json', second, first], 'plain')).toContain('2026-07-01.. 1')
  })

  it('may name a model by its alias, whatever its case, and keep its id', async () => {
    const mine = write('mine.json', {
      models: [{ id: 'Plain-Latest', context: 5, prices: [row('2026-07-01', null, '1')] }],
    })
    const { book } = await load('book.json', mine)
    expect(book.models.filter(({ id }) => /plain/i.test(id))).toMatchObject([
      { id: 'plain', context: 5, provider: 'acme' },
    ])
  })

  it('may bring a model of its own', async () => {
    const fresh = { id: 'fresh', provider: 'acme', aliases: [], context: null, max_output: null, tokenizer: null }
    const mine = write('mine.json', { models: [{ ...fresh, prices: [row('2026-07-01', null, '1')] }] })
    expect(await rowsOf(['book.json', mine], 'fresh')).toEqual(['2026-07-01.. 1'])
  })

  it('leave the bundled book as it was', async () => {
    const mine = write('mine.json', { models: [{ id: 'o3', prices: [row('2026-01-01', null, '1')] }] })
    expect(await rowsOf([mine], 'o3')).toContain('2026-01-01.. 1')
    expect(await rowsOf([], 'o3')).not.toContain('2026-01-01.. 1')
  })
})

describe('a discount', () => {
  const off = (discount: object) =>
    write('deal.json', { discounts: [{ source: 'deal', from: '2026-11-01', ...discount }] })

  const rowAt = async (names: string[], id: string, from: string): Promise<Price | undefined> => {
    const { book } = await load(...names)
    return book.models.find(model => model.id === id)?.prices.find(price => price.from === from)
  }

  it('reduces every rate of a provider inside its dates', async () => {
    const deal = off({ provider: 'wren', off: '0.15', to: '2026-12-01' })
    // 4 × 0.85 = 3.4, 0.4 × 0.85 = 0.34, 5 × 0.85 = 4.25, 8 × 0.85 = 6.8, 20 × 0.85 = 17
    expect(await rowAt(['book.json', deal], 'writer', '2026-11-01')).toMatchObject({
      input: '3.4',
      cache_read: '0.34',
      cache_write: '4.25',
      cache_write_1h: '6.8',
      output: '17',
      to: '2026-12-01',
      source: 'deal',
      also: ['wren-page'],
    })
    expect(await rowAt(['book.json', deal], 'writer', '2026-12-01')).toMatchObject({ input: '4', source: 'wren-page' })
    expect(await rowAt(['book.json', deal], 'plain', '2026-11-01')).toBeUndefined()
  })

  it('reaches tiers and windows; an unknown rate stays unknown and one not offered stays so', async () => {
    const acme = off({ model: 'tiered', off: '0.5' })
    expect((await rowAt(['book.json', acme], 'tiered', '2026-11-01'))?.tiers).toMatchObject([
      { input: '1', cache_read: '0.1', output: '4' },
    ])
    const wren = off({ provider: 'wren', off: '0.5' })
    expect(await rowAt(['book.json', wren], 'peaky', '2026-11-01')).toMatchObject({
      input: '0.5',
      cache_read: null,
      windows: [{ input: '1', cache_read: null, output: '2' }],
    })
    expect(await rowAt(['book.json', wren], 'half-known', '2026-11-01')).toMatchObject({
      cache_read: 'not_offered',
      output: null,
    })
  })

  it('of 100% makes it free, and of nothing changes nothing', async () => {
    expect(await rowAt(['book.json', off({ model: 'plain', off: '1' })], 'plain', '2026-11-01')).toMatchObject({
      input: '0',
      output: '0',
    })
    expect(await rowAt(['book.json', off({ model: 'plain', off: '0' })], 'plain', '2026-11-01')).toMatchObject({
      input: '2',
      output: '8',
    })
  })

  it('lies over rows of the same file', async () => {
    const both = write('both.json', {
      models: [{ id: 'plain', prices: [row('2026-10-01', null, '1')] }],
      discounts: [{ model: 'plain', off: '0.2', from: '2026-11-01', source: 'deal' }],
    })
    expect(await rowsOf(['book.json', both], 'plain')).toEqual([
      '2026-01-01..2026-06-01 3',
      '2026-06-01..2026-10-01 2',
      '2026-10-01..2026-11-01 1',
      '2026-11-01.. 0.8',
    ])
  })

  it('on a discount multiplies: a tenth off a tenth off is 19%', async () => {
    const twice = write('twice.json', {
      discounts: [
        { model: 'plain', off: '0.1', from: '2026-11-01', source: 'deal' },
        { provider: 'acme', off: '0.1', from: '2026-11-01', source: 'deal' },
      ],
    })
    expect(await rowAt(['book.json', twice], 'plain', '2026-11-01')).toMatchObject({ input: '1.62', output: '6.48' })
  })

  it('may be a surcharge, and reaches the rates of services; a factor of theirs stands', async () => {
    const served = write('served.json', {
      models: [
        {
          id: 'plain',
          prices: [
            {
              ...row('2026-10-01', null, '2'),
              services: {
                flex: { factor: '0.5', source: 'deal' },
                fast: [{ input: '4', output: '8', tiers: 'not_offered', source: 'deal' }],
              },
            },
          ],
        },
      ],
      discounts: [{ model: 'plain', factor: '1.1', from: '2026-11-01', source: 'deal' }],
    })
    // 2 × 1.1 = 2.2; 4 × 1.1 = 4.4, 8 × 1.1 = 8.8
    expect(await rowAt(['book.json', served], 'plain', '2026-11-01')).toMatchObject({
      input: '2.2',
      services: {
        flex: { factor: '0.5' },
        fast: [{ input: '4.4', output: '8.8', tiers: 'not_offered' }],
      },
    })
  })

  it('spread over two rows keeps their border', async () => {
    const wide = write('wide.json', {
      discounts: [{ model: 'plain', off: '0.5', from: '2026-05-01', to: '2026-07-01', source: 'deal' }],
    })
    expect(await rowsOf(['book.json', wide], 'plain')).toEqual([
      '2026-01-01..2026-05-01 3',
      '2026-05-01..2026-06-01 1.5',
      '2026-06-01..2026-07-01 1',
      '2026-07-01.. 2',
    ])
  })

  it('above 100% is refused', async () => {
    expect(await faultsOf('book.json', off({ model: 'plain', off: '1.5' }))).not.toEqual([])
  })
})

describe('faults', () => {
  it('name an unknown source where it stands', async () => {
    const rows = [{ ...row('2026-07-01', null, '1'), source: 'x' }]
    const [fault] = await faultsOf('book.json', write('mine.json', { models: [{ id: 'plain', prices: rows }] }))
    expect(fault).toMatch(/^NO_SOURCE mine\.json:1:\d+ models\.0\.prices\.0\.source$/)
  })

  it('an unknown bundled book', async () => {
    expect(await faultsOf(write('mine.json', { extends: '2020-01-01' }))).toEqual(['UNKNOWN_BOOK'])
  })

  it('an unknown bundled book beside one that is there', async () => {
    expect(await faultsOf('2026-05-15', write('mine.json', { extends: '2020-01-01' }))).toEqual(['UNKNOWN_BOOK'])
  })

  it('another bundled book than the one asked for', async () => {
    expect(await faultsOf('2026-05-15', write('mine.json', { extends: '2026-11-23' }))).toEqual(['TWO_BOOKS'])
  })

  it('of two files are told at once', async () => {
    const first = write('first.json', { model: [] })
    const second = write('second.json', { discount: [] })
    expect(
      (await faultsOf('book.json', first, second)).map(text =>
        text
          .split(' ')
          .slice(0, 1)
          .concat(text.split(' ').at(-1) ?? ''),
      ),
    ).toEqual([
      ['UNKNOWN_KEY', 'model'],
      ['UNKNOWN_KEY', 'discount'],
    ])
  })

  it('two books of one’s own', async () => {
    writeFileSync(join(folder, 'other.json'), readFileSync(join(folder, 'book.json')))
    expect(await faultsOf('book.json', 'other.json')).toEqual(['TWO_BOOKS'])
  })

  it('a bundled book beside a book of one’s own', async () => {
    expect(await faultsOf('2026-05-15', 'book.json')).toEqual(['TWO_BOOKS'])
  })

  it('a row that ends before it begins', async () => {
    expect(
      await faultsOf(
        'book.json',
        write('mine.json', { models: [{ id: 'plain', prices: [row('2026-07-01', '2026-06-01', '1')] }] }),
      ),
    ).not.toEqual([])
  })
})

describe('extends', () => {
  it('says which bundled book lies below', async () => {
    const mine = write('mine.json', { extends: '2026-05-15' })
    expect((await load(mine)).book.version).toBe('2026-05-15')
  })

  it('none makes a book of one’s own', async () => {
    const { book, layers } = await load('book.json')
    expect([book.version, book.models.length, layers.length]).toEqual(['2026-01-01', 5, 0])
  })

  it('left out takes the newest', async () => {
    expect((await load(write('mine.json', {}))).book.version).toBe('2026-11-23')
  })

  it('may agree with --pricing', async () => {
    expect((await load('2026-05-15', write('mine.json', { extends: '2026-05-15' }))).book.version).toBe('2026-05-15')
  })
})

describe('the hash', () => {
  it('of a bundled book is the sha256 of its file', async () => {
    const { createHash } = await import('node:crypto')
    const bytes = readFileSync(join(repository, 'pricing/2026-05-15.json'))
    expect((await load('2026-05-15')).hash).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('changes with every layer and with their order', async () => {
    const a = write('a.json', { note: 'a' })
    const b = write('b.json', { note: 'b' })
    const hashes = await Promise.all(
      [load(), load(a), load(b), load(a, b), load(b, a)].map(async one => (await one).hash),
    )
    expect(new Set(hashes).size).toBe(5)
  })
})
