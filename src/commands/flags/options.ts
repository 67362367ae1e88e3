import { relative, sep } from 'node:path'
import { type Command, Option } from 'commander'
import { andMore, InputError, MOST_TOLD, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { BOARDS } from '../../model/book/choices.ts'
import { parseInstant } from '../../model/instant.ts'
import type { Warning } from '../../model/result/result.ts'
import { firstOfMonth } from '../../model/time.ts'
import type { PageData } from '../../plan/page/page-data.ts'
import { andAlike, groupAlike } from '../../report/blocks/alike-warnings.ts'
import { type Paint, PLAIN, type RenderOptions } from '../../report/blocks/renderer.ts'
import type { Format } from '../../report/index.ts'
import { isColoured, lookOf, tellText, type When, widthOf } from './on-stderr.ts'

/** The flags that mean the same in every command. */
export interface CommonOptions {
  readonly format: Format
  readonly json?: boolean
  readonly output?: string
  readonly strict?: boolean
  readonly explain?: boolean
  readonly quiet?: boolean
  readonly allowOutside?: boolean
  readonly color?: When
}

/** Collects the values of a repeatable flag. */
export const gather = (value: string, before: readonly string[] = []): string[] => [...before, value]

/** Adds the flags of every command that prints a report; `formats`: those that it supports. */
export const addReportOptions = (command: Command, formats: readonly Format[], { explain = false } = {}): Command => {
  command
    .addOption(new Option('-f, --format <name>', 'report format').choices(formats).default('table'))
    .option('--json', 'the same as --format json')
  if (explain) command.option('--explain', 'every line: quantity × rate = cost, with its source')
  return addTellingOptions(command)
}

/** Adds the flags of warnings, and of colour. */
export const addTellingOptions = (command: Command): Command =>
  command
    .option('--strict', 'any warning is an error (exit 2)')
    .option('--quiet', 'no warnings on stderr')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto'))

export const OUTPUT_FLAG = '-o, --output <file>'
export const OUTPUT_TEXT = 'write to a file, whole or not at all; - is stdout'

export const addPricingOption = (command: Command): Command =>
  command.option('--pricing <book>', 'price book version or file; repeatable, later rows win', gather)

export const CATALOGUE_TEXT = 'also the models that only the catalogue under the book has'

export const scoreOption = (): Option =>
  new Option('--score <board>', 'the board whose scores of the price book count').choices(BOARDS).default(BOARDS[0])

export const addAtOption = (command: Command): Command =>
  command.option('--at <instant>', 'prices in force then: 2026-05-15 or 2026-05-15T09:00Z (default: today, UTC)')

export const addSetOption = (command: Command): Command =>
  command.option('--set <key=value>', 'override a scenario key by its path; repeatable', gather)

/** Adds `--allow-outside`; without it, scenarios and configurations may name only files in their repository. */
export const addOutsideOption = (command: Command): Command =>
  command.option('--allow-outside', 'allow scenarios to name files outside their repository')

export const addConfigOption = (command: Command): Command =>
  command.option('--config <file>', 'limits for all scenarios (default: dsprice.config.yaml, here or above)')

/** @throws {InputError} USAGE if `--at` is neither a date nor an instant */
export const checkAt = (at: string | undefined): string | undefined => {
  if (at === undefined || parseInstant(at) !== undefined) return at
  const first = firstOfMonth(at)
  throw new InputError([
    problems.usage(
      `--at must be a date or an instant with its zone, got ${first === undefined ? '' : 'the month '}"${at}"`,
      first === undefined ? 'write --at 2026-05-15 or --at 2026-05-15T09:00Z' : `write --at ${first}`,
    ),
  ])
}

/**
 * Sets the date of scenarios to `--at`, which overrides their own.
 *
 * @throws {InputError} USAGE if `--at` is neither a date nor an instant
 */
export const datedBy = (given: string | undefined) => {
  const at = checkAt(given)
  return <T extends object>(scenario: T): T => (at === undefined ? scenario : { ...scenario, at })
}

export const formatOf = <F extends Format>({
  format,
  json,
}: {
  readonly format: F
  readonly json?: boolean
}): F | 'json' => (json ? 'json' : format)

/** Colours, loaded only if used. */
const paintOf = async (io: Io, options: CommonOptions): Promise<Paint> => {
  if (!isColoured(io, options.output !== undefined && options.color !== 'always' ? 'never' : options.color))
    return PLAIN
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level: 1 })
  return { strong: chalk.bold, dim: chalk.dim, good: chalk.green, bad: chalk.red }
}

