import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { exact } from '../../../src/model/number/money.ts'
import { cheapestOf, inYaml, leverWith, tryOne, variationsOf } from '../../../src/plan/advise/lever.ts'
import type { Refusal, Trial } from '../../../src/plan/advise/trial.ts'

/** A trial that only has a cost. */
const costing = (usd: string): Trial => ({ cost: exact(usd), view: 'cached' }) as unknown as Trial
const base = costing('10')
const bench = {
  base,
  attempt: async ([key = '']: readonly string[]): Promise<Trial | Refusal> =>
    key === 'no' ? { why: 'no', codes: [] } : costing(key),
}
const lever = (key: string) => leverWith({ kind: 'less', what: key, keys: [key], inReturn: [] })

describe('levers', () => {
  it.each([
    { it: 'the cheapest', keys: ['5', '3', '4'], best: ['3'] },
    { it: 'the first of equals', keys: ['3', '3.0'], best: ['3'] },
    { it: 'one that can be had', keys: ['no', '11', 'no'], best: ['11'] },
    { it: 'a refusal where all are', keys: ['no', 'no'], best: ['no'] },
    { it: 'none of none', keys: [], best: [] },
  ])('give $it', async ({ keys, best }) => {
    const found = await cheapestOf(keys.map(lever), bench)
    expect(found.map(one => one.lever.what)).toEqual(best)
  })

  // The scenario costs $10.
  it.each([
    { it: 'only those that save', keys: ['11', '9', 'no', '8'], shown: ['9', '8'] },
    { it: 'one for all where none saves', keys: ['no', '10', '11'], shown: ['all: 10'] },
    { it: 'one for all where none can be had', keys: ['no', 'no'], shown: ['all: no'] },
    { it: 'none of none', keys: [], shown: [] },
  ])('of one kind are $it', async ({ keys, shown }) => {
    const found = await Promise.all(keys.map(key => tryOne(lever(key), bench)))
    const name = ({ lever: { what, keys: set } }: (typeof found)[number]): string =>
      what === 'all' ? `all: ${set(base)?.[0]}` : what
    expect(variationsOf(found, bench, 'all').map(name)).toEqual(shown)
  })

  it('that do not apply are refused', async () => {
    expect(await tryOne({ ...lever('1'), keys: () => null }, bench)).toMatchObject({
      trial: { why: 'it does not apply' },
    })
  })
})

it.each(['gpt-5.5', 'org/model@1', 'null', 'Yes', '4', 'a: b', 'x, y', "it's", '{a}', '#x', 'a #b', '- a', '"', 'ü'])(
  'writes %s so that YAML reads it',
  text => {
    expect(parse(`{model: ${inYaml(text)}}`)).toEqual({ model: text })
  },
)
