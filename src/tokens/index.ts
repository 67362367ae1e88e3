import { loadOpenAi } from './openai.ts'
import type { Tokenizer } from './tokenizer.ts'

/** Every tokenizer, one row each, by the name that price books use. */
const TOKENIZERS: Readonly<Record<string, () => Promise<Tokenizer>>> = {
  o200k_base: () => loadOpenAi('o200k_base'),
  cl100k_base: () => loadOpenAi('cl100k_base'),
}

const loaded = new Map<string, Promise<Tokenizer>>()

/** The tokenizer of that name, read once; `null` where this version has none. */
export const loadTokenizer = async (name: string): Promise<Tokenizer | null> => {
  const load = TOKENIZERS[name]
  if (!load) return null
  const tokenizer = loaded.get(name) ?? load()
  loaded.set(name, tokenizer)
  return tokenizer
}

export type { Tokenizer } from './tokenizer.ts'
