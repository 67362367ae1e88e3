import { loadOpenAi } from './openai.ts'
import type { Tokenizer } from './tokenizer.ts'

/** Every tokenizer, one row each, by the name that price books use. */
const TOKENIZERS: Readonly<Record<string, () => Promise<Tokenizer>>> = {
  o200k_base: () => loadOpenAi('o200k_base'),
  cl100k_base: () => loadOpenAi('cl100k_base'),
}

/** The tokenizer of that name; `null` where this version has none. */
export const loadTokenizer = async (name: string): Promise<Tokenizer | null> => (await TOKENIZERS[name]?.()) ?? null

export type { Tokenizer } from './tokenizer.ts'
