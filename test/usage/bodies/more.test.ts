import { expect, it } from 'vitest'
import { usageOf } from '../build.ts'
import { readLines } from '../read-lines.ts'

const created = 1_794_304_800

const chat = (audio: object) => ({
  ...{ id: 'x', object: 'chat.completion', created, model: 'demo' },
  usage: {
    ...{ prompt_tokens: 1_000_000, completion_tokens: 10, total_tokens: 1_000_010 },
    prompt_tokens_details: { cached_tokens: 0, ...audio },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 4 },
  },
})
const gemini = {
  ...{ modelVersion: 'demo', createTime: '2026-11-10T10:00:00Z', responseId: 'g' },
  usageMetadata: {
    ...{ promptTokenCount: 300, candidatesTokenCount: 50, totalTokenCount: 350 },
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: 100 },
      { modality: 'AUDIO', tokenCount: 200 },
    ],
    candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 50 }],
  },
}

it.each<[string, unknown, number | undefined]>([
  ["OpenAI's", chat({ audio_tokens: 7 }), 11],
  ["OpenAI's, of the answer alone", chat({ audio_tokens: null }), 4],
  ["Gemini's, by modality", gemini, 250],
])('tokens of sound are told: %s', (_, value, audio) => {
  const { records } = readLines(value)
  expect(records.map(record => record.audio)).toEqual([audio])
})

it('they are in the cost as text, which is said', () => {
  // 1,000,000 at $1 and 10 at $2 a million.
  const { total, warnings } = usageOf(readLines(chat({ audio_tokens: 1_990 })).records)
  expect(total.cost).toBe('1.00002')
  expect(warnings.map(({ code, what }) => [code, what])).toEqual([
    ['AUDIO_AS_TEXT', '1,994 tokens of audio are in the cost at the rates of text: price books have no others'],
  ])
})

it('an id may be a number', () => {
  const call = { at: '2026-11-10T10:00:00Z', model: 'demo', input: 5, output: 1 }
  const { reading, records } = readLines({ ...call, id: 7 }, { ...call, id: '7' }, { ...call, id: 8 })
  expect([records.length, reading.duplicates]).toEqual([2, 1])
})

it.each([true, 1, '1', '1.0', 'yes'])('a batch may be written as %s', batch => {
  const call = { at: '2026-11-10T10:00:00Z', model: 'demo', input: 5, output: 1 }
  expect(readLines({ ...call, batch }).records[0]?.batch).toBe(true)
})
