import { InputError, problems } from '../../errors/index.ts'

/** Maximum length of a pattern in characters: enough for a list of some hundred file names. */
export const PATTERN_LIMIT = 10_000

/** Maximum nesting of braces; nobody writes more. */
const DEEPEST = 50

/** A set of characters, never `/`: the ranges listed or, with `not`, all others. */
export interface CharSet {
  readonly not: boolean
  readonly ranges: readonly (readonly [from: number, to: number])[]
}

/** A step of the automaton: consumes one character and goes to one step, or consumes none and goes to several. */
export type Step =
  | { readonly over: CharSet | '/' | 'any'; readonly to: number }
  | { readonly over: null; readonly to: readonly number[] }

/** A pattern as an automaton: matching begins at the first step, and step `end` accepts. */
export interface Automaton {
  readonly steps: readonly Step[]
  readonly first: number
  readonly end: number
}

const SLASH = '/'
const NAME_CHAR: CharSet = { not: true, ranges: [] }
const one = (char: string): CharSet => {
  const code = char.codePointAt(0) ?? 0
  return { not: false, ranges: [[code, code]] }
}

/**
 * Parses a pattern: `*` and `?` within a name, `**` across folders, `[a-z]`, `[!a]`, `{a,b}`, and `\` to escape a
 * character. Unclosed brackets and braces (`[a`, `{a`) and braces without a comma are literal.
 *
 * @throws {InputError} BAD_GLOB: too long, nested too deeply, or in an unsupported form: `!(a)`, `@(a|b)`, `{1..9}`
 */
export const parseGlob = (pattern: string): Automaton => {
  const chars = [...pattern]
  if (chars.length > PATTERN_LIMIT) {
    const start = `${chars.slice(0, 40).join('')}…`
    throw new InputError([problems.badGlob(start, `it has ${chars.length} characters, more than ${PATTERN_LIMIT}`)])
  }
  const refuse = (why: string): never => {
    throw new InputError([problems.badGlob(pattern, why)])
  }
  if (chars[0] === '!') refuse('a pattern cannot begin with !, to exclude files')
  const steps: Step[] = [{ over: null, to: [] }]
  const build = { chars, braces: bracesOf(chars, refuse), steps, refuse }
  const whole = { from: 0, to: chars.length, next: 0, isFirst: true, isLast: true }
  return { steps, first: read(whole, build), end: 0 }
}

interface Build {
  readonly chars: readonly string[]
  /** Positions of the commas and the closing brace, by the position of the opening brace. */
  readonly braces: ReadonlyMap<number, readonly number[]>
  readonly steps: Step[]
  readonly refuse: (why: string) => never
}

/** A part of the pattern, followed by step `next`; `isFirst`, `isLast`: whether a name begins or ends with it. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly next: number
  readonly isFirst: boolean
  readonly isLast: boolean
}

const add = (steps: Step[], step: Step): number => steps.push(step) - 1

/** Builds the steps of a part of the pattern from its end; returns the first step. */
const read = (stretch: Stretch, build: Build): number => {
  const { chars, steps } = build
  const tokens = tokensOf(stretch, build)
  let next = stretch.next
  for (const token of tokens.reverse()) {
    switch (token.kind) {
      case 'char':
        next = add(steps, { over: token.over, to: next })
        break
      case 'star':
        next = loop(steps, NAME_CHAR, next)
        break
      case 'folders': {
        // Any number of names, each followed by a slash.
        const again = add(steps, { over: null, to: [] })
        const slash = add(steps, { over: SLASH, to: again })
        steps[again] = { over: null, to: [next, add(steps, { over: NAME_CHAR, to: loop(steps, NAME_CHAR, slash) })] }
        next = again
        break
      }
      case 'rest':
        next = add(steps, { over: 'any', to: loop(steps, 'any', next) })
        break
      case 'choice': {
        const after = next
        const isFirst = token.at === stretch.from ? stretch.isFirst : chars[token.at - 1] === SLASH
        const isLast = token.end === stretch.to - 1 ? stretch.isLast : chars[token.end + 1] === SLASH
        const each = token.parts.map(([from, to]) => read({ from, to, next: after, isFirst, isLast }, build))
        next = add(steps, { over: null, to: each })
        break
      }
      default:
        return token satisfies never
    }
  }
  return next
}

/** Builds a loop over any number of characters. */
const loop = (steps: Step[], over: CharSet | 'any', next: number): number => {
  const again = add(steps, { over: null, to: [] })
  steps[again] = { over: null, to: [next, add(steps, { over, to: again })] }
  return again
}

