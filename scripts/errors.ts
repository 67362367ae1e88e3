import { lintProblems } from '../src/book/lint/lint-problems.ts'
import { CODES, type Code } from '../src/errors/codes.ts'
import { type Problem, problems } from '../src/errors/index.ts'

const KINDS = {
  error: {
    title: 'Errors',
    intro: 'An error ends the run: nothing is printed on stdout, and every fault that was found is on stderr.',
  },
  lint: {
    title: 'Findings of price files',
    intro:
      '`prices lint` reports them; every other command refuses a price file of yours that has one, with exit code 2.',
  },
  note: {
    title: 'Notes on price files',
    intro:
      '`prices lint` adds them to its answer, as what looks odd and may be right; under `--strict` they are errors with exit code 2. Nothing else asks for them.',
  },
  warning: {
    title: 'Warnings',
    intro: 'A warning stands on stderr beside the answer; under `--strict` it is an error with exit code 2.',
  },
  assumption: {
    title: 'Assumptions',
    intro: 'What a figure rests on; `--explain` prints the assumptions, JSON always has them.',
  },
} as const

/** Stands for any argument of a row: it is used in words only, and their words are not read here. */
const anything: never = new Proxy(() => anything, {
  get: (_, key) => {
    if (key === Symbol.toPrimitive) return () => '1'
    if (key === Symbol.iterator) return () => [][Symbol.iterator]()
    return key === 'length' ? 1 : anything
  },
  apply: () => anything,
}) as never

type Row = (...args: readonly never[]) => Problem

/** Exit codes of each code, as the rows state them. */
export const exitsOf = (): ReadonlyMap<string, ReadonlySet<number>> => {
  // A bug has no row: `cli.ts` gives what it did not expect this code.
  const exits = new Map<string, Set<number>>([['BUG', new Set([4])]])
  const rows: readonly Row[] = [...Object.values(problems), ...Object.values(lintProblems)]
  for (const row of rows) {
    const { code, exit } = row(anything, anything, anything)
    exits.set(code, (exits.get(code) ?? new Set()).add(exit))
  }
  return exits
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** `docs/errors.md`: every code, when it comes and what to do. */
export const errorsPage = (): string => {
  const exits = exitsOf()
  const codes = (Object.keys(CODES) as Code[]).sort()
  const sections = Object.entries(KINDS).flatMap(([kind, { title, intro }]) => {
    const own = codes.filter(code => CODES[code].kind === kind)
    const heads = kind === 'error' ? ['Code', 'Exit', 'When', 'What to do'] : ['Code', 'When', 'What to do']
    const columns = kind === 'assumption' ? heads.slice(0, 2) : heads
    const rows = own.map(code => {
      const meaning: { readonly when: string; readonly fix?: string } = CODES[code]
      const cells = [
        `\`${code}\``,
        ...(kind === 'error' ? [[...(exits.get(code) ?? [])].sort().join(', ')] : []),
        meaning.when,
        ...(meaning.fix === undefined ? [] : [meaning.fix]),
      ]
      return `| ${cells.map(cell).join(' | ')} |`
    })
    const rule = `| ${columns.map(() => ':---').join(' | ')} |`
    return [`## ${title}`, '', intro, '', `| ${columns.join(' | ')} |`, rule, ...rows, '']
  })
  return [
    '# Codes of errors, warnings and assumptions',
    '',
    'Codes are stable: scripts may match them. A message says where and what, and after `fix:` what to type.',
    '',
    '```text',
    'error INVALID chat.yaml:8:14 cache.hit_share',
    '  must be a share from 0 to 1, or a percentage from 0% to 100%, got 73',
    '',
    '  8 |   hit_share: 73',
    '    |              ^^',
    '',
    '  fix: write a share such as 0.85 or 85%',
    '```',
    '',
    'Exit codes: 0 done; 1 over a budget (`check`); 2 the input or the call is wrong; 3 the input is right but there is',
    'no answer; 4 a bug in dsprice. If several apply, the exit code is 4, else 2, else 3, else 1.',
    '',
    ...sections,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
