import { describe, expect, it } from 'vitest'
import { bookSchema } from '../../src/model/book/book-schema.ts'
import { ageSheet } from '../../src/report/sheets/age.ts'
import { model, ownSource, provider, readMade, row } from '../market-files.ts'

describe('the market book', () => {
  it('is a book that fits the schema', () => {
    const { book } = readMade({ zeta: provider('Zeta'), alpha: provider('Alpha') })
    expect(bookSchema.safeParse(book).error?.issues).toBeUndefined()
    expect(book).toMatchObject({ schema: 'dsprice/pricing/1', title: 'A market', currency: 'USD' })
  })

  it('has the providers named first in front, the others by id, whatever the order of their files', () => {
    const files = { beta: provider('Beta'), alpha: provider('Alpha'), zeta: provider('Zeta') }
    const { book } = readMade(files)
    expect(Object.keys(book.providers)).toEqual(['zeta', 'alpha', 'beta'])
    expect(book.models.map(({ id }) => id)).toEqual(['zeta-1', 'alpha-1', 'beta-1'])
    expect(readMade(Object.fromEntries(Object.entries(files).reverse())).book).toEqual(book)
  })

  it('has the newest review as its version, and counts as reviewed since the oldest', () => {
    const { book } = readMade({
      zeta: provider('Zeta', { reviewed: '2026-02-03' }),
      alpha: provider('Alpha', { reviewed: '2026-02-28' }),
      beta: provider('Beta', { reviewed: '2026-01-31' }),
    })
    expect(book).toMatchObject({ version: '2026-02-28', reviewed: '2026-01-31' })
  })

  it('takes a provider without models for its rules and facts', () => {
    const facts = { zdr: { value: 'self', source: 'own' } }
    const empty = provider('Alpha', { models: [], facts, sources: { own: ownSource('Own page') } })
    const { book } = readMade({ zeta: provider('Zeta'), alpha: empty })
    expect(book.models.map(({ id }) => id)).toEqual(['zeta-1'])
    expect(book.providers.alpha?.facts).toEqual(facts)
    expect(ageSheet(book, '2026-02-01').rows.map(([id]) => id)).toEqual(['zeta'])
  })

  it('gives a model the provider of its file', () => {
    const { book } = readMade({ zeta: provider('Zeta') })
    expect(book.models[0]).toMatchObject({ id: 'zeta-1', provider: 'zeta' })
  })

  it('ends a row where the next begins, and leaves the last one open unless it ends', () => {
    const prices = [row('2026-01-01'), row('2026-02-01T16:00Z'), row('2026-03-01')]
    const ended = [row('2026-01-01', { to: '2026-05-01' })]
    const { book } = readMade({
      zeta: provider('Zeta', { models: [model('a', { prices }), model('b', { prices: ended })] }),
    })
    const ends = book.models.map(one => one.prices.map(({ to }) => to))
    expect(ends).toEqual([['2026-02-01T16:00Z', '2026-03-01', undefined], ['2026-05-01']])
  })

  it('gives a row the grade of its source', () => {
    const own = { ...ownSource('Own page'), grade: 'official-quoted' }
    const prices = [row('2026-01-01'), row('2026-02-01', { source: 'own' })]
    const { book } = readMade({ zeta: provider('Zeta', { sources: { own }, models: [model('a', { prices })] }) })
    expect(book.models[0]?.prices.map(({ grade }) => grade)).toEqual(['catalogue', 'official-quoted'])
    expect(Object.keys(book.sources)).toEqual(['shared', 'own'])
  })
})

describe('scores of a board', () => {
  const board = {
    title: 'A board',
    reviewed: '2026-03-01',
    date: '2026-02-20',
    source: 'own-board',
    sources: { 'own-board': ownSource('A board') },
    scores: {
      'big-1': { value: 1400, low: 1396, high: 1404 },
      'big-2': { value: 1450, low: null, high: null, row: 'high' },
    },
  }
  const prices = [row('2026-01-01'), row('2026-02-01', { weights: 'big-2' }), row('2026-03-01', { weights: 'big-3' })]
  const { book } = readMade(
    {
      zeta: provider('Zeta', {
        models: [model('big-1', { prices }), model('other', { weights: 'big-2' }), model('none')],
      }),
      alpha: provider('Alpha', { models: [model('alpha/big-1')] }),
    },
    { boards: { arena: board } },
  )
  const first = { arena: { value: 1400, low: 1396, high: 1404, date: '2026-02-20', source: 'own-board' } }
  const second = { arena: { value: 1450, low: null, high: null, row: 'high', date: '2026-02-20', source: 'own-board' } }

  it('hold for the weights of a model, whatever its name and host', () => {
    expect(book.models.map(({ id, scores }) => [id, scores])).toEqual([
      ['big-1', first],
      ['other', second],
      ['none', undefined],
      ['alpha/big-1', first],
    ])
  })

  it('hold for the weights of a row: none, where the board does not have them', () => {
    expect(book.models[0]?.prices.map(({ scores }) => scores)).toEqual([undefined, second, {}])
  })

  it('make a new version when they are read again, but no review of the prices', () => {
    expect(book).toMatchObject({ version: '2026-03-01', reviewed: '2026-02-01' })
  })

  it('refuses a score outside its own interval, in the file', () => {
    const wrong = { ...board, scores: { 'big-1': { value: 1400, low: 1401, high: 1404 } } }
    expect(() => readMade({ zeta: provider('Zeta') }, { boards: { arena: wrong } })).toThrow('low <= value <= high')
  })
})

describe('what gateways call providers and models', () => {
  const litellm = { prefix: 'zeta_ai', key: 'ZETA_API_KEY' }
  const files = {
    zeta: provider('Zeta', { gateways: { litellm }, models: [model('z.1', { api_name: 'z-1' }), model('z-2')] }),
    alpha: provider('Alpha'),
  }

  it('is gathered from their files', () => {
    expect(readMade(files).gatewayNames).toEqual({ providers: { zeta: { litellm } }, models: { 'z.1': 'z-1' } })
  })

  it('is in no book', () => {
    expect(JSON.stringify(readMade(files).book)).not.toMatch(/gateways|litellm|api_name/)
  })
})
