import { expect, it } from 'vitest'
import { bookOf, layerOf, providersOf } from '../../../src/book/import/layer.ts'
import { openrouter } from '../../../src/book/import/openrouter.ts'
import { piAi } from '../../../src/book/import/pi-ai.ts'
import { lintBook } from '../../../src/book/lint/lint-book.ts'
import { bookSchema, layerSchema } from '../../../src/model/book/book-schema.ts'

const data = {
  generatedAt: '2026-11-20T10:48:49.496Z',
  providers: { groq: { api: { 'chat:toy-8b': { id: 'toy-8b', cost: { input: 0.05, output: 0.08 }, type: 'chat' } } } },
}
const listing = piAi.read(data, '2026-11-29')
if (listing === null) throw new Error('not of that shape')

it('a book of a catalogue is whole: schema, source, providers of unknown rules, nothing that lint finds', () => {
  const { book } = bookOf(piAi, listing)
  expect(bookSchema.parse(book)).toEqual(book)
  expect(lintBook(book)).toEqual([])
  expect(book).toMatchObject({
    version: '2026-11-20',
    providers: { groq: { name: 'Groq', cache: { default: 'unknown' }, usage: 'unknown', batch: null } },
    models: [
      { id: 'groq/toy-8b', prices: [{ input: '0.05', output: '0.08', from: '2026-11-20', grade: 'catalogue' }] },
    ],
  })
  expect(book.sources['pi-ai']).toMatchObject({ retrieved: '2026-11-20', grade: 'catalogue' })
})

it('a catalogue without a date of its own is no book', () => {
  expect(() => bookOf(openrouter, { date: null, models: [] })).toThrow('no date of its own')
})

it('a layer describes the providers that the book lacks, and no others', () => {
  const { models } = bookOf(piAi, listing).book
  const parts = { catalogue: piAi, listing, models, asOf: '2026-11-20' }
  const layer = layerOf({ ...parts, known: {} })
  expect(layerSchema.parse(layer)).toEqual(layer)
  expect(Object.keys(layer.providers ?? {})).toEqual(['groq'])
  const { groq } = layer.providers ?? {}
  expect(layerOf({ ...parts, known: groq ? { groq } : {} }).providers).toEqual({})
})

it("a provider's name is the catalogue's, else ours", () => {
  const { models } = bookOf(piAi, listing).book
  const note = 'n'
  expect(providersOf(models, { listing: { sellers: { groq: 'GROQ Inc' } }, known: {}, note })['groq']?.name).toBe(
    'GROQ Inc',
  )
})
