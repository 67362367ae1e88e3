import { expect, it } from 'vitest'
import { nameInWords } from '../../../src/cost/rates/name-in-words.ts'
import type { NameRule } from '../../../src/cost/rates/name-places.ts'
import { modelWith } from '../build.ts'

it.each<[rule: NameRule | null, name: string, id: string, words: string | null]>([
  [null, 'gpt-5.5', 'gpt-5.5', null],
  [
    'dated',
    'claude-haiku-4-5-20251001',
    'claude-haiku-4.5',
    'claude-haiku-4-5-20251001 is a dated snapshot of claude-haiku-4.5',
  ],
  ['path', 'models/x', 'x', 'models/x is x, as an API or a gateway calls it'],
  ['spelled', 'gpt-5-5', 'gpt-5.5', 'gpt-5-5 is another spelling of gpt-5.5'],
  [
    'profile',
    'us.deepseek.r1-v1:0',
    'aws-bedrock/r1',
    'us.deepseek.r1-v1:0 is a profile within the US, which costs the same as aws-bedrock/r1',
  ],
  [
    'weights',
    'deepseek-ai/X',
    'x',
    "deepseek-ai/X is the name of the weights; it is priced as x, their maker's own API: put a host's name before it for that host's price",
  ],
])('%s: %s', (rule, name, id, words) => {
  expect(nameInWords(name, { model: modelWith({ id }), rule })).toBe(words)
})
