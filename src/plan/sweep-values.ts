import { collect, InputError, type Problem, problems } from '../errors/index.ts'
import { type Exact, exact } from '../model/number/money.ts'
import type { SweptKey } from '../model/result/sweep.ts'
import { SECONDS } from '../model/time.ts'
import { MOST_CHARACTERS, SCALES } from '../model/units.ts'

/** Most combinations of values in one sweep: each is a whole estimate. */
export const MOST_CELLS = 1000

const EXAMPLE = 'write --vary request.output=350,700,1400'

/**
 * Parses `--vary key=values`: values separated by commas, and ranges `A..B/S`.
 *
 * @returns one key or two, each with its values as `--set` takes them
 * @throws {InputError} USAGE for everything that is wrong at once
 */
export const parseVary = (given: readonly string[]): SweptKey[] => {
  const faults: Problem[] = []
  if (given.length === 0 || given.length > 2) {
    const found = given.length === 0 ? 'none' : String(given.length)
    faults.push(problems.usage(`a sweep varies one key or two, found ${found}`, EXAMPLE))
  }
  const keys = given.flatMap(one => collect(faults, () => parseOne(one)) ?? [])
  const [first, second] = keys
  if (first && first.key === second?.key) {
    faults.push(problems.usage(`--vary names ${first.key} twice`, `write all its values in one: --vary ${first.key}=…`))
  }
  const cells = keys.reduce((product, { values }) => product * values.length, 1)
  if (cells > MOST_CELLS) {
    faults.push(
      problems.usage(`the values make ${cells} cells, more than ${MOST_CELLS}`, 'use a larger step, or fewer values'),
    )
  }
  if (faults.length > 0) throw new InputError(faults)
  return keys
}

const refuse = (what: string, fix = EXAMPLE): never => {
  throw new InputError([problems.usage(what, fix)])
}

const parseOne = (given: string): SweptKey => {
  const cut = given.indexOf('=')
  const key = given.slice(0, cut).trim()
  if (cut < 1 || key === '') return refuse(`--vary is no key=values: "${given}"`)
  if (key === 'pricing')
    return refuse('a sweep has one price book', 'run dsprice estimate --pricing once for each book, then dsprice diff')
  const items = splitItems(given.slice(cut + 1)).map(item => item.trim())
  if (items.includes('')) return refuse(`--vary ${key} has an empty value`, `write --vary ${key}=a,b`)
  return { key, values: [...new Set(items.flatMap(expand))] }
}

/** Splits at commas outside of brackets and of items in quotes. */
const splitItems = (text: string): string[] => {
  const items = ['']
  let depth = 0
  let quote = ''
  for (const mark of text) {
    const item = items.at(-1) ?? ''
    if (mark === ',' && depth === 0 && quote === '') {
      items.push('')
      continue
    }
    if (quote !== '') quote = mark === quote ? '' : quote
    else if ((mark === '"' || mark === "'") && (depth > 0 || item.trim() === '')) quote = mark
    else if ('[{'.includes(mark)) depth++
    else if (']}'.includes(mark)) depth = Math.max(0, depth - 1)
    items[items.length - 1] = item + mark
  }
  return items
}

const NUMBER = String.raw`[+-]?\$?\d+(?:\.\d+)?\s*(?:[a-z]|%|×)?`
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})(?:/(${NUMBER}))?$`, 'i')

/** The values of an item: those of a range, or itself. */
const expand = (item: string): readonly string[] => {
  const [, from, to, step] = (item.length <= 4 * MOST_CHARACTERS && RANGE.exec(item)) || []
  if (from === undefined || to === undefined) return [item]
  if (step === undefined) return refuse(`the range ${item} has no step`, 'write one such as 1K..8K/1K')
  const [a, b, s] = [from, to, step].map(figureOf) as [Figure, Figure, Figure]
  const unit = commonUnit([a, b, s])
  if (unit === null) return refuse(`the range ${item} has several units`, 'write both ends and the step in one unit')
  const [first, last, by] = [a, b, s].map(({ value, unit: own }) => value.times(unit.scaleOf(own))) as [
    Exact,
    Exact,
    Exact,
  ]
  if (by.lte(0)) return refuse(`the step of ${item} must be above 0`, 'write one such as 1K..8K/1K')
  if (last.lt(first)) return refuse(`the range ${item} runs backwards`, 'write the smaller end first')
  const steps = last.minus(first).dividedToIntegerBy(by)
  if (steps.gte(MOST_CELLS)) return refuse(`the range ${item} has more than ${MOST_CELLS} values`, 'use a larger step')
  const isSigned = a.isSigned || b.isSigned
  return Array.from({ length: steps.toNumber() + 1 }, (_, i) => {
    const value = first.plus(by.times(i))
    return `${isSigned && !value.isNegative() ? '+' : ''}${value.toFixed()}${unit.name}`
  })
}

interface Figure {
  readonly value: Exact
  readonly unit: string
  readonly isSigned: boolean
}

const figureOf = (text: string): Figure => {
  const [, sign = '', digits = '0', unit = ''] = /^([+-]?)\$?([\d.]+)\s*(.?)$/.exec(text.trim()) ?? []
  return { value: exact(`${sign === '-' ? '-' : ''}${digits}`), unit, isSigned: sign !== '' }
}

/** The unit in which a range is counted: their common one, tokens for sizes, seconds for durations. */
const commonUnit = (
  figures: readonly Figure[],
): { readonly name: string; readonly scaleOf: (unit: string) => number } | null => {
  const units = [...new Set(figures.map(({ unit }) => unit))]
  if (units.length === 1) return { name: units[0] ?? '', scaleOf: () => 1 }
  if (units.every(unit => unit in SECONDS)) return { name: 's', scaleOf: unit => SECONDS[unit] ?? 1 }
  const isSize = units.every(unit => unit.toUpperCase() in SCALES)
  return isSize ? { name: '', scaleOf: unit => SCALES[unit.toUpperCase()] ?? 1 } : null
}

/** Every combination of values, the last key's values changing first. */
export const combine = (keys: readonly SweptKey[]): string[][] =>
  keys.reduce<string[][]>((all, { values }) => all.flatMap(before => values.map(value => [...before, value])), [[]])
