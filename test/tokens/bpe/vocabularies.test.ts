import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VOCABULARIES } from '../../../src/tokens/bpe/vocabularies.ts'
import { loadTokenizer } from '../../../src/tokens/index.ts'
import type { Tokenizer } from '../../../src/tokens/tokenizer.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const read = (name: string) => JSON.parse(readFileSync(join(repository, 'test/fixtures/tokens', name), 'utf8'))

const tokenizerOf = async (name: string): Promise<Tokenizer> => {
  const tokenizer = await loadTokenizer(name, fakeIo(repository).shipped)
  if (!tokenizer) throw new Error(`there is no vocabulary ${name}`)
  return tokenizer
}

interface Families {
  readonly texts: readonly { readonly id: string; readonly text: string }[]
  readonly families: Readonly<Record<string, { readonly ids: Readonly<Record<string, readonly number[]>> }>>
}

const { texts, families } = read('counts.json') as Families

/** The families of counts.json that each vocabulary is, and the id of its first rank. */
const FAMILIES: Readonly<Record<string, { readonly families: readonly string[]; readonly from?: number }>> = {
  'deepseek-v3': { families: ['deepseek_v3', 'deepseek_v4'] },
  qwen: { families: ['qwen2_5', 'qwen3'] },
  o200k_base: { families: ['o200k_base', 'gpt_oss'] },
  cl100k_base: { families: ['cl100k_base'] },
  tekken: { families: ['mistral_nemo_tekken'], from: 1000 },
}

it('has expected ids for every vocabulary that ships', () => {
  expect(Object.keys(FAMILIES).sort()).toEqual(Object.keys(VOCABULARIES).sort())
})

describe.each(Object.entries(FAMILIES))('%s', (name, { families: names, from = 0 }) => {
  it.each(texts)('has the published ids of "$id"', async ({ id, text }) => {
    const { encode, count } = await tokenizerOf(name)
    for (const family of names) {
      const ids = families[family]?.ids[id]
      expect(
        encode(text).map(rank => rank + from),
        family,
      ).toEqual(ids)
      expect(count(text), family).toBe(ids?.length)
    }
  })
})

interface Check {
  readonly text: string
  readonly hashes: Readonly<Record<string, { sha256: string; before?: number[]; ids_from?: number }>>
}

describe("llama.cpp's check text", () => {
  const { text, hashes } = read('llama.cpp-check.json') as Check
  it.each(Object.entries(hashes))('%s', async (name, { sha256, before = [], ids_from: from = 0 }) => {
    const { encode } = await tokenizerOf(name)
    const ids = [...before, ...encode(text).map(rank => rank + from)]
    const hash = createHash('sha256')
      .update(`[${ids.join(', ')}]`)
      .digest('hex')
    expect(hash.slice(0, 8)).toBe(sha256)
  })
})
