import { Command, Option } from 'commander'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { hasCatalogue, reach } from '../../load/book/book.ts'
import type { LoadedBook } from '../../load/book/loaded-book.ts'
import { openBook } from '../../load/book/open-book.ts'
import { readReport, readUsage, USAGE_FORMATS } from '../../load/usage/read-usage.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import { isDate, parseInstant, timezone } from '../../model/time.ts'
import { formatsOf, renderDocument } from '../../report/index.ts'
import { factorFor } from '../../tokens/index.ts'
import { startOfDay } from '../../usage/groups/local-time.ts'
import type { UsageRecord } from '../../usage/record.ts'
import { type ReadReport, type UsageOptions, type UsageRun, usageRun } from '../../usage/result/usage-run.ts'
import { modelNames, namesOf } from '../flags/names.ts'
import * as common from '../flags/options.ts'
import type { ScenarioWriter } from './to-scenario.ts'

/** The flags by which records are read and priced. */
export interface SourceFlags {
  readonly since?: string
  readonly until?: string
  readonly timezone?: string
  readonly inputFormat?: string
  readonly pricing?: readonly string[]
  readonly config?: string
  readonly at?: string
}

interface UsageFlags extends SourceFlags, common.CommonOptions {
  readonly models?: string
  readonly by?: string
  readonly top?: string
  readonly toScenario?: string
}

/** `dsprice usage`: what real usage cost. */
export const usageCommand = (io: Io): Command => {
  const command = new Command('usage')
    .argument('<source...>', 'files and globs of usage records; - is stdin')
    .option('--models <a,b,c>', 'the same usage on these models')
    .option('--by <keys>', 'break it down by model, day, month, user, team, tag.NAME or another key of the records')
    .option('--top <n>', 'rows of the breakdown, the rest is added up; 0 or all: every one', '20')
    .option('--to-scenario <file>', 'also write a scenario that reproduces the usage; - is stdout, without the report')
  addSourceOptions(command)
  common
    .addPricingOption(command)
    .option('--at <instant>', 'the month that is reckoned to its end (default: today, UTC)')
  common.addReportOptions(command, formatsOf('usage'), { explain: true }).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (sources: string[], options: UsageFlags) => {
    const { report, writer } = await runUsage(sources, options, io)
    const alone = options.toScenario === '-'
    const text = alone
      ? ''
      : await renderDocument(report, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(io, report.warnings, options)
    await writer?.write(report)
    if (!alone) await common.deliver(io, text, options.output)
  })
}

/** Adds the flags that say which records are read, and how. */
const addSourceOptions = (command: Command): Command =>
  command
    .option('--since <instant>', 'records from then on: 2026-11-01 or 2026-11-01T09:00Z')
    .option('--until <instant>', 'records before then')
    .option('--timezone <zone>', 'zone of days, months and of dates in --since and --until', 'UTC')
    .addOption(new Option('--input-format <name>', 'format of the sources (default: detected)').choices(USAGE_FORMATS))

interface Usage {
  readonly report: UsageReport
  /** `null`: no scenario is asked for. */
  readonly writer: ScenarioWriter | null
}

const runUsage = async (sources: readonly string[], options: UsageFlags, io: Io): Promise<Usage> => {
  const models = modelNames(options.models) ?? []
  const by = namesOf(options.by, { flag: '--by', what: 'key', such: 'model,team' }) ?? []
  const terms = termsOf(options, { by, top: topOf(options.top), models, lines: linesFor(options) }, io)
  const { toScenario: file, pricing = [] } = options
  const writer =
    file === undefined ? null : (await import('./to-scenario.ts')).scenarioWriter(file, { terms, pricing, io })
  const { run, read } = await priceSources(sources, { flags: options, terms, watch: writer?.watch }, io)
  return { report: run.finish(read), writer }
}

const linesFor = (options: UsageFlags): UsageOptions['lines'] => {
  if (common.formatOf(options) === 'focus') return 'charges'
  return options.explain ? 'explained' : undefined
}

/** What records are priced by, as flags say it. @throws {InputError} USAGE */
export const termsOf = (
  { at, timezone: zone = 'UTC', since, until }: SourceFlags,
  asked: Pick<UsageOptions, 'by' | 'top' | 'models' | 'lines'>,
  io: Io,
): UsageOptions => {
  const timezone = zoneOf(zone)
  return {
    ...asked,
    at: common.checkAt(at) ?? io.today(),
    timezone,
    since: instantOf('--since', since, timezone),
    until: instantOf('--until', until, timezone),
    factorFor,
  }
}

/** Records that are read, and their price book. */
export interface PricedSources {
  readonly run: UsageRun
  readonly read: ReadReport
  readonly priced: LoadedBook
}

interface Sourcing {
  readonly flags: SourceFlags
  readonly terms: UsageOptions
  /** Gives what else takes the records, anew for each book that they are read with. */
  readonly watch?: ((priced: LoadedBook) => (record: UsageRecord) => void) | undefined
}

/** Reads sources, with the models of the catalogue where the book lacks some. */
export const priceSources = async (
  sources: readonly string[],
  { flags, terms, watch }: Sourcing,
  io: Io,
): Promise<PricedSources> => {
  const { inputFormat: format, pricing = [], config } = flags
  const readWith = async (priced: LoadedBook): Promise<PricedSources> => {
    const run = usageRun(priced, terms)
    const also = watch?.(priced)
    const visit = (record: UsageRecord): void => {
      run.add(record)
      also?.(record)
    }
    const read = readReport(await readUsage(sources, io, { format, visit: also ? visit : run.add }))
    return { run, read, priced }
  }
  const first = await readWith(await openBook(pricing, io, { names: terms.models, config }))
  const unknown = first.run.unknown()
  if (unknown.length === 0 || !hasCatalogue(first.priced, io)) return first
  // The records have named models that only the catalogue may have: they are read again with these.
  return readWith(await reach(first.priced, { names: unknown }, io))
}

/** @throws {InputError} USAGE */
const zoneOf = (given: string): string => {
  const { data, success } = timezone.safeParse(given)
  if (success) return data
  throw new InputError([
    problems.usage(`--timezone must be an IANA time zone, got "${given}"`, 'write --timezone Europe/Berlin'),
  ])
}

/** An instant; a date begins at midnight of the zone. @throws {InputError} USAGE */
const instantOf = (flag: string, given: string | undefined, zone: string): number | null => {
  if (given === undefined) return null
  const ms = parseInstant(given)
  if (ms !== undefined) return isDate(given) ? startOfDay(given, zone) : ms
  const what = `${flag} must be a date or an instant with its zone, got "${given}"`
  throw new InputError([problems.usage(what, `write ${flag} 2026-11-01 or ${flag} 2026-11-01T09:00Z`)])
}

/** @throws {InputError} USAGE */
const topOf = (given = '20'): number | null => {
  if (given === 'all' || /^0+$/.test(given)) return null
  if (/^\d{1,9}$/.test(given)) return Number(given)
  throw new InputError([
    problems.usage(`--top must be a number of rows, got "${given}"`, 'write --top 20, or --top all'),
  ])
}
