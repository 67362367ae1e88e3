import { Command } from 'commander'
import { check, isWarning, toFault, verdictsOf } from '../cost/budget/check.ts'
import type { Baseline } from '../cost/budget/checked.ts'
import { servedModels } from '../cost/workload/serving.ts'
import { type Code, ExitWith, InputError, type Problem, problems } from '../errors/index.ts'
import type { Io, Left } from '../io.ts'
import { leftWarnings } from '../load/files/left-warnings.ts'
import { expandScenarios, requireFound } from '../load/files/scenario-files.ts'
import { readBaseline } from '../load/scenario/baseline.ts'
import { budgetOf, scenarioNames, totalLimits, unusedNames } from '../load/scenario/config.ts'
import { placeAnswer } from '../load/scenario/place-answer.ts'
import { modelsOn, type ReadOptions, type ReadSide, readSide } from '../load/scenario/sides.ts'
import { type LoadedConfig, readConfig } from '../load/source/read-config.ts'
import { parseOnce } from '../load/source/read-once.ts'
import { gathered } from '../model/gathered.ts'
import type { Result, Warning } from '../model/result/result.ts'
import type { State } from '../model/scenario/budget.ts'
import { PLAIN } from '../report/blocks/renderer.ts'
import { formatsOf, renderDocument } from '../report/index.ts'
import * as common from './flags/options.ts'
import { showProgress } from './flags/progress.ts'

