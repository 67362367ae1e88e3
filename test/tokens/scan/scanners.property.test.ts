import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SPLITS } from '../../../src/tokens/files/expressions.ts'
import { NEWER_CHARACTERS } from '../newer-characters.ts'

/** White space and contractions as Rust has them, for expressions of JavaScript. */
const S = String.raw`\p{White_Space}`
const CONTRACTION = `'(?:[sSſtTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])`
const TAIL = String.raw`${S}*[\r\n]+|${S}+(?!\P{White_Space})|${S}+`
const PREFIX = String.raw`[^\r\n\p{L}\p{N}]?`

const cl100k = (word: string, rest: string, digits: string) =>
  String.raw`${CONTRACTION}|${PREFIX}${word}+|\p{N}${digits}| ?[^${S}${rest}\p{N}]+[\r\n]*|${TAIL}`

const cased = (upper: string, lower: string, { suffix = '', digits = '', tail = '', first = '' }) =>
  [
    `${first}${PREFIX}${upper}*${lower}+${suffix}`,
    `${PREFIX}${upper}+${lower}*${suffix}`,
    String.raw`\p{N}${digits}`,
    String.raw` ?[^${S}\p{L}\p{N}]+[\r\n${tail}]*`,
    TAIL,
  ].join('|')

const UPPER = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`
const LOWER = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`
const HAN = String.raw`\p{Script=Han}`
const GPT2 = String.raw`'(?:[stmd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^${S}\p{L}\p{N}]+|${S}+(?!\P{White_Space})|${S}+`

/** Each split as expressions that split one within the other; what none matches stays a piece. */
const EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  cl100k_base: [cl100k(String.raw`\p{L}`, String.raw`\p{L}`, '{1,3}')],
  qwen: [cl100k(String.raw`\p{L}`, String.raw`\p{L}`, '')],
  'qwen-3.5': [cl100k(String.raw`[\p{L}\p{M}]`, String.raw`\p{L}\p{M}`, '')],
  o200k_base: [cased(UPPER, LOWER, { suffix: `(?:${CONTRACTION})?`, digits: '{1,3}', tail: String.raw`\/` })],
  tekken: [cased(UPPER, LOWER, { tail: String.raw`\/` })],
  kimi: [
    cased(`[${UPPER}--${HAN}]`, `[${LOWER}--${HAN}]`, {
      suffix: `(?:${CONTRACTION})?`,
      digits: '{1,3}',
      first: `${HAN}+|`,
    }),
  ],
  'deepseek-v3': [
    String.raw`\p{N}{1,3}`,
    '[一-龥぀-ゟ゠-ヿ]+',
    String.raw`[!"#$%&'\(\)*+,\-.\/:;<=>?@\[\\\]^_\x60\{\|\}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|${TAIL}`,
  ],
  gpt2: [GPT2],
  'command-r': [String.raw`\p{N}`, GPT2],
}

/** Splits pieces by an expression: its matches, and what stands between them. */
const splitBy = (pieces: readonly string[], expression: RegExp): string[] =>
  pieces.flatMap(piece => {
    const parts: string[] = []
    let at = 0
    for (const { index, 0: match } of piece.matchAll(expression)) {
      if (index > at) parts.push(piece.slice(at, index))
      parts.push(match)
      at = index + match.length
    }
    return at < piece.length ? [...parts, piece.slice(at)] : parts
  })

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        'B',
        'ǅ',
        'ʰ',
        'ª',
        '中',
        '〇',
        '々',
        '㐂',
        '⺀',
        'あ',
        'ー',
        '・',
        '\u3099',
        'é',
        '\u0301',
        '\u0903',
      ),
      fc.constantFrom(' ', '  ', '\n', '\r\n', '\t', '\u00a0', '\u0085', '\ufeff', '\u200d', '\u3000'),
      fc.constantFrom("'s", "'LL", "'ſ", "'", '.', '!', '/', '$', '_', '1', '23', '٣', '½', '👍', '\u0000'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 24 },
  )
  .map(parts => parts.join('').toWellFormed().replace(NEWER_CHARACTERS, ''))

it('has expressions for every split', () => {
  expect(Object.keys(EXPRESSIONS).sort()).toEqual(SPLITS.map(({ name }) => name).sort())
})

describe.each(SPLITS)('$name', ({ name, scanner }) => {
  const expressions = (EXPRESSIONS[name] ?? []).map(one => new RegExp(one, 'gv'))

  it('finds the pieces that its expression finds', () => {
    fc.assert(
      fc.property(text, written => {
        const bytes = new TextEncoder().encode(written)
        const scan = scanner()
        const pieces: string[] = []
        for (let at = 0; at < bytes.length; ) {
          const to = scan(bytes, at, bytes.length)
          pieces.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at, to)))
          at = to
        }
        expect(pieces).toEqual(expressions.reduce(splitBy, written === '' ? [] : [written]))
      }),
      { numRuns: 2000 },
    )
  })
})