/**
 * Rendering options of a report. Lines are not wrapped in a file.
 *
 * @param page - makes what a page holds, if one is asked for
 * @throws {InputError} USAGE for a page on a terminal
 */
export const renderOptions = async (
  io: Io,
  options: CommonOptions & Pick<RenderOptions, 'view'>,
  page?: () => Promise<PageData | null>,
): Promise<RenderOptions> => ({
  width: options.output !== undefined && options.output !== '-' ? Number.POSITIVE_INFINITY : widthOf(io),
  paint: await paintOf(io, options),
  explain: options.explain ?? false,
  plot: options.output === undefined && io.stdout.isTTY,
  view: options.view,
  from: fromWorkspace(io),
  page: page && formatOf(options) === 'html' ? await makePage(io, options.output, page) : undefined,
})

const makePage = async (io: Io, output: string | undefined, make: () => Promise<PageData | null>) => {
  requirePlace(io, output)
  const { pageAssets } = await import('./page-assets.ts')
  const data = await make()
  return data ? { data, assets: pageAssets(io) } : undefined
}

/** A page is for a browser. @throws {InputError} USAGE if it would be written on a terminal */
export const requirePlace = ({ stdout }: Pick<Io, 'stdout'>, output: string | undefined): void => {
  if (output !== undefined || !stdout.isTTY) return
  throw new InputError([
    problems.usage('a page cannot be shown on a terminal', 'write -o report.html, or -o - for stdout all the same'),
  ])
}

/** The working folder within GitHub's workspace, as annotations need paths relative to the workspace. */
const fromWorkspace = ({ env, cwd, real }: Io): string | undefined => {
  const workspace = env['GITHUB_WORKSPACE']
  if (!workspace) return undefined
  const from = relative(real(workspace), real(cwd)).split(sep).join('/')
  return from === '' || from.startsWith('..') ? undefined : from
}

/** Writes warnings to stderr; under `--strict` they are errors. */
export const heedWarnings = (
  io: Io,
  warnings: readonly Warning[],
  { strict, quiet, color }: Pick<CommonOptions, 'strict' | 'quiet' | 'color'>,
): void => {
  if (strict && warnings.length > 0) {
    throw new InputError(
      warnings.map(({ code, what, fix, at, scenario }) => ({
        ...problems.strict(code, what, fix),
        ...(scenario === undefined ? {} : { scenario }),
        ...(at === null ? {} : { at }),
      })),
    )
  }
  if (quiet) return
  const groups = groupAlike(warnings)
  const look = lookOf(io, color)
  for (const group of groups.slice(0, MOST_TOLD)) {
    const { code, fix, at, scenario = '' } = group.first
    const whats = [...group.whats, andAlike(group)].filter(Boolean)
    io.stderr.write(tellText({ kind: 'warning', code, place: at ?? scenario, whats, fix }, look))
  }
  io.stderr.write(andMore(groups.length, 'warning'))
}

/**
 * Writes the answer to stdout or, atomically, to a file.
 *
 * @throws {InputError} NOT_WRITABLE; OUTPUT_IS_INPUT for a file that this run has read
 */
export const deliver = async (io: Io, text: string, output: string | undefined): Promise<void> => {
  if (output === undefined || output === '-') {
    io.stdout.write(text)
    return
  }
  if (io.wasRead(output)) throw new InputError([problems.outputIsInput(output)])
  await replace(io, text, output)
}

/**
 * Replaces a file atomically, also one that this run has read and means to extend.
 *
 * @throws {InputError} NOT_WRITABLE
 */
export const replace = async (io: Io, text: string, output: string): Promise<void> => {
  try {
    await io.replace(output, text)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    if (code === null) throw error
    throw new InputError([problems.notWritable(output, code)])
  }
}
