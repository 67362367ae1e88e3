import { BOOK_SCHEMA } from '../../model/book/choices.ts'
import { nearest } from '../../model/nearest.ts'

/**
 * Whether the words of a text may be shown: those of a file where it has the keys that such a file has. A file that is
 * named for one of ours may hold another's secrets.
 */
export type Showing = 'always' | 'never' | readonly string[]

// Keys that files of many kinds have, and that tell nothing of whose file it is.
const COMMON: ReadonlySet<string> = new Set(
  '$schema schema name description version title note tags at model cache budget quality total defaults'.split(' '),
)

// More keys are not looked at: what a file is its beginning tells.
const MOST_KEYS = 100

const isLong = ({ length }: string): boolean => length > 4

/** The keys at the top of a file, and what it says of its schema. */
export interface Top {
  readonly keys: readonly string[]
  readonly schema: unknown
}

/** Whether a file is of the kind that it is read for, as far as it could be parsed; `null`: it has no keys. */
export const mayShow = (top: Top | null, showing: Showing): boolean => {
  if (typeof showing === 'string') return showing === 'always'
  if (top === null) return false
  const { schema } = top
  if (typeof schema === 'string' && schema.startsWith('dsprice/'))
    return schema === BOOK_SCHEMA && showing.includes('schema')
  const keys = top.keys.slice(0, MOST_KEYS)
  // A slip of a key of ours is as good as that key; of a few letters anything is one.
  const long = showing.filter(isLong)
  const known = keys.filter(key => showing.includes(key) || (isLong(key) && nearest(key, long).length > 0))
  const unknown = keys.length - known.length
  return known.length > 0 && (unknown === 0 || (known.length > unknown && known.some(key => !COMMON.has(key))))
}
