import { describe, expect, it } from 'vitest'
import { bookWith, modelWith } from '../../cost/build.ts'
import { advised, offers } from './bench.ts'

const score = (value: number) => ({ arena: { value, low: value, high: value, date: '2026-01-01', source: 'made-up' } })
const flat = (usd: string) => ({ input: usd, cache_read: usd, output: usd })
const model = (id: string, usd: string, points: number | null, more: object = {}) =>
  modelWith({ id, row: flat(usd), ...(points === null ? {} : { scores: score(points) }), ...more })

/** A million tokens in: a model's dollar figure is what it costs. */
const work = { model: 'own', request: { turn: '1M' } }

const models = [
  model('own', '10', 1400),
  model('good', '8', 1390),
  model('better', '7', 1395),
  model('weak', '5', 1200),
  model('blind', '6', null),
  model('short', '1', 1500, { context: 1000 }),
  model('dear', '20', 1500),
  model('open', '4', 1100, { facts: { open_weights: { value: 'yes', source: 'made-up' } } }),
  modelWith({ id: 'unknown', row: { input: null, cache_read: null, output: '1' } }),
]
const book = bookWith({ models })
const ids = (rows: readonly (readonly unknown[])[]) => rows.map(([what]) => String(what).replace('model ', ''))

describe('the next cheaper models', () => {
  it('are those that fit, without what a cheaper one of the same score replaces, unscored ones last', async () => {
    const advice = await advised(work, book)
    expect(offers(advice, 'model')).toEqual([
      ['model open', '6', 'model=open'],
      ['model weak', '5', 'model=weak'],
      ['model blind', '4', 'model=blind'],
      ['model better', '3', 'model=better'],
    ])
    expect(advice.levers.find(({ what }) => what === 'model blind')).toMatchObject({
      in_return: ['quality unknown', 'work: try it on your own prompts'],
      quality: { from: '1400', to: null },
    })
    expect(advice.levers.find(({ what }) => what === 'model better')?.in_return[0]).toBe('quality 1400 to 1395')
    expect(advice.terms).toMatchObject({ models: 8, cheaper: 5 })
    expect(advice.skipped).toEqual([
      { model: 'short', why: 'its context is too short' },
      { model: 'unknown', why: 'no known input rate: the book gives no reason' },
    ])
  })

  it('meet a least quality, unknown ones left out', async () => {
    const advice = await advised(work, book, { minQuality: '1300' })
    expect(ids(offers(advice, 'model'))).toEqual(['better'])
    expect(advice.skipped).toContainEqual({ model: 'blind', why: 'its quality is unknown' })
    expect(advice.skipped).toContainEqual({ model: 'weak', why: 'its quality is 1200' })
  })

  it('meet required facts', async () => {
    const advice = await advised(work, book, { require: ['open_weights'] })
    expect(ids(offers(advice, 'model'))).toEqual(['open'])
    expect(advice.skipped).toContainEqual({ model: 'good', why: 'open_weights: unknown' })
  })

  it('are all that are named and cost less', async () => {
    const advice = await advised(work, book, { models: ['good', 'better', 'dear', 'own'] })
    expect(ids(offers(advice, 'model'))).toEqual(['better', 'good'])
    expect(advice.terms.models).toBe(3)
    await expect(advised(work, book, { models: ['nobody'] })).rejects.toThrow('nobody')
  })

  it('are the maker’s own of equals', async () => {
    const equals = [model('own', '10', 1400), model('host/x', '5', 1300), model('x', '5', 1300), model('y', '5', 1200)]
    expect(ids(offers(await advised(work, bookWith({ models: equals })), 'model'))).toEqual(['x'])
  })

  it('are at most five', async () => {
    const many = Array.from({ length: 9 }, (_, i) => model(`m${i}`, String(i + 1), 1000 + i))
    const advice = await advised(work, bookWith({ models: [model('own', '10', 1400), ...many] }))
    expect(ids(offers(advice, 'model'))).toEqual(['m4', 'm5', 'm6', 'm7', 'm8'])
    expect(advice.terms.cheaper).toBe(9)
  })

  it('take the standard service where they lack the scenario’s', async () => {
    const services = { fast: { factor: '2', source: 'made-up' } }
    const own = modelWith({ id: 'own', row: { ...flat('10'), services } })
    const advice = await advised({ ...work, service: 'fast' }, bookWith({ models: [own, model('weak', '5', null)] }))
    expect(offers(advice, 'model')).toEqual([['model weak', '15', 'model=weak', 'service=standard']])
  })

  it('leave the cluster its own model', async () => {
    const self_host = { nodes: 1, usd_per_hour: 10, capacity: '2B/day', utilisation: '50%' }
    const advice = await advised(
      { ...work, self_host },
      bookWith({ models: [model('own', '10', null), model('weak', '5', null)] }),
    )
    expect(offers(advice, 'model')).toEqual([['model weak', '5', 'model=weak', 'self_host.model=own']])
  })

  it('are tried leg by leg, the shares unchanged', async () => {
    const routing = {
      legs: [
        { model: 'own', share: '60%' },
        { model: 'dear', share: '40%' },
      ],
    }
    const advice = await advised({ routing, request: work.request }, book, { models: ['good', 'weak'] })
    // 0.4 × (20 − 5), 0.4 × (20 − 8), 0.6 × (10 − 5), 0.6 × (10 − 8)
    expect(offers(advice, 'model')).toEqual([
      ['model weak in place of dear', '6', 'routing.legs.1.model=weak'],
      ['model good in place of dear', '4.8', 'routing.legs.1.model=good'],
      ['model weak in place of own', '3', 'routing.legs.0.model=weak'],
      ['model good in place of own', '1.2', 'routing.legs.0.model=good'],
    ])
    // The mean of the fleet is 0.6 × 1400 + 0.4 × 1500; with weak in place of dear 0.6 × 1400 + 0.4 × 1200.
    expect(advice.levers[0]?.quality).toEqual({ from: '1440', to: '1320' })
  })
})