type Token =
  | { readonly kind: 'char'; readonly over: CharSet | '/' }
  | { readonly kind: 'star' | 'folders' | 'rest' }
  | {
      readonly kind: 'choice'
      readonly at: number
      readonly end: number
      readonly parts: readonly (readonly [from: number, to: number])[]
    }

const tokensOf = ({ from, to, isFirst, isLast }: Stretch, { chars, braces, refuse }: Build): Token[] => {
  const tokens: Token[] = []
  const setIn = setsOf(chars, { to, refuse })
  for (let i = from; i < to; i++) {
    const char = chars[i] ?? ''
    const marks = braces.get(i)
    if (/[!@+*?]/.test(char) && chars[i + 1] === '(') refuse(`${char}(…) is not known here`)
    if (char === '\\' && i + 1 < to && chars[i + 1] !== SLASH)
      tokens.push({ kind: 'char', over: one(chars[++i] ?? '') })
    else if (char === SLASH) tokens.push({ kind: 'char', over: SLASH })
    else if (char === '?') tokens.push({ kind: 'char', over: NAME_CHAR })
    else if (char === '*') {
      let after = i
      while (after < to && chars[after] === '*') after++
      const isAlone = after - i === 2 && (i === from ? isFirst : chars[i - 1] === SLASH)
      if (isAlone && chars[after] === SLASH && after < to) tokens.push({ kind: 'folders' })
      else tokens.push({ kind: isAlone && after === to && isLast ? 'rest' : 'star' })
      i = tokens.at(-1)?.kind === 'folders' ? after : after - 1
    } else if (char === '[') {
      const set = setIn(i)
      tokens.push({ kind: 'char', over: set?.set ?? one(char) })
      i = set?.end ?? i
    } else if (marks) {
      const end = marks.at(-1) ?? i
      const parts = marks.map((mark, n) => [(n === 0 ? i : (marks[n - 1] ?? i)) + 1, mark] as const)
      tokens.push({ kind: 'choice', at: i, end, parts })
      i = end
    } else tokens.push({ kind: 'char', over: one(char) })
  }
  return tokens
}

/** Finds sets by their start. After one that is never closed none is, so the rest is not scanned again. */
const setsOf = (chars: readonly string[], within: { readonly to: number; readonly refuse: (why: string) => never }) => {
  let end = within.to
  return (from: number): ReturnType<typeof setAt> => {
    const set = from < end ? setAt(chars, from, within) : null
    if (set === null) end = Math.min(end, from)
    return set
  }
}

/** Parses the set that begins with `[` here; `null` if it is never closed. A leading `]` is literal. */
const setAt = (
  chars: readonly string[],
  from: number,
  { to, refuse }: { readonly to: number; readonly refuse: (why: string) => never },
): { readonly set: CharSet; readonly end: number } | null => {
  let i = from + 1
  const not = chars[i] === '!' || chars[i] === '^'
  if (not) i++
  const ranges: [number, number][] = []
  for (const head = i; i < to; i++) {
    if (chars[i] === ']' && i > head) return { set: { not, ranges }, end: i }
    if (chars[i] === '[' && chars[i + 1] === ':') refuse('[:…:] is not known here')
    if (chars[i] === '\\' && i + 1 < to) i++
    const low = chars[i]?.codePointAt(0) ?? 0
    const isRange = chars[i + 1] === '-' && i + 2 < to && chars[i + 2] !== ']'
    if (isRange) i += 2
    ranges.push([low, isRange ? (chars[i]?.codePointAt(0) ?? 0) : low])
  }
  return null
}

/** Finds the commas and end of each closed brace that has a comma, in one pass even if some braces are never closed. */
const bracesOf = (chars: readonly string[], refuse: (why: string) => never): Map<number, readonly number[]> => {
  const found = new Map<number, readonly number[]>()
  const setIn = setsOf(chars, { to: chars.length, refuse })
  const open: { readonly at: number; readonly commas: number[] }[] = []
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]
    if (char === '\\') i++
    else if (char === '[') i = setIn(i)?.end ?? i
    else if (char === '{') open.push({ at: i, commas: [] })
    else if (char === ',') open.at(-1)?.commas.push(i)
    else if (char === '}') {
      const brace = open.pop()
      if (!brace) continue
      if (brace.commas.length > 0) found.set(brace.at, [...brace.commas, i])
      else if (/^[\w-]+\.\.[\w.-]+$/.test(chars.slice(brace.at + 1, i).join(''))) refuse('{a..b} is not known here')
      if (open.length > DEEPEST) refuse(`its braces are nested more than ${DEEPEST} deep`)
    }
  }
  return found
}
