import type { Refused } from './files/index.ts'
import { remembering } from './load-counter.ts'
import type { Counter, Tokenizer } from './tokenizer.ts'

/** A tokenizer file of the user's. */
export interface CountingFile {
  /** The name that models of a book have it by. */
  readonly name: string
  /** Its path, as reports say it. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly sha256: string
  /** How text is split, for a file of ranks; left out: as for the maker's file with that hash. */
  readonly split?: string | undefined
}

/** Tokenizers of files by content, so that the files of both sides of a comparison are indexed once. */
const indexed = new Map<string, Tokenizer>()

/** Digits of a hash in reports. */
const SHOWN = 8

/** The counter of a tokenizer file, always exact; or why the file cannot be counted with. */
export const readCounter = async ({ name, path, bytes, sha256, split }: CountingFile): Promise<Counter | Refused> => {
  const [{ findKnownFile, readTokenizerFile }, { byteLevelTokenizer }] = await Promise.all([
    import('./files/index.ts'),
    import('./bpe/tokenizer.ts'),
  ])
  const known = findKnownFile(sha256)
  const key = `${sha256} ${split}`
  let tokenizer = indexed.get(key)
  if (!tokenizer) {
    const read = readTokenizerFile(bytes, split ?? known?.split)
    if ('refused' in read) return read
    const { count, encode } = byteLevelTokenizer(read.tokens, read)
    tokenizer = { count: remembering(count), encode }
    indexed.set(key, tokenizer)
  }
  const { count, encode } = tokenizer
  const whose = known ? `${known.name}'s file` : 'a file that dsprice does not know'
  return {
    ...{ name, vocabulary: path, estimation: null, source: `${whose}, sha256 ${sha256.slice(0, SHOWN)}…` },
    encode,
    count: text => {
      const tokens = count(text)
      return { tokens, low: tokens, high: tokens }
    },
  }
}
