import { expect, it } from 'vitest'
import { countingNotes } from '../../../../src/cost/result/notes/counting-notes.ts'
import type { Counting } from '../../../../src/model/scenario/counted.ts'

const counting: Counting = {
  tokenizer: 'acme',
  vocabulary: 'o200k_base',
  estimation: null,
  source: 'a page',
  template: null,
}
const said = (own: Partial<Counting>) =>
  Object.fromEntries(countingNotes({ ...counting, ...own }, 'demo').map(({ code, what }) => [code, what]))

it('a count is exact where the vocabulary is published, and text stands as it is without a template', () => {
  expect(said({})).toEqual({
    EXACT_TOKENS: 'tokens of text are exact, by the vocabulary o200k_base (a page)',
    NO_TEMPLATE: 'text is counted as it is: the chat template of demo is not published',
  })
})

it('an estimate says its factor and its band: per cent are hundredths', () => {
  const { ESTIMATED_TOKENS } = said({ estimation: { percent: 153, low: 118, high: 175 } })
  expect(ESTIMATED_TOKENS).toContain('the tokenizer of demo is not published')
  expect(ESTIMATED_TOKENS).toContain('1.53 × o200k_base, from 1.18 to 1.75 (a page)')
})

it('an estimate by the kind of text says the factor of each', () => {
  const kind = (percent: number) => ({ percent, low: 95, high: 175 })
  const kinds = { prose: kind(163), code: kind(146), other_scripts: kind(118), one_letter: kind(353) }
  expect(said({ estimation: { ...kind(153), kinds } })['ESTIMATED_TOKENS']).toContain(
    'for prose 1.63 × o200k_base, for code 1.46, for other scripts than Latin and digits 1.18, from 0.95 to 1.75',
  )
})

it('a template adds to a prompt what it puts before and behind it', () => {
  const template = { name: 'chat', start: 1, end: 2, system: 3, user: 4, answer: 5, exact: true, source: 'a card' }
  expect(said({ template })['CHAT_TEMPLATE']).toBe(
    'the chat template chat adds 3 tokens per prompt, 3 per system message, 4 per user message, 5 per earlier answer (a card)',
  )
})
