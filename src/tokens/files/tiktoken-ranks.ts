import { SPLITS } from './expressions.ts'
import { fromBase64, MOST_RANKS, type ReadFile, tokensFrom } from './read-file.ts'

/** A line: a token in base64 and its rank. */
const LINE = /^([A-Za-z0-9+/]+={0,2}) (\d{1,8})$/

/** Whether a text begins as a file of ranks does. */
export const isTiktoken = (text: string): boolean => LINE.test(text.slice(0, 100).split(/\r?\n/, 1)[0] ?? '')

/**
 * Reads tiktoken's file of ranks, which does not say how text is split.
 *
 * @param split - the name of a split
 */
export const readTiktoken = (text: string, split: string | undefined): ReadFile => {
  const row = SPLITS.find(({ name }) => name === split)
  const names = SPLITS.map(({ name }) => name).join(', ')
  if (!row) {
    return { refused: `a file of ranks does not say how text is split; the splits are ${names}`, split: 'missing' }
  }
  const ranks: (Uint8Array | undefined)[] = []
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line === '') continue
    const [, token = '', rank = ''] = LINE.exec(line) ?? []
    const bytes = fromBase64(token)
    if (token === '' || !bytes || Number(rank) >= MOST_RANKS) return { refused: `line ${i + 1} is no token and rank` }
    if (Number(rank) in ranks) return { refused: `line ${i + 1} has a rank that another line has` }
    ranks[Number(rank)] = bytes
  }
  const tokens = tokensFrom(Array.from(ranks), { lefts: null, whole: true })
  return 'refused' in tokens ? tokens : { scanner: row.scanner, tokens }
}
