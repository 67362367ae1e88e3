import { span } from '../../cost/rates/span.ts'
import { openMinutes } from '../../cost/time/week.ts'
import { at, type Problem } from '../../errors/index.ts'
import type { Price, Rate, Region, Service, Tier, Window } from '../../model/book/book.ts'
import { METERS, RATE_KEYS } from '../../model/meters.ts'
import { type Exact, exact, toDecimals } from '../../model/number/money.ts'
import { lintProblems } from './lint-problems.ts'
import { isNoise, withoutNoise } from './noise.ts'

type Path = readonly (string | number)[]
type Rates = Partial<Pick<Service, 'input' | 'cache_read' | 'cache_write' | 'cache_write_1h' | 'output' | 'batch'>> & {
  readonly cache_storage_hour?: Rate | undefined
}

const LEAST = exact('0.0001')
const MOST = exact('1000')
const LEAST_FACTOR = exact('0.01')
const MOST_FACTOR = exact('100')

/** Problems in the rates of a row, its tiers and its windows. */
export const lintRow = (row: Price, path: Path): Problem[] => [
  ...lintRates(row, path),
  ...(['tiers', 'windows'] as const).flatMap(key =>
    (row[key] ?? []).flatMap((rates, i) => lintRates(rates, [...path, key, i])),
  ),
  ...lintChoice(row, path),
  ...Object.entries(row.services ?? {}).flatMap(([name, given]) =>
    lintEntries(name, given, [...path, 'services', name]).concat(
      placed(given, [...path, 'services', name]).flatMap(({ entry, here }) => lintService(entry, here)),
    ),
  ),
]

/** A service's rates and tiers; its factor is checked with its dates. */
const lintService = (service: Service, path: Path): Problem[] => [
  ...lintRates(service, path),
  ...(Array.isArray(service.tiers)
    ? [
        ...service.tiers.flatMap((rates, i) => lintRates(rates, [...path, 'tiers', i])),
        ...lintTiers(service.tiers, path),
      ]
    : []),
]

type Dated = Pick<Region, 'from' | 'to' | 'models'> & { readonly factor?: string | null | undefined }

/** The entries of a service or a region, each with its path. */
const placed = <T>(given: T | readonly T[], path: Path): readonly { readonly entry: T; readonly here: Path }[] =>
  Array.isArray(given)
    ? given.map((entry: T, i) => ({ entry, here: [...path, i] }))
    : [{ entry: given as T, here: path }]

/** Checks the factors and the dates of a service or a region: none is empty, and no two hold at once for one model. */
export const lintEntries = (name: string, given: Dated | readonly Dated[], path: Path): Problem[] => {
  const all = placed(given, path)
  return all.flatMap(({ entry, here }, i) => {
    const found = lintFactor(entry.factor, [...here, 'factor'])
    const own = span(entry)
    if (own.to <= own.from)
      return [...found, at([...here, 'to'], lintProblems.rowEmpty(entry.from ?? '', entry.to ?? ''))]
    const models = entry.models && new Set(entry.models)
    const other = all.slice(0, i).some(({ entry: before }) => {
      const { from, to } = span(before)
      return from < own.to && own.from < to && shareModels(before, models)
    })
    return other ? [...found, at(here, lintProblems.entriesOverlap(name))] : found
  })
}

/** Whether an entry holds for one of these models; without a list either holds for all. */
const shareModels = ({ models }: Dated, others: ReadonlySet<string> | undefined): boolean =>
  models === undefined || others === undefined || models.some(model => others.has(model))

/** Checks a multiplier: above 0, of a likely size, no float noise. */
export const lintFactor = (factor: string | null | undefined, path: Path): Problem[] => {
  if (factor == null) return []
  const value = exact(factor)
  if (value.lt(LEAST_FACTOR) || value.gt(MOST_FACTOR)) return [at(path, lintProblems.factorMagnitude(factor))]
  return isNoise(factor) ? [at(path, lintProblems.floatNoise(factor, toDecimals(value, 9)))] : []
}

/** Checks that a request has one rate: a row has tiers or windows, and no two of them apply at once. */
const lintChoice = ({ tiers = [], windows = [] }: Price, path: Path): Problem[] => {
  const found: Problem[] = []
  if (tiers.length > 0 && windows.length > 0) found.push(at(path, lintProblems.tiersAndWindows()))
  return [...found, ...lintTiers(tiers, path), ...lintWindows(windows, path)]
}

const lintTiers = (tiers: readonly Tier[], path: Path): Problem[] => {
  const thresholds = new Set<string>()
  return tiers.flatMap(({ operator, threshold }, i) => {
    const when = `${operator} ${threshold}`
    const twice = thresholds.has(when)
    thresholds.add(when)
    return twice ? [at([...path, 'tiers', i, 'threshold'], lintProblems.tierTwice(when))] : []
  })
}

/** Checks that no minute of the week is in two windows. */
const lintWindows = (windows: readonly Window[], path: Path): Problem[] => {
  const found: Problem[] = []
  // Compared per time zone and holiday rule: zones shift against each other, and overlap on holidays may be intended.
  const weeks = new Map<string, (string | undefined)[]>()
  for (const [i, window] of windows.entries()) {
    const clock = `${window.timezone} ${window.holidays}`
    const taken = weeks.get(clock) ?? []
    weeks.set(clock, taken)
    let other: string | undefined
    openMinutes(window).forEach((open, minute) => {
      if (open === 0) return
      other ??= taken[minute]
      taken[minute] ??= window.name
    })
    if (other !== undefined) found.push(at([...path, 'windows', i, 'hours'], lintProblems.windowsOverlap(other)))
  }
  return found
}

const lintRates = (rates: Rates, path: Path): Problem[] => {
  const found = RATE_KEYS.flatMap(key => lintRate(rates[key], [...path, key]))
  if (isAbove(rates.cache_read, rates.input)) found.push(at([...path, 'cache_read'], lintProblems.readAboveInput()))
  if (isAbove(rates.cache_write, rates.cache_write_1h)) {
    found.push(at([...path, 'cache_write_1h'], lintProblems.longWriteBelowShort()))
  }
  const { batch } = rates
  if (typeof batch !== 'object' || batch === null || !('input' in batch)) return found
  for (const { key } of METERS) {
    const here = [...path, 'batch', key]
    found.push(...lintRate(batch[key], here))
    if (isAbove(batch[key], rates[key])) found.push(at(here, lintProblems.batchAboveNormal(key)))
  }
  return found
}

const isAbove = (high: Rate | undefined, low: Rate | undefined): boolean => {
  const [a, b] = [number(high), number(low)]
  return a !== null && b !== null && a.gt(b)
}

const lintRate = (rate: Rate | undefined, path: Path): Problem[] => {
  const value = number(rate)
  if (value === null || typeof rate !== 'string') return []
  if (!value.isZero() && (value.lt(LEAST) || value.gt(MOST))) return [at(path, lintProblems.magnitude(rate))]
  return isNoise(rate) ? [at(path, lintProblems.floatNoise(rate, withoutNoise(value)))] : []
}

const number = (rate: Rate | undefined): Exact | null => (rate == null || rate === 'not_offered' ? null : exact(rate))
