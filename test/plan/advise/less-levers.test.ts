import { describe, expect, it } from 'vitest'
import { bookWith, modelWith } from '../../cost/build.ts'
import { advised, offers } from './bench.ts'

const book = bookWith({ row: { cache_read: 'not_offered' } })
const million = { requests: 1_000_000 }

describe('a tenth less', () => {
  // A million requests: a token in is $1, a token out $2; reasoning is part of the output.
  it('of each part, of the answer, and of its reasoning apart', async () => {
    const request = { shared: 1000, session: 200, turn: 100, context: 50, output: 350, reasoning: 150 }
    const advice = await advised({ model: 'demo', request, traffic: million }, book)
    expect(offers(advice, 'less')).toEqual([
      ['a tenth less of shared: 1,000 to 900 tokens a call', '100', 'request.shared=900'],
      ['a tenth less of the answer: 200 to 180 tokens a call', '40', 'request.output=330'],
      ['a tenth less of the reasoning: 150 to 135 tokens a call', '30', 'request.output=335', 'request.reasoning=135'],
      ['a tenth less of session: 200 to 180 tokens a call', '20', 'request.session=180'],
      ['a tenth less of turn: 100 to 90 tokens a call', '10', 'request.turn=90'],
      ['a tenth less of context: 50 to 45 tokens a call', '5', 'request.context=45'],
    ])
  })

  it('is rounded up to whole tokens, and none of less than ten', async () => {
    const advice = await advised({ model: 'demo', request: { turn: 19, output: 9 }, traffic: million }, book)
    expect(offers(advice, 'less')).toEqual([['a tenth less of turn: 19 to 18 tokens a call', '1', 'request.turn=18']])
  })

  it('of totals', async () => {
    const advice = await advised({ model: 'demo', totals: { input: '10M', output: '1M' }, cache: 'none' }, book)
    expect(offers(advice, 'less')).toEqual([
      ['a tenth less input: 10,000,000 to 9,000,000 tokens', '1', 'totals.input=9000000'],
      ['a tenth less output: 1,000,000 to 900,000 tokens', '0.2', 'totals.output=900000'],
    ])
  })

  // "a b c …" is a token a word in o200k; the template's own tokens are no part of what can be cut.
  it('of text is a number, beside which what the chat template adds stays', async () => {
    const text = 'a b c d e f g h i j k l m n o p q r s t'
    const plain = modelWith({ tokenizer: 'o200k_base', chat_template: 'o200k', row: { cache_read: 'not_offered' } })
    const request = { shared: { text } }
    const advice = await advised({ model: 'demo', request, traffic: million }, bookWith({ models: [plain] }))
    expect(offers(advice, 'less')).toEqual([
      ['a tenth less of shared: 20 to 18 tokens a call', '2', 'request.shared=[18, {text: ""}]'],
    ])
  })

  it('of a fleet is one number where its models count alike, and nothing where they do not', async () => {
    const models = [
      modelWith({ id: 'a', tokenizer: 'o200k_base', row: { cache_read: 'not_offered' } }),
      modelWith({ id: 'b', tokenizer: 'cl100k_base', row: { cache_read: 'not_offered' } }),
    ]
    const legs = [
      { model: 'a', share: '50%' },
      { model: 'b', share: '50%' },
    ]
    const fleet = (turn: unknown) => ({ routing: { legs }, request: { turn }, traffic: million })
    expect(offers(await advised(fleet(100), bookWith({ models })), 'less')).toEqual([
      ['a tenth less of turn: 100 to 90 tokens a call', '10', 'request.turn=90'],
    ])
    const text = { text: 'один два три четыре пять шесть семь восемь девять десять одиннадцать' }
    expect(offers(await advised(fleet(text), bookWith({ models })), 'less')).toEqual([])
  })

  // The numbers are b's tokens: at its factor of 106 for 100, a's are 100/106 of them.
  it("of another model's tokens is a number of the file", async () => {
    const models = [
      modelWith({ id: 'a', tokenizer: 'o200k_base', row: { cache_read: 'not_offered' } }),
      modelWith({ id: 'b', tokenizer: 'cl100k_base', row: { input: '9' } }),
    ]
    const request = { turn: 1000, tokens_of: 'b' }
    const advice = await advised({ model: 'a', request, traffic: million }, bookWith({ models }))
    expect(offers(advice, 'less').map(([, , key]) => key)).toEqual(['request.turn=900'])
  })
})
