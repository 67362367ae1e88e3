import { exact, quotient, toDecimals } from '../model/number/money.ts'
import type { Estimation, TextKind } from '../model/scenario/counted.ts'
import type { Count, Tokenizer } from './tokenizer.ts'

type Kinds = NonNullable<Estimation['kinds']>

/** Letters of another script than Latin, with what follows up to the next Latin letter. */
const OTHER_SCRIPTS = /(?!\p{Script=Latin})\p{L}[^\p{Script=Latin}]*/gu

/** A letter repeated 16 times or more, which no text has. */
const ONE_LETTER = /(\p{L})\1{15,}/gu

/** Digits count as other scripts; o200k_base splits them in threes. */
const DIGITS = /\p{N}+/gu
const DIGITS_A_TOKEN = 3

/** Characters that give structure to code, JSON and markup. */
const STRUCTURE = /[{}[\]()<>=;:"'`_/\\|&*+#$@^~%]+/g

/**
 * The least share of structure among the characters of a paragraph of code, spaces left out. Measured over this project
 * and what it depends on: paragraphs of TypeScript, C, JSON and Python are above it at 97, 96, 100 and 83% of their
 * letters, prompts and licences at 3 and 1%.
 */
const CODE_SHARE = 0.08

const PARAGRAPHS = /\n[^\S\n]*\n/

/** UTF-16 units that a pattern is matched against at once: a run of millions is more than its stack holds. */
const SLICE = 65_536

const slicesOf = (text: string): string[] => {
  const slices: string[] = []
  for (let from = 0; from < text.length; ) {
    const isSplit = /[\ud800-\udbff]/.test(text[from + SLICE - 1] ?? '')
    const to = from + SLICE - (isSplit ? 1 : 0)
    slices.push(text.slice(from, to))
    from = to
  }
  return slices
}

const matchesIn = (text: string, what: RegExp): string[] => slicesOf(text).flatMap(slice => slice.match(what) ?? [])

const without = (text: string, what: RegExp): string =>
  slicesOf(text)
    .map(slice => slice.replace(what, ' '))
    .join('')

const LATIN = /\p{Script=Latin}+/gu

/** Tokens of a text for each kind of text in it; they add up to its tokens. */
export const tokensByKind = (text: string, { count }: Pick<Tokenizer, 'count'>): Readonly<Record<TextKind, number>> => {
  const total = count(text)
  const letters = matched(text, LATIN)
  if (letters === 0) return { prose: 0, code: 0, other_scripts: total, one_letter: 0 }
  const repeated = matchesIn(text, ONE_LETTER).join(' ')
  const rest = repeated === '' ? text : without(text, ONE_LETTER)
  const others = matchesIn(rest, OTHER_SCRIPTS).join(' ')
  const latin = others === '' ? rest : without(rest, OTHER_SCRIPTS)
  const oneLetter = Math.min(total, repeated === '' ? 0 : count(repeated))
  const digits = matchesIn(latin, DIGITS).reduce((sum, run) => sum + Math.ceil(run.length / DIGITS_A_TOKEN), 0)
  const other = Math.min(total - oneLetter, digits + (others === '' ? 0 : count(others)))
  const left = total - oneLetter - other
  const code = codeTokens(left, latin)
  return { prose: left - code, code, other_scripts: other, one_letter: oneLetter }
}

/** Those of a text's tokens that are code, by the Latin letters that stand in paragraphs of code. */
const codeTokens = (tokens: number, text: string): number => {
  let [code, all] = [0, 0]
  for (const paragraph of text.split(PARAGRAPHS)) {
    const letters = matched(paragraph, LATIN)
    all += letters
    const characters = paragraph.replace(/\s/g, '').length
    if (matched(paragraph, STRUCTURE) >= CODE_SHARE * characters) code += letters
  }
  return all === 0 ? 0 : Number(toDecimals(quotient(exact(tokens).times(code), exact(all)), 0))
}

/** How many characters of a text are in runs of a kind. */
const matched = (text: string, what: RegExp): number =>
  matchesIn(text, what).reduce((characters, run) => characters + run.length, 0)

/** Tokens of a text, each kind of text in it at its own factor and band; the ends are rounded outwards. */
export const countByKind = (text: string, tokenizer: Pick<Tokenizer, 'count'>, kinds: Kinds): Count => {
  const tokens = Object.entries(tokensByKind(text, tokenizer)) as [TextKind, number][]
  const at = (end: 'percent' | 'low' | 'high'): number =>
    tokens.reduce((sum, [kind, count]) => sum + count * kinds[kind][end], 0)
  return {
    tokens: Number(toDecimals(exact(at('percent')).times('0.01'), 0)),
    low: Math.floor(at('low') / 100),
    high: Math.ceil(at('high') / 100),
  }
}
