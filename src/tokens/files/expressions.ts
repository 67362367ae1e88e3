import type { SPLITS as NAMES } from '../../model/book/choices.ts'
import { scanCl100k } from '../scan/cl100k.ts'
import { LETTERS, MARK, setOf } from '../scan/classes.ts'
import { scanDeepSeek } from '../scan/deepseek.ts'
import { scanGpt2 } from '../scan/gpt2.ts'
import { scanO200k } from '../scan/o200k.ts'
import type { Scanner } from '../scan/scanner.ts'

const CONTRACTIONS = `(?i:'s|'t|'re|'ve|'m|'ll|'d)`
const TAIL = String.raw`\s*[\r\n]+|\s+(?!\S)|\s+`
const PREFIX = String.raw`[^\r\n\p{L}\p{N}]?`
const UPPER = String.raw`\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}`
const LOWER = String.raw`\p{Ll}\p{Lm}\p{Lo}\p{M}`

/** The expression of o200k_base with other ends of its parts. */
const o200k = ({
  upper = `[${UPPER}]`,
  lower = `[${LOWER}]`,
  suffix = `${CONTRACTIONS}?`,
  digits = '{1,3}',
  tail = '/',
  first = '',
}) =>
  [
    `${first}${PREFIX}${upper}*${lower}+${suffix}`,
    `${PREFIX}${upper}+${lower}*${suffix}`,
    String.raw`\p{N}${digits}`,
    String.raw` ?[^\s\p{L}\p{N}]+[\r\n${tail}]*`,
    TAIL,
  ].join('|')

const cl100k = ({ word = String.raw`\p{L}`, not = '', digits = '{1,3}' }) =>
  String.raw`${CONTRACTIONS}|${PREFIX}${word}+|\p{N}${digits}| ?[^\s\p{L}${not}\p{N}]+[\r\n]*|${TAIL}`

const MARKED = String.raw`[\p{L}\p{M}]`
const NOT_HAN = String.raw`&&[^\p{Han}]`
const HAN_FIRST = String.raw`[\p{Han}]+|`

const always = (scanner: Scanner) => () => scanner

interface Row {
  /** The name by which a user can say it. */
  readonly name: (typeof NAMES)[number]
  /** Expressions that split one within the other, as tokenizer files write them. */
  readonly expressions: readonly string[]
  readonly scanner: () => Scanner
}

/** What ByteLevel's own expression is called here, and that which splits digits singly. */
export const BYTE_LEVEL = 'ByteLevel'
export const SINGLE_DIGITS = 'Digits'

/** Every split expression that has a scanner, one row each. */
export const SPLITS: readonly Row[] = [
  { name: 'cl100k_base', expressions: [cl100k({})], scanner: always(scanCl100k({ most: 3 })) },
  { name: 'qwen', expressions: [cl100k({ digits: '' })], scanner: always(scanCl100k({ most: 1 })) },
  {
    name: 'qwen-3.5',
    expressions: [cl100k({ word: MARKED, not: String.raw`\p{M}`, digits: '' })],
    scanner: always(scanCl100k({ most: 1, word: LETTERS | setOf(MARK) })),
  },
  {
    name: 'o200k_base',
    expressions: [o200k({})],
    scanner: always(scanO200k({ most: 3, contractions: true, tail: 'slashes' })),
  },
  {
    name: 'tekken',
    expressions: [o200k({ suffix: '', digits: '' })],
    scanner: always(scanO200k({ most: 1, contractions: false, tail: 'slashes' })),
  },
  {
    name: 'kimi',
    expressions: [o200k({ upper: `[${UPPER}${NOT_HAN}]`, lower: `[${LOWER}${NOT_HAN}]`, tail: '', first: HAN_FIRST })],
    scanner: always(scanO200k({ most: 3, contractions: true, han: true, tail: 'lines' })),
  },
  {
    name: 'deepseek-v3',
    expressions: [
      String.raw`\p{N}{1,3}`,
      '[一-龥぀-ゟ゠-ヿ]+',
      String.raw`[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_` +
        '`' +
        String.raw`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|${TAIL}`,
    ],
    scanner: scanDeepSeek,
  },
  { name: 'gpt2', expressions: [BYTE_LEVEL], scanner: always(scanGpt2({ singly: false })) },
  { name: 'command-r', expressions: [SINGLE_DIGITS, BYTE_LEVEL], scanner: always(scanGpt2({ singly: true })) },
]

/** One writing of an expression: line breaks escaped, without possessive quantifiers, contractions in full. */
const plain = (expression: string): string =>
  expression
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\n', String.raw`\n`)
    .replace(/([+*?}])\+/g, '$1')
    .replaceAll(/'\(\?i:\[sdmt\]\|ll\|ve\|re\)/g, CONTRACTIONS)

/** The split of these expressions; `null`: none of them has a scanner. */
export const findSplit = (expressions: readonly string[]): Row | null => {
  const written = expressions.map(plain).join('\n')
  return SPLITS.find(row => row.expressions.map(plain).join('\n') === written) ?? null
}
