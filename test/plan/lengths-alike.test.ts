import { expect, it } from 'vitest'
import { priceScenario } from '../../src/cost/fleet/price-scenario.ts'
import type { Model } from '../../src/model/book/book.ts'
import { entryOf } from '../../src/model/entry-of.ts'
import { type FactorFor, lengthsAlike } from '../../src/plan/lengths-alike.ts'
import { bookWith, modelWith, scenarioWith } from '../cost/build.ts'

const book = bookWith({
  models: [
    modelWith({ id: 'even', tokenizer: 'plain' }),
    modelWith({ id: 'same', tokenizer: 'plain' }),
    modelWith({ id: 'dense', tokenizer: 'fine' }),
    modelWith({ id: 'riddle', tokenizer: null }),
  ],
})
const factorFor = ({ tokenizer }: { readonly tokenizer: string | null }) => {
  const percent = tokenizer === 'fine' ? 150 : 100
  return tokenizer === null ? null : { tokenizer, factor: { percent, low: percent, high: percent } }
}
const notes = (models: readonly string[], turn = 1000, factors: FactorFor = factorFor) =>
  lengthsAlike(
    models.map(model => priceScenario(scenarioWith({ model, request: { turn } }), book, '2026-01-01')),
    factors,
  ).map(({ what }) => what)

it('says by how much the tokenizers differ: 150 ÷ 100', () => {
  expect(notes(['even', 'dense'])).toEqual([
    'numbers of tokens are used unchanged for all models; their tokenizers differ: a text has about 1.5 times as many tokens for dense as for even, and tokens_of converts them',
  ])
})

it('names the models whose tokenizer is not known', () => {
  expect(notes(['even', 'riddle'])).toEqual([
    'numbers of tokens are used unchanged for all models; the tokenizer of riddle is not known',
  ])
})

it.each([
  { it: 'one tokenizer', models: ['even', 'same'] },
  { it: 'one model', models: ['dense'] },
])('says nothing of $it', ({ models }) => {
  expect(notes(models)).toEqual([])
})

it('says nothing where there are no tokens', () => {
  expect(notes(['even', 'dense'], 0)).toEqual([])
})

it('tells a tokenizer that nobody measured from one that is not known', () => {
  const own = { even: 'file:a', same: 'file:a', dense: 'file:b' } as const
  const factors = (model: Pick<Model, 'id'>) => {
    const tokenizer = entryOf<string>(own, model.id)
    return tokenizer === undefined ? null : { tokenizer, factor: null }
  }
  expect(notes(['even', 'same'], 1000, factors)).toEqual([])
  expect(notes(['even', 'dense', 'riddle'], 1000, factors)).toEqual([
    'numbers of tokens are used unchanged for all models; the tokenizer of riddle is not known; how the tokenizer of dense, even compares is not known',
  ])
})