interface CheckOptions extends common.CommonOptions {
  readonly usage?: string[]
  readonly scenario?: string
  readonly since?: string
  readonly until?: string
  readonly timezone?: string
  readonly inputFormat?: string
  readonly columns?: string
  readonly baseline?: string
  readonly requireBaseline?: boolean
  readonly config?: string
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

/** `dsprice check`: checks scenarios against their budgets. The only command that fails on cost. */
export const checkCommand = (io: Io): Command => {
  const command = new Command('check')
    .argument('[scenario...]', 'scenario files, folders and globs (default: those of dsprice.config.yaml)')
    .option('--baseline <file|git:REF>', 'what to compare with: a saved result, or a commit')
    .option('--require-baseline', 'fail if there is nothing to compare with')
  common.addConfigOption(command)
  common
    .addPricingOption(command)
    .option('--at <instant>', 'prices in force then; with --usage: the month reckoned to its end (default: today, UTC)')
  common.addOutsideOption(common.addSetOption(command))
  addUsageOptions(command)
  common.addReportOptions(command, formatsOf('check')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (given: string[], options: CheckOptions) => {
    const config = readConfig(options.config, { ...io, allowOutside: options.allowOutside ?? false })
    const { usage } = options
    const result = usage
      ? await (await import('./usage/check-usage.ts')).checkSources(given, { ...options, usage }, { io, config })
      : await checkScenarios(given, options, { io, config })
    const text = await renderDocument(result, common.formatOf(options), await common.renderOptions(io, options))
    await common.deliver(io, text, options.output)
    await writeSummary(io, result, options)
    finish(io, result, options)
  })
}

/** The flags of usage. They are checked where they are read, since most checks read none. */
const addUsageOptions = (command: Command): Command =>
  command
    .option('--usage <source...>', 'hold real usage to the limits instead: files and globs of records')
    .option('--scenario <name>', 'with --usage: the scenario whose limits hold (default: the total)')
    .option('--since <instant>', 'with --usage: records from then on')
    .option('--until <instant>', 'with --usage: records before then')
    .option('--timezone <zone>', 'with --usage: zone of months (default: UTC)')
    .option('--input-format <name>', 'with --usage: format of the sources (default: detected)')
    .option('--columns <file>', 'with --usage: our columns of Parquet files and ClickHouse tables')

const checkScenarios = async (
  given: readonly string[],
  options: CheckOptions,
  { io, config }: { readonly io: Io; readonly config: LoadedConfig | null },
): Promise<Result> => {
  refuseUsageFlags(options)
  const at = common.checkAt(options.at)
  const names = scenarioNames(given, config)
  const { paths, left } = requireFound(await expandScenarios(names.names, io))
  const progress = showProgress(io, options)
  const reading: ReadOptions = { ...options, at, today: io.today(), parse: parseOnce(), progress: progress.tell }
  const baseline = await readBaseline(options.baseline, { ...names, found: paths }, { io, reading })
  const before = baseline.side?.scenarios.flatMap(({ scenario }) => servedModels(scenario)) ?? []
  const asBefore = baseline.side ? { alsoFor: modelsOn(baseline.side) } : {}
  const own = { ...reading, names: before, ...asBefore }
  const head = await readSide({ name: '.', commit: null, files: io }, paths, own)
  const result = await checkSide(head, { config, baseline, options, left })
  progress.clear()
  return result
}

/** @throws {InputError} USAGE for a flag that only usage has */
const refuseUsageFlags = ({ scenario, since, until, timezone, inputFormat, columns }: CheckOptions): void => {
  const flags = Object.entries({ scenario, since, until, timezone, 'input-format': inputFormat, columns })
  const [first] = flags.filter(([, value]) => value !== undefined)
  if (first)
    throw new InputError([problems.usage(`--${first[0]} is a flag of --usage`, 'name the records: --usage FILE')])
}

const checkSide = async (
  head: ReadSide,
  {
    config,
    baseline,
    options,
    left,
  }: {
    readonly config: LoadedConfig | null
    readonly baseline: Baseline
    readonly options: CheckOptions
    readonly left: readonly Left[]
  },
): Promise<Result> => {
  const held = head.scenarios.map(one => ({ ...one, ...budgetOf(one.draft, config) }))
  const names = head.scenarios.map(({ scenario }) => scenario.name)
  const limited = held.map(({ scenario, at, held, servedAs }) => ({ scenario, at, held, servedAs }))
  const drafts = head.scenarios.map(({ draft }) => draft)
  const result = placeAnswer(drafts, () =>
    check(limited, head.priced, {
      total: totalLimits(config),
      baseline,
      requireBaseline: options.requireBaseline ?? false,
      strict: options.strict ?? false,
      unread: new Set(head.failed.map(({ item }) => item)),
      faults: [
        ...head.failed.flatMap(({ item, problems: own }) => own.map(problem => toFault(item, problem))),
        ...held.flatMap(({ scenario, faults }) => faults.map(problem => toFault(scenario.file ?? null, problem))),
      ],
      warnings: [
        ...leftWarnings([...left, ...head.left]),
        ...unusedNames(config, names),
        ...absent(baseline),
        ...namedTwice(head),
      ],
    }),
  )
  const idle = verdictsOf(result).length === 0 && result.check?.faults.length === 0
  if (idle) throw new InputError([problems.noBudget()])
  return result
}

/** Wording for the state of a limit, between the scenario's name and the key. */
const STANDING: Readonly<Partial<Record<State, string>>> = {
  near: 'is near',
  over: 'is over',
  unknown: 'cannot be held to',
  no_baseline: 'has nothing to be compared with for',
}

/** Warns of a baseline that was named but does not exist. */
const absent = ({ kind, name, reason }: Baseline): Warning[] =>
  kind === 'none' && name !== null
    ? [
        {
          code: 'NO_BASELINE',
          what: `there is no baseline: ${reason}`,
          fix: 'check the path, or write it first',
          at: null,
        },
      ]
    : []

/** Warns of scenarios with the same name, as limits and baselines refer to scenarios by name. */
const namedTwice = ({ scenarios }: ReadSide): Warning[] => {
  const files = gathered(scenarios.map(({ scenario: { name, file } }) => [name, file] as const))
  return [...files]
    .filter(([, those]) => those.length > 1)
    .map(([name, those]) => ({
      code: 'NAME_TWICE',
      what: `${those.length} scenarios are called ${JSON.stringify(name)}: ${those.join(', ')}`,
      fix: 'give each its own name: limits and baselines are matched by name',
      at: those[1] ?? null,
    }))
}

/** Writes GitHub's job summary, which needs no token and so also works in pull requests from forks. */
const writeSummary = async (io: Io, result: Result, options: CheckOptions): Promise<void> => {
  const path = io.env['GITHUB_STEP_SUMMARY']
  if (!path) return
  const settings = { width: Number.POSITIVE_INFINITY, paint: PLAIN, explain: false }
  const text = await renderDocument(result, 'markdown', settings)
  try {
    io.append(path, `${text}\n`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    if (code === null) throw error
    // With JSON, stderr has at most one object.
    if (options.quiet || common.formatOf(options) === 'json') return
    io.stderr.write(`warning NO_SUMMARY\n  cannot write the job summary ${JSON.stringify(path)}: ${code}\n`)
  }
}

/**
 * Reports problems on stderr and ends with the exit code of the result.
 *
 * @throws {InputError} exit 2 or 3: a result is unknown
 * @throws {ExitWith} exit 1: over a budget
 */
const finish = (io: Io, result: Result, options: CheckOptions): void => {
  const { check: checked, warnings } = result
  if (!checked) throw new Error('a checked result has its check')
  const verdicts = verdictsOf(result)
  const found: Problem[] = [
    ...checked.faults.map(({ code, exit, what, fix, path, at }) => ({
      code: code as Code,
      exit: exit === 3 ? (3 as const) : (2 as const),
      what,
      fix,
      ...(path === '' ? {} : { path: path.split('.') }),
      ...(at === null ? {} : { at }),
    })),
    ...verdicts
      .filter(({ verdict }) => verdict.state === 'unknown' && verdict.level === 'error')
      .map(({ name, what, verdict }) => ({
        ...problems.budgetUnknown(name, what, {
          why: verdict.reason ?? 'no reason is known',
          fix: verdict.fix,
        }),
        ...(verdict.at === null ? {} : { at: verdict.at }),
      })),
  ]
  if (options.strict) {
    found.push(
      ...warnings.map(({ code, what, fix, at }) => ({
        ...problems.strict(code, what, fix),
        ...(at === null ? {} : { at }),
      })),
      ...verdicts
        .filter(({ verdict }) => isWarning(verdict))
        .map(({ name, what, verdict: { state, limit, fix, at } }) => ({
          ...problems.strict('BUDGET_WARNING', `${what} of ${name} ${STANDING[state] ?? state} its ${limit}`, fix),
          ...(at === null ? {} : { at }),
        })),
    )
  } else if (found.length === 0 || common.formatOf(options) !== 'json') {
    // With JSON, an error is one object on stderr, and the warnings are in the result.
    common.heedWarnings(io, warnings, options)
  }
  if (found.length > 0) throw new InputError(found)
  if (checked.exit !== 0) throw new ExitWith(checked.exit)
}
