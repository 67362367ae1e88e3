import { getEncodingNameForModel, type TiktokenModel } from 'js-tiktoken/lite'
import { describe, expect, it } from 'vitest'
import { isTokenizer, tokenizerOf } from '../../src/tokens/index.ts'

const tokenizerFor = (id: string) => tokenizerOf({ id, provider: '', tokenizer: null })

// OpenAI Cookbook, "How to count tokens with tiktoken": the table of encodings, and section 3; js-tiktoken has the same.
it.each([
  'gpt-4o',
  'gpt-4o-mini-2024-07-18',
  'chatgpt-4o-latest',
  'gpt-4.1-nano',
  'gpt-4.5-preview',
  'gpt-5',
  'gpt-5-chat-latest',
  'o1',
  'o3-mini',
  'o4-mini-2025-04-16',
  'gpt-4',
  'gpt-4-turbo',
  'gpt-4-32k-0613',
  'gpt-3.5-turbo-16k',
  'gpt-35-turbo',
  'text-embedding-3-small',
  'text-embedding-ada-002',
] satisfies TiktokenModel[])('%s has the encoding that js-tiktoken has for it', model => {
  expect(tokenizerFor(model)).toBe(getEncodingNameForModel(model))
})

describe('weights by their names', () => {
  it.each([
    ['openai/gpt-oss-120b', 'gpt-oss'],
    ['deepseek-ai/DeepSeek-V3.2-Exp', 'deepseek-v3'],
    ['deepseek-r1-0528', 'deepseek-v3'],
    ['Qwen/Qwen3-235B-A22B-Instruct-2507', 'qwen'],
    ['qwen2.5-72b-instruct', 'qwen'],
    ['qwen3-coder-480b-a35b', 'qwen'],
    ['open-mistral-nemo-2407', 'tekken'],
  ])('%s: %s', (model, tokenizer) => {
    expect(tokenizerFor(model)).toBe(tokenizer)
    expect(isTokenizer(tokenizer)).toBe(true)
  })

  // A distilled model has the vocabulary of the model it was made from, and later ones have others.
  it.each(['deepseek-r1-distill-llama-70b', 'qwen3.5-397b', 'qwen3-max', 'mistral-large', 'constructor', ''])(
    '%s: none',
    model => {
      expect(tokenizerFor(model)).toBeNull()
    },
  )
})
