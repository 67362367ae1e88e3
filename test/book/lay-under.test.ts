import { expect, it } from 'vitest'
import { layUnder as layWanted } from '../../src/book/lay-under.ts'
import { findModel, offerAt } from '../../src/cost/rates/price-at.ts'
import type { Book, Model } from '../../src/model/book/book.ts'
import { bookWith, modelWith, type ruleWith } from '../cost/build.ts'

const layUnder = (over: Book, catalogue: Book, names: readonly string[] | null) => layWanted(over, catalogue, { names })

const named = (id: string, own: Partial<Model> = {}): Model => modelWith({ id, ...own })

const book: Book = bookWith({ models: [named('lark-2.5', { aliases: ['lark-2-5'] })] })
const under = (models: readonly Model[], providers: Book['providers'] = book.providers): Book => ({
  ...bookWith({ models }),
  providers,
  sources: { list: { title: 'A list', where: 'there', retrieved: null, grade: 'catalogue' } },
})
const wren = {
  ...book.providers['acme'],
  name: 'Wren',
  cache: { default: 'unknown' as const },
} as Book['providers'][string]

it('adds a model that is asked for, with its provider and sources, and no other', () => {
  const catalogue = under([named('wren/robin', { provider: 'wren' }), named('wren/finch', { provider: 'wren' })], {
    wren,
  })
  const { book: laid, added } = layUnder(book, catalogue, ['wren/robin-20260101', 'nothing'])
  expect(added).toEqual(['wren/robin'])
  expect(laid.models.map(({ id }) => id)).toEqual(['lark-2.5', 'wren/robin'])
  expect(laid.providers).toEqual({ ...book.providers, wren })
  expect(Object.keys(laid.sources).sort()).toEqual(['list', 'made-up'])
})

it('is the book itself if nothing is found', () => {
  expect(layUnder(book, under([named('robin')]), ['finch']).book).toBe(book)
})

it.each<[how: string, theirs: Model, asked: string]>([
  ['its id', named('lark-2.5', { aliases: ['lark-new'] }), 'lark-new'],
  ['an alias', named('lark-new', { aliases: ['lark-2-5'] }), 'lark-new'],
  ['a rule', named('lark-2.5-20260101', { aliases: ['lark-new'] }), 'lark-new'],
])('our model answers as a whole where the two share a name by %s', (_, theirs, asked) => {
  const { book: laid, added } = layUnder(book, under([theirs]), [asked])
  expect(added).toEqual([])
  expect(findModel(laid, asked)?.id).toBe('lark-2.5')
  expect(findModel(laid, asked)?.prices).toBe(book.models[0]?.prices)
})

it('a model of another provider is another model, whatever its name', () => {
  const catalogue = under([named('wren/lark', { provider: 'wren', aliases: ['lark-2.5', 'lark-new'] })], { wren })
  expect(layUnder(book, catalogue, ['lark-new']).added).toEqual(['wren/lark'])
})

it.each<[why: string, asked: string, theirs: Model, added: readonly string[]]>([
  ['by its own path', 'wren/openai/oss-1', named('wren/openai/oss-1', { provider: 'wren' }), ['wren/openai/oss-1']],
  [
    'not by that of its weights',
    'openai/oss-1',
    named('wren/openai/oss-1', { provider: 'wren', aliases: ['openai/oss-1'] }),
    [],
  ],
  [
    'by a bare name that nobody else has',
    'oss-9',
    named('wren/oss-9', { provider: 'wren', aliases: ['oss-9'] }),
    ['wren/oss-9'],
  ],
  [
    'not by a bare name that another host has',
    'oss-2',
    named('wren/oss-2', { provider: 'wren', aliases: ['oss-2'] }),
    [],
  ],
])("a host's model is found %s", (_, asked, theirs, added) => {
  const over = { ...book, models: [...book.models, named('acme/x/oss-2')] }
  expect(layUnder(over, under([theirs], { ...book.providers, wren }), [asked]).added).toEqual(added)
})

it('adds a provider alone, for what lies over the book', () => {
  const { book: laid, added } = layWanted(book, under([named('robin')], { wren }), { names: [], providers: ['wren'] })
  expect([Object.keys(laid.providers).sort(), laid.models, added]).toEqual([['acme', 'wren'], book.models, []])
})

it('adds every model that the book does not have', () => {
  const catalogue = under([named('lark-2.5'), named('robin'), named('wren/finch', { provider: 'wren' })], {
    ...book.providers,
    wren,
  })
  expect(layUnder(book, catalogue, null).added).toEqual(['robin', 'wren/finch'])
})

it('keeps our provider and its cache rule', () => {
  const { book: laid } = layUnder(book, under([named('robin')], { acme: wren }), ['robin'])
  expect(laid.providers).toEqual(book.providers)
  expect(offerAt(laid, 'robin', '2026-06-01').caching).toBe('known')
})

it.each<[why: string, rule: Parameters<typeof ruleWith>[0], model: Partial<Model>, caching: string]>([
  [
    'writes are billed, but are free by the rule',
    {},
    { prices: modelWith({ row: { cache_write: '1.25' } }).prices },
    'unknown',
  ],
  [
    'writes are billed, as by the rule',
    { match: 'marks', lifetimes: [{ ttl_s: 300, write: 'cache_write' }] },
    { prices: modelWith({ row: { cache_write: '1.25' } }).prices },
    'known',
  ],
  ['the rule that it names is not among ours', {}, { cache: { rule: 'theirs' } }, 'unknown'],
  ['it says itself that caching is undocumented', {}, { cache: { rule: 'unknown' } }, 'unknown'],
])('caching under our provider: %s', (_, rule, model, caching) => {
  const { book: laid } = layUnder(bookWith({ rule: rule ?? {} }), under([named('robin', model)]), ['robin'])
  expect(offerAt(laid, 'robin', '2026-06-01').caching).toBe(caching)
})

it('does not promise the batch tier of the provider, of which a catalogue says nothing', () => {
  const discount = { discount: '0.5', stacking: 'multiply', source: 'made-up' } as const
  const over = bookWith({ models: [named('lark-2.5')], provider: { batch: discount } })
  const { book: laid } = layUnder(over, under([named('robin')], over.providers), ['robin'])
  expect(offerAt(laid, 'lark-2.5', '2026-02-01').batchRule).toEqual(discount)
  expect(offerAt(laid, 'robin', '2026-02-01').batchRule).toBeNull()
})
