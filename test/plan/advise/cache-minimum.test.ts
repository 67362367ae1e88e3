import { describe, expect, it } from 'vitest'
import { bookWith, modelWith } from '../../cost/build.ts'
import { advised, named, offers } from './bench.ts'

describe('a tenth less across a cache minimum', () => {
  const from = (minimum: number, cache_read: string) => bookWith({ rule: { minimum }, row: { cache_read } })
  const work = { model: 'demo', request: { shared: 1100 }, traffic: { requests: 1_000_001 } }

  // The first request is cold: 1,100 × ($1 + 1M × $0.10) against 990 × 1,000,001 × $1, in millionths.
  it('costs more, and says so beside what saves nothing', async () => {
    const advice = await advised(work, from(1024, '0.1'))
    expect(advice.base.cost).toBe('110.0011')
    expect(advice.nothing.map(({ what, cost }) => [what, cost])).toContainEqual([
      'a tenth less of shared: 1,100 to 990 tokens a call, which falls below the 1,024-token cache minimum of demo and costs more',
      '990.00099',
    ])
  })

  // Reading 1,100 at $0.95 is dearer than 990 at $1.
  it('may save something all the same', async () => {
    expect(offers(await advised(work, from(1024, '0.95')), 'less').map(([what]) => what)).toEqual([
      'a tenth less of shared: 1,100 to 990 tokens a call, which falls below the 1,024-token cache minimum of demo',
    ])
  })

  it.each([
    { it: 'above the minimum', prices: from(990, '0.1') },
    { it: 'below it before', prices: from(1101, '0.1') },
    { it: 'where nothing is read', prices: from(1024, '1'), scenario: { ...work, traffic: { requests: 1 } } },
    { it: 'where nothing is cached', prices: from(1024, '0.1'), scenario: { ...work, cache: 'none' } },
  ])('is not spoken of $it', async ({ prices, scenario = work }) => {
    const advice = await advised(scenario, prices)
    expect([...advice.levers.map(({ what }) => what), ...named(advice).nothing].join()).not.toContain('minimum')
  })

  it('is that of the leg it concerns', async () => {
    const routing = { legs: ['demo', 'other'].map(model => ({ model, share: '50%' })) }
    const models = [modelWith({ cache: { minimum: 1024 } }), modelWith({ id: 'other', cache: { minimum: 512 } })]
    const advice = await advised({ ...work, model: undefined, routing }, bookWith({ models }))
    expect(named(advice).nothing).toContain(
      'a tenth less of shared: 1,100 to 990 tokens a call, which falls below the 1,024-token cache minimum of demo and costs more',
    )
  })

  // Texts of 25 and 66 tokens, of which the second call reads the longer alone; at 42 each it reads both.
  it('is reached by short texts where one number stands for all of them', async () => {
    const model = modelWith({ tokenizer: 'o200k_base', cache: { minimum: 40 } })
    const request = { session: { files: 'scenarios/support-bot/users/0*-w*.txt' }, turns: 2, turn_gap: '1s' }
    const advice = await advised(
      { model: 'demo', request, traffic: { requests: 1_000_000 } },
      bookWith({ models: [model] }),
    )
    expect(offers(advice, 'less').map(([what]) => what)).toEqual([
      'a tenth less of session: a mean of 45.5 tokens to 42 in every call, which reaches the 40-token cache minimum of demo',
    ])
  })
})
