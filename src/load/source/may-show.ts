import { BOOK_SCHEMA } from '../../model/book/choices.ts'
import { nearest } from '../../model/nearest.ts'

/**
 * When a text may be quoted in messages: always, never, or if its top-level keys are those of this kind of file. A path
 * may point to an unrelated file with secrets.
 */
export type Showing = 'always' | 'never' | readonly string[]

// Keys that many kinds of files have, and that do not identify ours.
const COMMON: ReadonlySet<string> = new Set(
  '$schema schema name description version title note tags at model cache budget quality total defaults'.split(' '),
)

// Only the first keys are examined; they are enough to identify a file.
const MOST_KEYS = 100

const isLong = ({ length }: string): boolean => length > 4

/** The top-level keys of a file, and the value of its `schema` key. */
export interface Top {
  readonly keys: readonly string[]
  readonly schema: unknown
}

/** Whether a file looks like the expected kind, as far as it could be parsed; `null`: it has no keys. */
export const mayShow = (top: Top | null, showing: Showing): boolean => {
  if (typeof showing === 'string') return showing === 'always'
  if (top === null) return false
  const { schema } = top
  if (typeof schema === 'string' && schema.startsWith('dsprice/'))
    return schema === BOOK_SCHEMA && showing.includes('schema')
  const keys = top.keys.slice(0, MOST_KEYS)
  // A misspelt key of ours counts as that key, but only if it is long, as any short word resembles a short key.
  const long = showing.filter(isLong)
  const known = keys.filter(key => showing.includes(key) || (isLong(key) && nearest(key, long).length > 0))
  const unknown = keys.length - known.length
  return known.length > 0 && (unknown === 0 || (known.length > unknown && known.some(key => !COMMON.has(key))))
}
