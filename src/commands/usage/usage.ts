import { Command, Option } from 'commander'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { widening } from '../../load/book/book.ts'
import { openBook } from '../../load/book/open-book.ts'
import { readColumnsFile } from '../../load/engines/map-columns.ts'
import { readSources } from '../../load/engines/read-sources.ts'
import { readReport, USAGE_FORMATS } from '../../load/usage/read-usage.ts'
import { isDate, parseInstant } from '../../model/instant.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import { timezone } from '../../model/time.ts'
import { formatsOf, renderDocument } from '../../report/index.ts'
import { factorFor } from '../../tokens/index.ts'
import { startOfDay } from '../../usage/groups/local-time.ts'
import { usageRun } from '../../usage/result/usage-run.ts'
import { modelNames, namesOf } from '../flags/names.ts'
import * as common from '../flags/options.ts'
import { readInWords, showProgress } from '../flags/progress.ts'

interface UsageFlags extends common.CommonOptions {
  readonly models?: string
  readonly by?: string
  readonly top?: string
  readonly since?: string
  readonly until?: string
  readonly timezone: string
  readonly inputFormat?: string
  readonly columns?: string
  readonly pricing?: string[]
  readonly at?: string
}

/** `dsprice usage`: what real usage cost. */
export const usageCommand = (io: Io): Command => {
  const command = new Command('usage')
    .argument('<source...>', 'files and globs of usage records, - is stdin; or clickhouse://user@host/db.table')
    .option('--models <a,b,c>', 'the same usage on these models')
    .option('--by <keys>', 'break it down by model, day, month, user, team, tag.NAME or another key of the records')
    .option('--top <n>', 'rows of the breakdown, the rest is added up; 0 or all: every one', '20')
    .option('--since <instant>', 'records from then on: 2026-11-01 or 2026-11-01T09:00Z')
    .option('--until <instant>', 'records before then')
    .option('--timezone <zone>', 'zone of days, months and of dates in --since and --until', 'UTC')
    .addOption(new Option('--input-format <name>', 'format of the sources (default: detected)').choices(USAGE_FORMATS))
  command.option('--columns <file>', 'our columns of Parquet files and ClickHouse tables, as expressions over theirs')
  common
    .addPricingOption(command)
    .option('--at <instant>', 'the month that is reckoned to its end (default: today, UTC)')
  common.addReportOptions(command, formatsOf('usage')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (sources: string[], options: UsageFlags) => {
    const report = await runUsage(sources, options, io)
    const page = async () => (await import('../../load/page/saved-page.ts')).usagePage(report, io.today())
    const rendering = await common.renderOptions(io, options, page)
    const text = await renderDocument(report, common.formatOf(options), rendering)
    common.heedWarnings(io, report.warnings, options)
    await common.deliver(io, text, options.output)
  })
}

const runUsage = async (sources: readonly string[], options: UsageFlags, io: Io): Promise<UsageReport> => {
  const models = modelNames(options.models) ?? []
  const by = namesOf(options.by, { flag: '--by', what: 'key', such: 'model,team' }) ?? []
  const zone = zoneOf(options.timezone)
  const opened = await openBook(options.pricing ?? [], io, { names: models })
  const run = usageRun(opened, {
    at: common.checkAt(options.at) ?? io.today(),
    timezone: zone,
    since: instantOf('--since', options.since, zone),
    until: instantOf('--until', options.until, zone),
    by,
    top: topOf(options.top),
    models,
    factorFor,
    widen: await widening(opened, io),
  })
  const columns = options.columns === undefined ? null : readColumnsFile(options.columns, io)
  const files = showProgress(io, options, readInWords('record'))
  const engine = showProgress(io, options, percent => `reading: ${percent}%`)
  const reading = await readSources(sources, io, {
    format: options.inputFormat,
    columns,
    visit: run.add,
    addSums: run.addSums,
    collecting: run.collecting,
    tell: files.tell,
    tellShare: percent => engine.tell(Math.max(0, Math.floor(percent)), 100),
  }).finally(() => {
    files.clear()
    engine.clear()
  })
  return run.finish(readReport(reading))
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
