import { findModel, unknownModel } from '../../cost/rates/price-at.ts'
import { type PricedBook, pricingOf } from '../../cost/result/estimate.ts'
import { catalogueWarnings, usedOf } from '../../cost/result/notes/name-notes.ts'
import { monthOf } from '../../cost/time/calendar-months.ts'
import { InputError } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { METERS } from '../../model/meters.ts'
import { amount, count } from '../../model/result/print-exact.ts'
import type { Warning } from '../../model/result/result.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import { VERSION } from '../../version.ts'
import { type Collected, type CollectOptions, collector, type Sums } from '../groups/collect.ts'
import { type LocalTime, localTime } from '../groups/local-time.ts'
import { type FactorFor, servedModels } from '../plan/models.ts'
import { type PricedGroup, priceGroup } from '../price/price-group.ts'
import { type Quotes, quotesOf } from '../price/quote.ts'
import type { UsageRecord } from '../record.ts'
import { breakdownOf, keyWarnings, rowsBy } from './breakdown.ts'
import { chargeWarnings } from './charges.ts'
import { sumElsewhere } from './elsewhere.ts'
import { leversOf } from './levers.ts'
import { type LineKind, linesOf } from './lines.ts'
import { monthOfGroup, paceIn } from './pace.ts'
import { printPeriod, printTotal } from './print.ts'
import { refuseNothing } from './refuse-nothing.ts'
import { sideWarnings } from './side-warnings.ts'
import { byName, totalOf } from './total.ts'
import { reasonFor, unpricedIn, unpricedWarnings } from './unpriced.ts'

export interface UsageOptions {
  /** Date or instant whose month has a pace. */
  readonly at: string
  /** IANA zone of days and months. */
  readonly timezone: string
  /** First instant and the first that no longer counts, milliseconds since 1970; `null`: no limit. */
  readonly since: number | null
  readonly until: number | null
  /** Keys of the breakdown; empty: none. */
  readonly by: readonly string[]
  /** Rows of the breakdown that are kept apart; `null`: all. */
  readonly top: number | null
  /** Other models that the usage is priced on. */
  readonly models: readonly string[]
  /** Lines that the report has; left out: none. */
  readonly lines?: LineKind | undefined
  readonly factorFor: FactorFor
  /** The book with models that it lacks, by name; left out: it has all that there are. */
  readonly widen?: ((names: readonly string[]) => Priced) | undefined
}

export type Priced = PricedBook & { readonly beyond?: Book }

/** What a reader tells beside the records. */
export interface ReadReport {
  readonly sources: UsageReport['sources']
  readonly malformed: number
  readonly malformed_at: UsageReport['read']['malformed_at']
  readonly warnings: readonly Warning[]
}

/** All records in groups of equal rates, with their prices. */
export interface PricedUsage {
  /** The book that priced them, with what the records made it wider by. */
  readonly priced: Priced
  readonly quote: Quotes
  /** By day of the report's zone. */
  readonly days: readonly PricedGroup[]
  /** By the keys of the breakdown; without keys all have none. */
  readonly broken: readonly PricedGroup[]
  readonly found: Collected
}

/** Takes records one by one, and prices them together at the end. */
export interface UsageRun {
  add(record: UsageRecord): void
  /** What engines need to know to sum records by what decides their rates. */
  readonly collecting: CollectOptions
  /** Takes the sums of an engine. */
  addSums(sums: Sums): void
  /** The records with their prices. */
  priced(): PricedUsage
  /** @throws {InputError} NO_RECORDS; if nothing has a price, why */
  finish(read: ReadReport): UsageReport
}

/**
 * Prices real usage: every record at its own instant on the model that served it.
 *
 * @throws {InputError} UNKNOWN_MODEL for a name in `models`
 */
export const usageRun = (opened: Priced, options: UsageOptions): UsageRun => {
  const others = options.models.map(name => {
    const model = findModel(opened.book, name)
    if (!model) throw new InputError([unknownModel(opened.book, name, opened)])
    return model.id
  })
  // The records are read once: what the book lacks is found as its name appears, before its first record is grouped.
  const widen = options.widen ?? (() => opened)
  const served = servedModels(opened.book, { others, factorFor: options.factorFor, widen })
  const clock = localTime(options.timezone)
  const collecting = { ...options, served, clock }
  const collected = collector(collecting)
  let known: PricedUsage | null = null
  const pricedUsage = (): PricedUsage => {
    if (known) return known
    const found = collected.collected()
    const lost = lacking(found.days, opened.book)
    const priced = lost.length === 0 ? opened : widen(lost)
    const { book, beyond } = priced
    const quote = quotesOf(book)
    const price = (groups: Collected['days']) => groups.map(group => priceGroup(group, { book, beyond, quote, served }))
    const days = price(found.days)
    known = { priced, quote, days, broken: options.by.length === 0 ? days : price(found.broken), found }
    return known
  }
  return {
    add: collected.add,
    addSums: collected.addSums,
    collecting,
    priced: pricedUsage,
    finish: read => {
      const { priced, quote, days, broken, found } = pricedUsage()
      refuseNothing(days, read, found.outside)
      const elsewhere = others.map((model, index) => sumElsewhere(days, { model, index, quote }))
      const breakdown = options.by.length === 0 ? null : breakdownOf(broken, options)
      return reportOf(days, { priced, options, read, found, clock, rest: { elsewhere, breakdown }, byKeys: broken })
    },
  }
}

