import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dsprice, type Surroundings } from './fake-io.ts'

/** What argv.json holds: one argv, or this. */
interface Case {
  /** What the figures should be, worked by hand. */
  readonly why?: string
  readonly argv?: readonly string[]
  /** Several runs, one after another, in one expected.txt. */
  readonly runs?: readonly (readonly string[])[]
  /** Of an answer in JSON the parts to show, by their paths: `scenarios.0.costs`. The whole is held by its schema. */
  readonly pick?: readonly string[]
  /** Widths to run at; left out: a pipe without COLUMNS. */
  readonly columns?: number | readonly number[]
  /** Whether stdout is a terminal of that width; else COLUMNS says it. */
  readonly tty?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** A file of the case's folder that is piped in. */
  readonly stdin?: string
  /** Whether a catalogue lies under the books. */
  readonly catalogue?: boolean
}

const root = join(import.meta.dirname, 'golden')

const around = (
  folder: string,
  { tty = false, env = {}, stdin, catalogue = false }: Case,
  width: number | null,
): Surroundings => ({
  env: tty || width === null ? env : { COLUMNS: String(width), ...env },
  catalogue,
  ...(tty ? { terminal: width ?? 80 } : {}),
  ...(stdin === undefined ? {} : { stdin: readFileSync(join(folder, stdin)) }),
})

const typed = (argv: readonly string[]): string =>
  ['dsprice', ...argv.map(word => (/^[\w./,=:@+-]+$/.test(word) ? word : `'${word}'`))].join(' ')

/** The parts of an answer in JSON, each below its path. */
const picked = (out: string, paths: readonly string[]): string => {
  const whole: unknown = JSON.parse(out)
  expect(out).toBe(`${JSON.stringify(whole, null, 2)}\n`)
  const partAt = (path: string): unknown => {
    let part = whole
    for (const key of path.split('.')) part = (part as Readonly<Record<string, unknown>>)[key]
    if (part === undefined) throw new Error(`the answer has no ${path}`)
    return part
  }
  return paths.map(path => `${path}: ${JSON.stringify(partAt(path), null, 2)}\n`).join('')
}

// One folder is one case. `vitest -u` rewrites expected.txt; read that diff before you commit it.
const cases = readdirSync(root, { withFileTypes: true }).filter(entry => entry.isDirectory())
test.each(cases.map(({ name }) => name))('golden: %s', async name => {
  const folder = join(root, name)
  const given = JSON.parse(readFileSync(join(folder, 'argv.json'), 'utf8')) as Case | string[]
  const one: Case = Array.isArray(given) ? { argv: given } : given
  const widths = one.columns === undefined ? [null] : [one.columns].flat()
  let text = ''
  for (const argv of [...(one.argv ? [one.argv] : []), ...(one.runs ?? [])]) {
    for (const width of widths) {
      const { code, out, err } = await dsprice(argv, folder, around(folder, one, width))
      const place = width === null ? '' : `   (${width} columns, ${one.tty ? 'terminal' : 'pipe'})`
      const shown = one.pick ? picked(out, one.pick) : out
      const stream = one.pick ? 'of stdout' : 'stdout'
      text += `$ ${typed(argv)}${place}\nexit ${code}\n--- ${stream}\n${shown}--- stderr\n${err}\n`
    }
  }
  // The escape character is written out, so that colours can be read in a diff.
  await expect(text.replaceAll('\x1b', '<ESC>')).toMatchFileSnapshot(join(folder, 'expected.txt'))
})
