import type { Problem } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { printable } from '../../model/printable.ts'
import { wrapBy } from '../../report/blocks/wrap-by.ts'

/** When to use colour, as `--color` says. */
export type When = 'auto' | 'always' | 'never'

/** Characters per line: COLUMNS, else the terminal's width, else no limit, so nothing is wrapped in a pipe. */
export const widthOf = ({ env, stdout }: Pick<Io, 'env' | 'stdout'>): number => {
  const given = Number(env['COLUMNS'])
  if (Number.isInteger(given) && given > 0) return Math.max(60, given)
  return stdout.isTTY ? Math.max(60, stdout.columns ?? 80) : Number.POSITIVE_INFINITY
}

/** Whether to use colour, decided by the flag, NO_COLOR, FORCE_COLOR, and whether the stream is a capable terminal. */
export const isColoured = ({ env, stdout }: Pick<Io, 'env' | 'stdout'>, when: When = 'auto'): boolean => {
  if (when !== 'auto') return when === 'always'
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0'
  return stdout.isTTY && env['TERM'] !== 'dumb'
}

/** How text looks on stderr, which may be a terminal where stdout is not. */
export interface Look {
  readonly width: number
  readonly coloured: boolean
}

export const PLAIN_LOOK: Look = { width: Number.POSITIVE_INFINITY, coloured: false }

export const lookOf = ({ env, stderr }: Pick<Io, 'env' | 'stderr'>, when: When = 'auto'): Look => {
  const stream = { env, stdout: stderr }
  return { width: widthOf(stream), coloured: isColoured(stream, when) }
}

/** The value of `--color` among arguments that were not parsed yet. */
export const colourIn = (argv: readonly string[]): When => {
  const end = argv.indexOf('--')
  const flags = end < 0 ? argv : argv.slice(0, end)
  const given = flags.flatMap((word, i) =>
    word === '--color' ? [flags[i + 1]] : word.startsWith('--color=') ? [word.slice('--color='.length)] : [],
  )
  const last = given.at(-1)
  return last === 'always' || last === 'never' ? last : 'auto'
}

/** What is told on stderr: an error, or a warning. */
export interface Told {
  readonly kind: 'error' | 'warning'
  readonly code: string
  readonly place: string
  readonly whats: readonly string[]
  /** A line of a file with a marker below it, which is not wrapped. */
  readonly excerpt?: readonly string[]
  readonly fix: string
}

// Codes of a terminal for red, yellow, bold and faint, each with its end.
const KIND = { error: ['[31m', '[39m'], warning: ['[33m', '[39m'] } as const
const BOLD = ['[1m', '[22m'] as const
const FAINT = ['[2m', '[22m'] as const

/** An error or warning as text, made harmless: its code and place, what is wrong, the line in question and the fix. */
export const tellText = ({ kind, code, place, whats, excerpt = [], fix }: Told, { width, coloured }: Look): string => {
  const paint = (text: string, [on, off]: readonly [string, string]): string =>
    coloured ? `\u001b${on}${text}\u001b${off}` : text
  const set = (text: string, first: string, rest: string): string => wrapBy(printable(text), { width, first, rest })
  const where = place === '' ? '' : ` ${printable(place)}`
  const lines = whats.map(what => set(what, '  ', '  '))
  const shown = excerpt.length > 0 ? ['', ...excerpt.map(line => `  ${printable(line)}`), ''] : []
  // The first word is wrapped with the text, then painted.
  const [first = '', ...more] = set(fix, '  fix: ', '    ').split('\n')
  const fixed = [`  ${paint('fix:', FAINT)}${first.slice('  fix:'.length)}`, ...more]
  return `${[`${paint(kind, KIND[kind])} ${paint(code, BOLD)}${where}`, ...lines, ...shown, ...fixed].join('\n')}\n`
}

/** A key's path as text. */
export const keyOf = (path: readonly (string | number)[]): string => path.join('.')

/** A problem as text: its place, what is wrong, the line in question and the fix. */
export const inWords = (problem: Problem, look = PLAIN_LOOK): string => {
  const { code, what, fix, path = [], at, scenario, excerpt } = problem
  const place = [at ?? scenario, keyOf(path)].filter(Boolean).join(' ')
  const lines = excerpt ? { excerpt: excerpt.split('\n') } : {}
  return tellText({ kind: 'error', code, place, whats: [what], fix, ...lines }, look)
}
