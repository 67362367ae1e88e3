import { describe, expect, it } from 'vitest'
import { strangeRecord } from '../../../src/usage/formats/strange.ts'
import { readLines } from '../read-lines.ts'

const at = '2026-11-10T10:00:00Z'
const NO_FORM = 'it names a model and tokens, but in no form that is known'

describe('a value that no format knows is a bad record', () => {
  it.each([
    ['our own form without input', { at, model: 'm', output: 5 }, 'input is missing'],
    ['our own form without output', { at, model: 'm', input: 5 }, 'output is missing'],
    ['our own form without a time', { model: 'm', input: 0, output: 5 }, 'at is missing'],
    ['our own form without a model', { at, input: 5, output: 5 }, 'its model is missing'],
    ['a row of CSV without a time', { model: 'm', input: '1', output: '5' }, 'at is missing'],
    ['tokens of other names', { at, model: 'm', tokens_in: 100_000_000, tokens_out: 5 }, NO_FORM],
    ['tokens further in', { response: { modelId: 'm', metrics: { inputTokens: 7 } } }, NO_FORM],
    ['tokens in CSV', { at, model: 'm', total_tokens: '17' }, NO_FORM],
    ['a count of tokens', { model: 'm', token_count: 3 }, NO_FORM],
  ])('%s', (_, value, why) => {
    expect(strangeRecord(value)).toBe(why)
  })
})

describe('a value that no format knows is no record', () => {
  it.each([
    ['a request', { model: 'm', messages: [], max_tokens: 1000, thinking: { budget_tokens: 500 } }],
    ['a case of a test', { model: 'm', input: 'What is it?', output: 'It.' }],
    ['a response without usage', { model: 'm', output: [], max_output_tokens: 9, usage: null }],
    ['speeds and prices', { model: 'm', tokens_per_second: 80, usd_per_1m_tokens: 3 }],
    ['tokens of no model', { input_tokens: 5 }],
    ['no tokens', { model: 'm', total_tokens: 0 }],
    ['an event', { event: 'start' }],
  ])('%s', (_, value) => {
    expect(strangeRecord(value)).toBe(null)
  })
})

it('is counted and placed, and the first of the others is placed too', () => {
  const known = { at, model: 'm', input: 1, output: 2 }
  const { reading } = readLines(known, { at, model: 'm', output: 5 }, { event: 'end' }, { event: 'end' })
  expect(reading).toMatchObject({ values: 4, records: 1, bad: 1, skipped: { 'no format that is known': 2 } })
  expect(reading.places).toMatchObject([{ line: 2, why: 'input is missing' }])
  expect(reading.unknownAt).toBe(3)
})
