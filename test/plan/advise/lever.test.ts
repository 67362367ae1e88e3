import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { exact } from '../../../src/model/number/money.ts'
import { calledIdle, cheapestOf, inYaml, leverWith, tryOne } from '../../../src/plan/advise/lever.ts'
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

  it('that save nothing have one name together', async () => {
    const found = [await tryOne(lever('9'), bench), await tryOne(lever('10'), bench), await tryOne(lever('no'), bench)]
    expect(calledIdle(found, bench, 'others').map(one => one.lever.what)).toEqual(['9', 'others', 'others'])
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