/** Names of models that a book does not have. */
const lacking = (groups: Collected['days'], book: Book): string[] => [
  ...new Set(groups.flatMap(({ model }) => (model === null || findModel(book, model) ? [] : model))),
]

interface Of {
  readonly priced: PricedBook
  readonly options: UsageOptions
  readonly read: ReadReport
  readonly found: Collected
  readonly clock: LocalTime
  /** By the keys of the breakdown. */
  readonly byKeys: readonly PricedGroup[]
  readonly rest: Pick<UsageReport, 'elsewhere' | 'breakdown'>
}

const reportOf = (groups: readonly PricedGroup[], of: Of): UsageReport => {
  const { priced, options, read, found, clock, rest, byKeys } = of
  const total = totalOf(groups)
  const unpriced = unpricedIn(groups)
  const ids = [...new Set(groups.flatMap(({ served, bill }) => (served && bill ? served.model.id : [])))]
  const used = usedOf(priced.catalogue, ids)
  const at = total.last === null ? options.at : new Date(total.last).toISOString()
  return {
    schema: 'dsprice/usage/1',
    tool_version: VERSION,
    pricing: { ...pricingOf(priced, [{ at }], used), at: options.at },
    sources: read.sources,
    granularity: found.granularity,
    period: { ...printPeriod(total), timezone: options.timezone },
    read: {
      records: total.records,
      outside: found.outside,
      malformed: read.malformed,
      malformed_at: read.malformed_at,
    },
    total: printTotal(total, reasonFor(groups)),
    month: monthIn(groups, options, clock),
    levers: leversOf(groups),
    by_model: rowsBy(groups, group => [modelName(group)]),
    by_day: rowsBy(groups, ({ group }) => [group.keys[0] ?? '']).sort((a, b) => compareText(a.keys[0], b.keys[0])),
    differences: differencesIn(groups),
    ...rest,
    ...(options.lines ? { lines: linesOf(groups, { kind: options.lines, clock }) } : {}),
    unpriced,
    warnings: [
      ...catalogueWarnings(used),
      ...read.warnings,
      ...unpricedWarnings(unpriced),
      ...inputWarnings(groups),
      ...sideWarnings(found.beside),
      ...keyWarnings(byKeys, options.by),
      ...(options.lines === 'charges' ? chargeWarnings(groups) : []),
    ],
  }
}

const compareText = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0)

/** The model's id in the book, else the name that the source gives it. */
export const modelName = ({ group, served }: PricedGroup): string => served?.model.id ?? group.model ?? 'no model told'

/** The month of `at`, to date and at its pace; `null`: it has no records. */
const monthIn = (groups: readonly PricedGroup[], options: UsageOptions, clock: LocalTime): UsageReport['month'] => {
  const month = monthOf(options.at, options.timezone)
  const months = groups.map(group => monthOfGroup(group, clock))
  const own = groups.filter((_, i) => months[i] === month)
  const found = paceIn(own, { ...options, month: clock.monthSpan(month) })
  if (found === null) return null
  const { spend, of, pace, isWhole } = found
  return {
    month,
    spend: spend && amount(spend),
    of,
    hours: count(pace.hours),
    month_hours: pace.monthHours,
    end: spend && pace.end ? amount(pace.end) : null,
    complete: isWhole && !months.includes(null),
  }
}

const differencesIn = (groups: readonly PricedGroup[]): UsageReport['differences'] => {
  const stated = groups.filter(({ group }) => group.stated !== null)
  const named = byName(stated, priced => `${priced.group.keys[0]}\0${modelName(priced)}`)
  const rows = [...named.values()].flatMap(own => {
    const [first] = own
    const total = totalOf(own)
    const { cost, stated: said, difference } = printTotal(total, null)
    if (!first || said === null) return []
    return [{ model: modelName(first), day: first.group.keys[0] ?? '', cost, stated: said, difference }]
  })
  return rows.sort((a, b) => compareText(a.day, b.day) || compareText(a.model, b.model))
}

const inputWarnings = (groups: readonly PricedGroup[]): Warning[] => {
  const meters = new Map<string, Set<string>>()
  for (const priced of groups) {
    for (const meter of priced.asInput) {
      const name = modelName(priced)
      meters.set(name, (meters.get(name) ?? new Set()).add(meter))
    }
  }
  // How far groups are told apart depends on who summed them, and so does which model comes first.
  const sorted = [...meters].sort(([a], [b]) => compareText(a, b))
  return sorted.map(([model, own]) => ({
    code: 'METER_NOT_OFFERED',
    what: `${model} does not offer ${METERS.flatMap(({ key }) => (own.has(key) ? key : [])).join(', ')}: these tokens are billed as input`,
    fix: 'check the model name, or give the rate with --pricing mine.json',
    at: null,
  }))
}
