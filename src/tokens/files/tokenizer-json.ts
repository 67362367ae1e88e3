import type { Splitting } from '../bpe/vocabularies.ts'
import type { Tokens } from '../bpe/vocabulary.ts'
import { cutOf } from '../bpe/vocabulary.ts'
import { bytesOf } from './byte-letters.ts'
import { BYTE_LEVEL, findSplit, SINGLE_DIGITS } from './expressions.ts'
import { isObject, MOST_RANKS, type ReadFile, type Refused, tokensFrom } from './read-file.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads Hugging Face's tokenizer.json of a byte-level vocabulary. Its added tokens are left out: what users write is
 * plain text, even if it spells one.
 */
export const readTokenizerJson = (data: Fields): ReadFile => {
  const { model } = data
  if (!isObject(model)) return { refused: 'it has no "model"' }
  const { type = 'BPE', byte_fallback } = model
  if (type !== 'BPE') {
    return { refused: `its model is ${nameIn(MODELS, type)}, and only byte-level BPE is counted` }
  }
  if (byte_fallback === true) return { refused: SENTENCEPIECE }
  const split = splitOf(data)
  if ('refused' in split) return split
  const tokens = tokensOf(model, data['added_tokens'])
  return 'refused' in tokens ? tokens : { ...split, tokens }
}

export const SENTENCEPIECE = 'it is a SentencePiece vocabulary, which merges otherwise than byte-level BPE'

/** Names of the format that a refusal may say; what else a file has is never printed, as it may be of another kind. */
const MODELS = ['Unigram', 'WordPiece', 'WordLevel']
const NORMALIZERS = [
  ...['NFC', 'NFD', 'NFKC', 'NFKD', 'Nmt', 'Precompiled', 'Lowercase', 'Strip', 'StripAccents', 'Replace', 'Prepend'],
  ...['BertNormalizer', 'ByteLevel'],
]

const nameIn = (names: readonly string[], found: unknown): string =>
  names.find(name => name === found) ?? 'of another kind'

/** A step, or the steps of a sequence; none for `null`. */
const stepsOf = (step: unknown, key: string): readonly unknown[] => {
  if (step === null || step === undefined) return []
  if (!isObject(step) || step['type'] !== 'Sequence') return [step]
  const steps = step[key]
  return Array.isArray(steps) ? steps : []
}

const splitOf = ({ normalizer, pre_tokenizer }: Fields): Splitting | Refused => {
  const [form, ...others] = stepsOf(normalizer, 'normalizers').map(step => (isObject(step) ? step['type'] : step))
  if (others.length > 0) return { refused: 'it normalizes in several steps, and only NFC and NFKC are known' }
  if (form !== undefined && form !== 'NFC' && form !== 'NFKC') {
    return { refused: `its normalizer is ${nameIn(NORMALIZERS, form)}, and only NFC and NFKC are known` }
  }
  const expressions = stepsOf(pre_tokenizer, 'pretokenizers').flatMap(expressionsOf)
  const split = findSplit(expressions.map(one => one ?? ''))
  if (!split) return { refused: 'it splits text by an expression that this version does not know' }
  return { scanner: split.scanner, ...(form === undefined ? {} : { normalize: form }) }
}

/** The expressions of one step; `null`: a step that is not known. */
const expressionsOf = (step: unknown): (string | null)[] => {
  if (!isObject(step)) return [null]
  const { type, pattern, behavior, invert = false } = step
  if (type === 'ByteLevel') {
    if (step['add_prefix_space'] === true) return [null]
    return step['use_regex'] === false ? [] : [BYTE_LEVEL]
  }
  if (type === 'Digits') return [step['individual_digits'] === true ? SINGLE_DIGITS : null]
  const regex = isObject(pattern) ? pattern['Regex'] : null
  // "Removed" of what does not match leaves the same pieces: the expressions match every character.
  const isKept = (behavior === 'Isolated' && invert === false) || (behavior === 'Removed' && invert === true)
  return [type === 'Split' && typeof regex === 'string' && isKept ? regex : null]
}

const tokensOf = (model: Fields, added: unknown): Tokens | Refused => {
  const { vocab, merges, ignore_merges } = model
  // GPT-2's files have empty marks.
  if (model['continuing_subword_prefix'] || model['end_of_word_suffix']) {
    return { refused: 'its tokens have marks where words begin or end, so it is not byte-level' }
  }
  if (!isObject(vocab) || !Array.isArray(merges)) return { refused: 'its model has no "vocab" or no "merges"' }
  const ids = new Map(Object.entries(vocab))
  const ranks: (Uint8Array | undefined)[] = []
  const special = new Set(Array.isArray(added) ? added.map(one => (isObject(one) ? one['id'] : null)) : [])
  for (const [token, id] of ids) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= MOST_RANKS) {
      return { refused: `its vocabulary has an id that is no whole number from 0 to ${MOST_RANKS - 1}` }
    }
    if (id in ranks) return { refused: 'its vocabulary has one id for two tokens' }
    ranks[id] = special.has(id) ? undefined : bytesOf(token)
  }
  const cuts = cutsOf(merges, ids as ReadonlyMap<string, number>, ranks.length)
  return 'refused' in cuts ? cuts : tokensFrom(Array.from(ranks), { ...cuts, whole: ignore_merges === true })
}

/** How each token is merged, in order of rank; rows that give one token differ in where they cut it. */
const cutsOf = (
  merges: readonly unknown[],
  ids: ReadonlyMap<string, number>,
  size: number,
): Pick<Tokens, 'lefts' | 'cuts'> | Refused => {
  const lefts = new Uint16Array(size)
  const cuts = new Set<number>()
  let before = -1
  for (const merge of merges) {
    const parts: unknown = typeof merge === 'string' ? merge.split(' ') : merge
    const [left, right] = Array.isArray(parts) ? (parts as readonly unknown[]) : []
    if (typeof left !== 'string' || typeof right !== 'string') return { refused: 'its merges are not pairs of tokens' }
    const rank = ids.get(left + right)
    if (rank === undefined) return { refused: 'its vocabulary lacks a token that a merge makes' }
    if (rank < before) return { refused: 'its merges are not in the order of their ids' }
    before = rank
    if (lefts[rank] === 0) lefts[rank] = left.length
    else cuts.add(cutOf(rank, left.length))
  }
  return { lefts, cuts: cuts.size > 0 ? cuts : null }
}
