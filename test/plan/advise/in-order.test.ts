import { describe, expect, it } from 'vitest'
import { bookWith, modelWith } from '../../cost/build.ts'
import { advised, offers } from './bench.ts'

const batch = { discount: '0.5', stacking: 'multiply', window_h: 24, source: 'made-up' } as const
const row = { input: '1', cache_read: 'not_offered', output: '2' } as const
const book = bookWith({
  provider: { batch },
  models: [
    modelWith({ row: { ...row, services: { flex: { factor: '0.6', source: 'made-up' } } } }),
    modelWith({ id: 'cheap', batch: 'not_offered', row: { ...row, input: '0.4', output: '0.8' } }),
  ],
})
const work = { model: 'demo', request: { turn: '1M' } }

describe('levers one on top of another', () => {
  // $1: cheap 0.4, batch 0.5, flex 0.6, a tenth less 0.9. cheap has neither batch nor flex.
  it('say whether they add up with the one before', async () => {
    const { levers } = await advised(work, book)
    expect(levers.map(({ what, saving, adds_up: adds }) => [what, saving, adds])).toEqual([
      ['model cheap', '0.6', null],
      ['the batch tier', '0.5', { how: 'instead', saving: null }],
      ['flex service', '0.4', { how: 'instead', saving: null }],
      ['a tenth less of turn: 1,000,000 to 900,000 tokens a call', '0.1', { how: 'part', saving: '0.06' }],
    ])
  })

  it('make a plan that leaves out what cannot be had or saves nothing on top', async () => {
    const { plan } = await advised(work, book, { plan: true })
    expect(plan).toMatchObject({
      steps: [
        { lever: 0, saving: '0.6', cost: '0.4' },
        { lever: 3, saving: '0.04', cost: '0.36' },
      ],
      left: [
        { lever: 1, why: 'Acme offers no batch tier' },
        { lever: 2, why: expect.stringContaining('flex') },
      ],
      set: ['model=cheap', 'request.turn=900000'],
      cost: '0.36',
      saving: '0.64',
    })
  })

  // Two cuts of one key: a tenth of 100 answered, then a tenth of 100 thought; 200 to 190 to 180.
  it('cut a key twice', async () => {
    const request = { output: 200, reasoning: 100 }
    const { plan } = await advised({ model: 'demo', request, traffic: { requests: 1_000_000 } }, book, {
      plan: true,
      models: ['demo'],
    })
    expect(plan?.set).toEqual(['request.output=180', 'request.reasoning=90'])
    // 200 × $2 is $400; half in a batch; 20 tokens less, at $1 each there.
    expect(plan).toMatchObject({ view: 'batch_cached', cost: '180', saving: '220' })
  })

  it('that do not touch each other add up wholly', async () => {
    const { levers } = await advised({ model: 'cheap', request: { turn: 1000, output: 1000 } }, book)
    expect(levers.at(-1)?.adds_up?.how).toBe('whole')
  })

  it('are none where nothing saves', async () => {
    const advice = await advised({ model: 'cheap', request: { turn: 5 } }, book, { plan: true })
    expect(offers(advice)).toEqual([])
    expect(advice.plan).toMatchObject({ steps: [], left: [], set: [], saving: '0' })
  })
})
