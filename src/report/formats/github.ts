import { remembered } from '../../model/remembered.ts'
import type { Check } from '../../model/result/check.ts'
import type { Result, Warning } from '../../model/result/result.ts'
import { type Encoder, type RenderOptions, viewOf } from '../blocks/renderer.ts'
import { causesUnder, plainly } from '../check/causes-in-words.ts'
import { type Held, heldIn, toneOf } from '../check/held.ts'
import * as figures from '../check/limit-figures.ts'
import * as limits from '../check/limits-in-words.ts'
import * as moves from '../check/moved-in-words.ts'

/** Annotations on the lines of a pull request, as commands that GitHub's runner reads from the log; worst first. */
export const github = {
  result: (result, options) => {
    const { check } = result
    const placeOf = placesFrom(options.from)
    const warnings = result.warnings.map(warning => warningCommand(warning, result, placeOf))
    const commands = check
      ? [
          ...check.faults.map(({ code, what, fix, file, at }) =>
            command('error', { title: code, ...placeOf(at ?? file) }, `${what}; ${fix}`),
          ),
          ...limits.findings(heldIn(result)).map(held => findingCommand(held, result, placeOf)),
          ...warnings,
          ...noticesOf(result, check, options),
        ]
      : warnings
    return commands.map(one => `${one}\n`).join('')
  },
} satisfies Encoder

/** Position of an annotation; without a file it is attached to the run only. */
interface Place {
  readonly file?: string
  readonly line?: string
  readonly col?: string
}

/**
 * Splits `file:line:column` from the end, since a file name may contain colons.
 *
 * @param from - folder that relative paths start from, seen from the top of the repository
 */
export const placesFrom =
  (from: string | undefined): ((at: string | null) => Place) =>
  at => {
    // An option of the call has no position in a file; a file name may also start with hyphens.
    if (at === null || at === '' || /^--(?:set |input\b)/.test(at)) return {}
    const [, name = at, line, col] = /^(.+?)(?::(\d+))(?::(\d+))?$/s.exec(at) ?? []
    const file = from === undefined || name.startsWith('/') ? name : joined(from, name)
    return { file, ...(line === undefined ? {} : { line }), ...(col === undefined ? {} : { col }) }
  }

/** A path joined to a folder, with `..` steps resolved. */
const joined = (folder: string, path: string): string => {
  const steps: string[] = []
  for (const step of `${folder}/${path}`.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/**
 * One command of GitHub's runner, on one line whatever its parts contain: property names, order and escapes are those
 * of GitHub's own toolkit.
 *
 * @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export const command = (
  kind: 'error' | 'warning' | 'notice',
  { title, file, line, col }: Place & { readonly title: string },
  message: string,
): string => {
  const properties = Object.entries({ title, file, line, col })
    .flatMap(([key, value]) => (value ? [`${key}=${escapeProperty(value)}`] : []))
    .join(',')
  return `::${kind} ${properties}::${escapeData(message)}`
}

const escapeData = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')

const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C')

type PlaceOf = ReturnType<typeof placesFrom>

const findingCommand = (held: Held, result: Result, placeOf: PlaceOf): string => {
  const { verdict, name, file } = held
  const kind = toneOf(verdict) === 'FAIL' ? 'error' : 'warning'
  const causes = plainly(causesUnder(result, held))
  const why = causes === '' ? '' : ` Largest causes: ${causes}.`
  const message = `${figures.actualOf(held)}; the limit is ${figures.limitOf(held)}.${why} To fix it: ${verdict.fix}`
  return command(kind, { title: `${name}: ${limits.finding(held)}`, ...placeOf(verdict.at ?? file) }, message)
}

const filesOf = remembered((scenarios: Result['scenarios']) => new Set(scenarios.map(({ file }) => file)))

/** A scenario that was not read from a file has only a name, which is no position. */
const warningCommand = (
  { code, what, fix, at, scenario }: Warning,
  { scenarios }: Result,
  placeOf: PlaceOf,
): string => {
  const file = scenario !== undefined && filesOf(scenarios).has(scenario) ? scenario : null
  return command('warning', { title: code, ...placeOf(at ?? file) }, `${what}; ${fix}`)
}

const noticesOf = (result: Result, check: Check, options: RenderOptions): string[] => {
  if (check.baseline.kind === 'none') {
    const skipped = limits.notHeld(heldIn(result)) ?? limits.leftAside(check)
    const message = [limits.groundsOf(check), ...(skipped === null ? [] : [skipped])].join('; ')
    return [command('notice', { title: check.usage ? 'usage' : 'no baseline' }, message)]
  }
  const repriced = moves.pricesAlone(result, viewOf(options))
  return repriced === null ? [] : [command('notice', { title: 'new prices' }, repriced)]
}
