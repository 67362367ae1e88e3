import { describe, expect, it } from 'vitest'
import { bookWith, modelWith } from '../../cost/build.ts'
import { advised, named, offers } from './bench.ts'

const flat = (usd: string) => ({ input: usd, cache_read: usd, output: usd })
const book = bookWith({
  models: Object.entries({ a: '1', b: '8', c: '10' }).map(([id, usd]) => modelWith({ id, row: flat(usd) })),
})
const quality = { a: 10, b: 20, c: 40 }
const request = { turn: '1M' }

describe('the cheapest split', () => {
  // A mean of 20 is two thirds of a (10) and a third of c (40): 2/3 × 1 + 1/3 × 10 = 4; a's share is rounded down.
  it('of one model has its score, and keys that put it in place of the model', async () => {
    const advice = await advised({ model: 'b', request, quality }, book)
    expect(offers(advice, 'split')).toEqual([
      [
        'split of 66.66% a, 33.34% c',
        '3.9994',
        'model=null',
        'routing={legs: [{model: a, share: 66.66%}, {model: c, share: 33.34%}]}',
      ],
    ])
    // 0.6666 × 10 + 0.3334 × 40
    expect(advice.levers.find(({ kind }) => kind === 'split')?.quality).toEqual({ from: '20', to: '20.002' })
  })

  it('leaves the cluster its own model', async () => {
    const self_host = { nodes: 1, usd_per_hour: 10, capacity: '2B/day', utilisation: '50%' }
    const advice = await advised({ model: 'b', request, quality, self_host }, book)
    expect(advice.levers.find(({ kind }) => kind === 'split')?.set.at(-1)).toBe('self_host.model=b')
  })

  it('has the mean score that was asked for', async () => {
    const advice = await advised({ model: 'b', request, quality }, book, { minQuality: '10' })
    // One model serves all of it best: that is a lever of its own.
    expect(offers(advice, 'split', 'model')).toEqual([['model a', '7', 'model=a']])
  })

  // 50% a, 25% b, 25% c have a mean of 20 at 0.5 + 2 + 2.5 = 5; without b it is 4.
  it('of a fleet keeps its models', async () => {
    const legs = Object.entries({ a: '50%', b: '25%', c: '25%' }).map(([model, share]) => ({ model, share }))
    const advice = await advised({ routing: { legs }, request, quality }, book)
    expect(offers(advice, 'split')).toEqual([
      [
        'split of 66.66% a, 33.34% c',
        '0.9994',
        'routing.legs.0.share=66.66%',
        'routing.legs.1.share=0%',
        'routing.legs.2.share=33.34%',
      ],
    ])
  })

  // Halves of a and c have a mean of 25 and cost 5.5; a alone has 10 and costs 1.
  it('is one model where that is enough, which nobody has to route', async () => {
    const routing = { legs: ['a', 'c'].map(model => ({ model, share: '50%' })) }
    const advice = await advised({ routing, request, quality }, book, { minQuality: '10' })
    expect(offers(advice, 'split')).toEqual([
      ['all requests on a', '4.5', 'routing.legs.0.share=100%', 'routing.legs.1.share=0%'],
    ])
    expect(advice.levers.find(({ kind }) => kind === 'split')?.in_return).toEqual([
      'mean quality 25 to 10',
      'work: try it on your own prompts',
    ])
  })

  const legs = [
    { model: 'a', share: '50%' },
    { model: 'c', share: '50%' },
  ]
  it.each([
    { it: 'without scores', scenario: { model: 'b', request }, why: /no score/ },
    { it: 'in a cascade', scenario: { routing: { mode: 'cascade', legs }, request, quality }, why: /cascade/ },
    {
      it: 'over requests of different sizes',
      scenario: { routing: { legs: legs.map((leg, i) => ({ ...leg, tokens: i + 1 })) }, request, quality },
      why: /different sizes/,
    },
  ])('cannot be had $it', async ({ scenario, why }) => {
    const advice = await advised(scenario, book)
    expect(named(advice).refused).toContain('the cheapest split')
    expect(advice.not_offered.find(({ kind }) => kind === 'split')?.why).toMatch(why)
  })

  it('saves nothing where the fleet is it', async () => {
    expect(offers(await advised({ routing: { legs }, request, quality }, book), 'split')).toEqual([])
  })
})
