import { Command, Option } from 'commander'
import type { PricedBook } from '../../cost/result/estimate.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { widening } from '../../load/book/book.ts'
import { openBook } from '../../load/book/open-book.ts'
import { readSources } from '../../load/engines/read-sources.ts'
import { readReport, USAGE_FORMATS } from '../../load/usage/read-usage.ts'
import { isDate, parseInstant } from '../../model/instant.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import { timezone } from '../../model/time.ts'
import { formatsOf, renderDocument } from '../../report/index.ts'
import { factorFor } from '../../tokens/index.ts'
import { hasRecordKeys, isTime } from '../../usage/groups/collect.ts'
import { startOfDay } from '../../usage/groups/local-time.ts'
import type { UsageRecord } from '../../usage/record.ts'
import { type ReadReport, type UsageOptions, type UsageRun, usageRun } from '../../usage/result/usage-run.ts'
import { modelNames, namesOf } from '../flags/names.ts'
import * as common from '../flags/options.ts'
import { readInWords, showProgress } from '../flags/progress.ts'
import type { ScenarioWriter } from './to-scenario.ts'

/** The flags by which records are read and priced. */
export interface SourceFlags {
  readonly since?: string
  readonly until?: string
  readonly timezone?: string
  readonly inputFormat?: string
  readonly columns?: string
  readonly quiet?: boolean
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
    .argument('<source...>', 'files and globs of usage records, - is stdin; or clickhouse://user@host/db.table')
    .option('--models <a,b,c>', 'the same usage on these models')
    .option('--by <keys>', 'break it down by model, day, month, user, team, tag.NAME or another key of the records')
    .option(
      '--top <n>',
      'rows of the breakdown, the rest is added up; 0 or all: every one (default: 20, of days and months all)',
    )
    .option('--to-scenario <file>', 'also write a scenario that reproduces the usage; - is stdout, without the report')
  addSourceOptions(command)
  common
    .addPricingOption(command)
    .option('--at <instant>', 'the month that is reckoned to its end (default: today, UTC)')
  common.addReportOptions(command, formatsOf('usage'), { explain: true }).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (sources: string[], options: UsageFlags) => {
    const { report, writer, priced } = await runUsage(sources, options, io)
    const alone = options.toScenario === '-'
    const page = async () => (await import('../../load/page/saved-page.ts')).usagePage(report, io.today())
    const rendering = await common.renderOptions(io, options, page)
    const text = alone ? '' : await renderDocument(report, common.formatOf(options), rendering)
    common.heedWarnings(io, report.warnings, options)
    await writer?.write(report, priced)
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
    .option('--columns <file>', 'our columns of Parquet files and ClickHouse tables, as expressions over theirs')

interface Usage {
  readonly report: UsageReport
  readonly priced: PricedBook
  /** `null`: no scenario is asked for. */
  readonly writer: ScenarioWriter | null
}

const runUsage = async (sources: readonly string[], options: UsageFlags, io: Io): Promise<Usage> => {
  const models = modelNames(options.models) ?? []
  const by = namesOf(options.by, { flag: '--by', what: 'key', such: 'model,team' }) ?? []
  const terms = termsOf(options, { by, top: topOf(options.top, by), models, lines: linesFor(options) }, io)
  const { toScenario: file, pricing = [] } = options
  const writer =
    file === undefined ? null : (await import('./to-scenario.ts')).scenarioWriter(file, { terms, pricing, io })
  const { run, read } = await priceSources(sources, { flags: options, terms, watch: writer?.watch }, io)
  return { report: run.finish(read), writer, priced: run.priced().priced }
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
  const [from, to] = [instantOf('--since', since, timezone), instantOf('--until', until, timezone)]
  if (from !== null && to !== null && from > to) {
    const what = `--since ${since} is later than --until ${until}: they are swapped`
    throw new InputError([problems.usage(what, `write --since ${until} --until ${since}`)])
  }
  return {
    ...asked,
    at: common.checkAt(at) ?? io.today(),
    timezone,
    since: from,
    until: to,
    factorFor,
  }
}

/** Records that are read. */
export interface PricedSources {
  readonly run: UsageRun
  readonly read: ReadReport
}

interface Sourcing {
  readonly flags: SourceFlags
  readonly terms: UsageOptions
  /** Takes the records as well, one by one; a table of an engine does not give them so. */
  readonly watch?: ScenarioWriter['watch'] | undefined
}

/**
 * Reads sources, with the models of the catalogue where the book lacks some.
 *
 * @throws {InputError} USAGE for a table where records are watched; whatever reading throws
 */
export const priceSources = async (
  sources: readonly string[],
  { flags, terms, watch }: Sourcing,
  io: Io,
): Promise<PricedSources> => {
  const { pricing = [], config } = flags
  const opened = await openBook(pricing, io, { names: terms.models, config })
  const widen = await widening(opened, io)
  const run = usageRun(opened, { ...terms, widen })
  const read = await readInto(run, { sources, flags, also: watch?.(opened, widen) }, io)
  return { run, read }
}

interface Into {
  readonly sources: readonly string[]
  readonly flags: SourceFlags
  readonly also: ((record: UsageRecord) => void) | undefined
}

const readInto = async (run: UsageRun, { sources, flags, also }: Into, io: Io): Promise<ReadReport> => {
  const { inputFormat: format, columns } = flags
  const files = showProgress(io, flags, readInWords('record'))
  const engine = showProgress(io, flags, percent => `reading: ${percent}%`)
  const visit = (record: UsageRecord): void => {
    run.add(record)
    also?.(record)
  }
  const addSums: UsageRun['addSums'] = sums => {
    if (also) throw new InputError([problems.usage(ONE_BY_ONE, 'export the rows as JSON Lines or CSV, and read these')])
    run.addSums(sums)
  }
  const reading = readSources(sources, io, {
    format,
    columns:
      columns === undefined ? null : (await import('../../load/engines/columns-file.ts')).readColumnsFile(columns, io),
    collecting: run.collecting,
    visit: also ? visit : run.add,
    isKeyed: also !== undefined || hasRecordKeys(run.collecting.by),
    addSums,
    ...(also ? { largeFrom: Number.POSITIVE_INFINITY } : {}),
    tell: files.tell,
    tellShare: percent => engine.tell(Math.max(0, Math.floor(percent)), 100),
  })
  return readReport(
    await reading.finally(() => {
      files.clear()
      engine.clear()
    }),
  )
}

const ONE_BY_ONE = '--to-scenario needs each record, and a table gives sums'

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

/** Time is not cut unless that is asked for. @throws {InputError} USAGE */
const topOf = (asked: string | undefined, by: readonly string[]): number | null => {
  const given = asked ?? (by.every(isTime) ? 'all' : '20')
  if (given === 'all' || /^0+$/.test(given)) return null
  if (/^\d{1,9}$/.test(given)) return Number(given)
  throw new InputError([
    problems.usage(`--top must be a number of rows, got "${given}"`, 'write --top 20, or --top all'),
  ])
}
