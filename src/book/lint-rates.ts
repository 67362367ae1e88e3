import { openMinutes } from '../cost/time/week.ts'
import { at, type Problem } from '../errors/index.ts'
import type { Price, Rate, Window } from '../model/book/book.ts'
import { METERS } from '../model/meters.ts'
import { type Exact, exact, toDecimals } from '../model/number/money.ts'
import { lintProblems } from './lint-problems.ts'

type Path = readonly (string | number)[]
type Rates = Pick<Price, 'input' | 'cache_read' | 'cache_write' | 'cache_write_1h' | 'output' | 'batch'> & {
  readonly cache_storage_hour?: Rate | undefined
}

const LEAST = exact('0.0001')
const MOST = exact('1000')
const KEYS = [...METERS.map(({ key }) => key), 'cache_storage_hour'] as const

/** Problems in the rates of a row, its tiers and its windows. */
export const lintRow = (row: Price, path: Path): Problem[] => [
  ...lintRates(row, path),
  ...(['tiers', 'windows'] as const).flatMap(key =>
    (row[key] ?? []).flatMap((rates, i) => lintRates(rates, [...path, key, i])),
  ),
  ...lintChoice(row, path),
]

/** Checks that a request has one rate: a row has tiers or windows, and no two of them apply at once. */
const lintChoice = ({ tiers = [], windows = [] }: Price, path: Path): Problem[] => {
  const found: Problem[] = []
  if (tiers.length > 0 && windows.length > 0) found.push(at(path, lintProblems.tiersAndWindows()))
  const thresholds = new Set<string>()
  for (const [i, { operator, threshold }] of tiers.entries()) {
    const when = `${operator} ${threshold}`
    if (thresholds.has(when)) found.push(at([...path, 'tiers', i, 'threshold'], lintProblems.tierTwice(when)))
    thresholds.add(when)
  }
  return [...found, ...lintWindows(windows, path)]
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
  const found = KEYS.flatMap(key => lintRate(rates[key], [...path, key]))
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

/** Whether a rate looks like binary rounding noise: six zeros or nines in a row, or more than twelve decimals. */
const isNoise = (rate: string): boolean => {
  const fraction = rate.split('.')[1] ?? ''
  return fraction.length > 12 || /0{6,}[1-9]|9{6,}/.test(fraction)
}

/** A rate to at most nine decimals, and to fewer where those are noise as well. */
const withoutNoise = (value: Exact, decimals = 9): string => {
  const rounded = toDecimals(value, decimals)
  return isNoise(rounded) ? withoutNoise(value, decimals - 1) : rounded
}

const number = (rate: Rate | undefined): Exact | null => (rate == null || rate === 'not_offered' ? null : exact(rate))
