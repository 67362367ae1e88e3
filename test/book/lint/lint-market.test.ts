import { describe, expect, it } from 'vitest'
import { assembleMarket } from '../../../src/book/assemble-market.ts'
import { lintMarket } from '../../../src/book/lint/lint-market.ts'
import { marketProviderSchema, marketSchema } from '../../../src/model/book/market-schema.ts'
import { heading, model, ownSource, provider, row } from '../../market-files.ts'

type Files = Readonly<Record<string, ReturnType<typeof provider>>>

const found = (files: Files, head: object = heading) => {
  const market = {
    heading: marketSchema.parse(head),
    boards: new Map(),
    providers: new Map(Object.entries(files).map(([id, file]) => [id, marketProviderSchema.parse(file)])),
  }
  return lintMarket(market, assembleMarket(market))
}

/** Findings as `file CODE path`. */
const findingsOf = (...args: Parameters<typeof found>): string[] =>
  found(...args).map(({ provider: file, problem }) => `${file} ${problem.code} ${problem.path?.join('.')}`)

const priced = (...prices: readonly object[]) => [model('a'), model('b', { prices })]

describe('rows', () => {
  it.each<{ it: string; from: readonly string[]; finds: readonly string[] }>([
    { it: 'the oldest first', from: ['2026-01-01', '2026-02-01'], finds: [] },
    { it: 'two of one day', from: ['2026-01-01', '2026-01-01'], finds: ['zeta INVALID models.1.prices.1.from'] },
    {
      // The end dates are wrong then, of which nothing more is said.
      it: 'the oldest last',
      from: ['2026-02-01', '2026-03-01', '2026-01-01'],
      finds: ['zeta INVALID models.1.prices.2.from'],
    },
  ])('$it: $finds', ({ from, finds }) => {
    expect(findingsOf({ zeta: provider('Zeta', { models: priced(...from.map(day => row(day))) }) })).toEqual(finds)
  })
})

describe('sources', () => {
  it.each<{ it: string; files: Files; head?: object; finds: readonly string[] }>([
    {
      it: 'of the heading, used by one file of two',
      files: {
        zeta: provider('Zeta'),
        beta: provider('Beta', {
          sources: { own: ownSource('Own') },
          models: [model('b', { prices: [row('2026-01-01', { source: 'own' })] })],
        }),
      },
      finds: [],
    },
    {
      it: 'of the heading, used by none',
      files: { zeta: provider('Zeta') },
      head: { ...heading, sources: { ...heading.sources, idle: ownSource('Idle') } },
      finds: ['null INVALID sources.idle'],
    },
    {
      it: 'of a file, used by another alone',
      files: {
        zeta: provider('Zeta', { sources: { own: ownSource('Own') } }),
        beta: provider('Beta', { models: [model('b', { prices: [row('2026-01-01', { also: ['own'] })] })] }),
      },
      finds: ['zeta INVALID sources.own'],
    },
    {
      it: 'described twice in the same words',
      files: { zeta: provider('Zeta', { sources: heading.sources }) },
      finds: [],
    },
    {
      it: 'described twice in other words',
      files: { zeta: provider('Zeta', { sources: { shared: ownSource('Other') } }) },
      finds: ['zeta INVALID sources.shared'],
    },
  ])('$it: $finds', ({ files, head, finds }) => {
    expect(findingsOf(files, head)).toEqual(finds)
  })

  it('that two files describe otherwise are told in the second, with the name of the first', () => {
    const own = (title: string) => ({
      sources: { own: ownSource(title) },
      models: [model(title, { prices: [row('2026-01-01', { also: ['own'] })] })],
    })
    const [fault, ...others] = found({
      beta: provider('Beta', own('x')),
      alpha: provider('Alpha', own('y')),
      zeta: provider('Zeta'),
    })
    expect(others).toEqual([])
    expect([fault?.provider, fault?.problem.what]).toEqual(['alpha', expect.stringContaining('beta says')])
  })
})

it('a fault of the book is told in the file that it comes from, whatever the order of the book', () => {
  // In the book Zeta’s model comes first, then Alpha’s two: the second of those is the third.
  const bad = priced(row('2026-01-01', { input: '5000' }))
  expect(findingsOf({ alpha: provider('Alpha', { models: bad }), zeta: provider('Zeta') })).toEqual([
    'alpha MAGNITUDE models.1.prices.0.input',
  ])
  const facts = { on_prem: { value: 'yes', source: 'hearsay' } }
  expect(findingsOf({ alpha: provider('Alpha', { facts }), zeta: provider('Zeta') })).toEqual([
    'alpha NO_SOURCE facts.on_prem.source',
  ])
})
