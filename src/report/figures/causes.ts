import { type Exact, exact, toFixedDecimals } from '../../model/number/money.ts'
import { highOf, lowOf, middleOf, type Printed, printRange } from '../../model/number/range.ts'
import type { Cause, MovedKey } from '../../model/result/cause.ts'
import { type Marked, name } from '../blocks/block.ts'
import { isNothing, signed } from './difference.ts'
import { formatCount } from './format.ts'

/** Wording about causes of a change in cost. */

type Words = (string | Marked)[]

const MOST_CHARACTERS = 48
const MOST_WITH = 1

/** Causes named in a sentence or a cell. */
export const MOST_NAMED = 3

/** Long text without its middle. */
const clipped = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 21)}…${text.slice(-20)}`

const isNumber = (value: string): boolean => /^\d+(\.\d+)?$/.test(value)

const valueWords = (value: MovedKey['from'], absent: string): string | Marked => {
  if (value === null) return absent
  if (typeof value === 'number' || (typeof value === 'string' && isNumber(value))) return formatCount(value)
  return typeof value === 'boolean' ? String(value) : name(clipped(value))
}

/** A key as a scenario has it; keys of a request are known without it. */
const keyWords = (key: string): Marked => name(clipped(key.replace(/^request\./, '')))

/** A changed key in words. @example shared: system.md 1,204 → 5,310 tokens */
const movedWords = ({ key, part, was, from, to }: MovedKey): Words => {
  const label: Words = part === undefined ? [keyWords(key)] : [keyWords(key), ': ', name(clipped(part))]
  if (from === null && to === null) return [...label, ' changed']
  const absent = part === undefined && was === undefined ? 'none' : '0'
  const before: Words =
    was === undefined ? [] : was === 'number' ? [' (was a number)'] : [' (was ', name(clipped(was)), ')']
  const unit = part === undefined ? '' : ' tokens'
  return [...label, ' ', valueWords(from, absent), ' → ', valueWords(to, absent), unit, ...before]
}

/** A cause in words, without its effect. @example output 350 → 900 with reasoning 100 → 500 */
export const causeWords = ({ with: others = [], effect: _, ...first }: Cause): Words => {
  const more = others.length - MOST_WITH
  return [
    ...movedWords(first),
    ...others.slice(0, MOST_WITH).flatMap((one, i): Words => [i === 0 ? ' with ' : ', ', ...movedWords(one)]),
    ...(more > 0 ? [` and ${more} more`] : []),
  ]
}

/** Size of an effect, for sorting; a range counts by its middle. */
const sizeOf = ({ effect }: Cause): Exact => middleOf(effect).abs()

/** The causes with the largest effects, largest first, without those that have none. */
export const largestCauses = (causes: readonly Cause[] | null | undefined, most = MOST_NAMED): Cause[] =>
  (causes ?? [])
    .filter(({ effect }) => !isNothing(effect))
    .sort((a, b) => (sizeOf(b).gt(sizeOf(a)) ? 1 : sizeOf(a).gt(sizeOf(b)) ? -1 : 0))
    .slice(0, most)

/** The largest causes in a list, each with its effect; empty for none. */
export const causeList = (causes: readonly Cause[]): Words =>
  causes.flatMap((cause, i): Words => [...(i === 0 ? [] : ['; ']), ...causeWords(cause), ` (${signed(cause.effect)})`])

/** Effects rounded so that the rounded figures add up to their rounded sum. */
export const roundedEffects = (effects: readonly Printed<string>[], decimals: number): Printed<string>[] => {
  const round = (value: Exact): Exact => exact(toFixedDecimals(value, decimals))
  const sums = { low: exact(0), high: exact(0) }
  const next = (end: 'low' | 'high', value: string): Exact => {
    const before = round(sums[end])
    sums[end] = sums[end].plus(exact(value))
    return round(sums[end]).minus(before)
  }
  return effects.map(effect =>
    printRange({ low: next('low', lowOf(effect)), high: next('high', highOf(effect)) }, value => value.toFixed()),
  )
}
