import { type Exact, exact, quotient, toFixedDecimals } from '../../model/number/money.ts'
import { highOf, isRange, lowOf, type Printed } from '../../model/number/range.ts'
import type { Verdict } from '../../model/result/check.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatShare, formatUsd, neatDecimals } from '../figures/format.ts'
import { type Held, isIncrease } from './held.ts'

/** A limit and the figure checked against it, in readable form. */

/** Both ends of a figure, smaller first: the low end of an increase may be the larger one. */
const inOrder = (actual: Printed<string>): readonly [Exact, Exact] => {
  const [low, high] = [exact(lowOf(actual)), exact(highOf(actual))]
  return low.lte(high) ? [low, high] : [high, low]
}

/** The end that is checked: the larger one. */
const heldEnd = (actual: Printed<string>): Exact => inOrder(actual)[1]

/** The checked figure as a share of its limit; `null` if there is none. */
export const usedShare = ({ actual, allowed }: Verdict): Exact | null =>
  actual === null || exact(allowed).isZero() ? null : quotient(heldEnd(actual), exact(allowed))

export const usedOf = (verdict: Verdict): string => {
  const share = usedShare(verdict)
  return share === null || share.isNegative() ? '' : formatShare(Number(share.toFixed()))
}

/** The limit, without its position in the file. */
export const limitOf = (held: Held): string => {
  const { verdict, period } = held
  const { limit, allowed } = verdict
  if (limit === 'max_increase') return `${percent(exact(allowed))} more than the baseline`
  const dollars = formatUsd(allowed, decimalsOf(verdict))
  return limit === 'max_increase_usd' ? `${dollars} ${period} more than the baseline` : `${dollars} ${period}`
}

/** The limit in a column; an increase has a sign. */
export const limitCell = (held: Held): string => {
  const { limit, allowed } = held.verdict
  if (limit === 'max_increase') return `+${percent(exact(allowed))}`
  return limit === 'max_increase_usd'
    ? `+${formatUsd(allowed, decimalsOf(held.verdict))} ${held.period}`
    : limitOf(held)
}

/** The actual figure, and its distance from the limit. */
export const actualOf = (held: Held): string => {
  const { actual, reason, at_least, state } = held.verdict
  if (actual !== null) {
    const figure = [figureOf(held, actual), distanceOf(held.verdict)].filter(Boolean).join(', ')
    // The figure is known but cannot be judged, because the limit lies within what is uncertain.
    return state === 'unknown' && reason !== null ? `${figure}, but ${reason}` : figure
  }
  const known = at_least === null ? '' : `at least ${formatUsd(at_least, neatDecimals([at_least]))} ${held.period}: `
  return `${known}${reason ?? 'it is unknown'}`
}

/** The figure in a column next to its limit: an increase has a sign; without the unit. */
export const actualCell = ({ verdict }: Held): string => {
  const { actual, limit } = verdict
  if (actual === null) return 'N/A'
  if (!isIncrease(limit)) return amount(actual, decimalsOf(verdict))
  const shown = limit === 'max_increase' ? (value: Exact) => percent(value, pointsOf(verdict)) : dollarsOf(verdict)
  const withSign = (value: Exact): string => `${value.gt(0) ? '+' : ''}${shown(value)}`
  const [low, high] = inOrder(actual)
  return low.eq(high) ? withSign(low) : `${withSign(low)} to ${withSign(high)}`
}

/** The figure alone, in the unit of its limit. */
const figureOf = ({ verdict, period }: Held, actual: Printed<string>): string => {
  const { limit, baseline } = verdict
  if (!isIncrease(limit)) return `${amount(actual, decimalsOf(verdict))} ${period}`
  const base =
    baseline === null
      ? 'the baseline'
      : `the baseline of ${amount(baseline, neatDecimals(figures([baseline])))} ${period}`
  const shown = limit === 'max_increase' ? (value: Exact) => percent(value, pointsOf(verdict)) : dollarsOf(verdict)
  const [low, high] = inOrder(actual)
  if (high.isNegative()) return `${fromTo(high.abs(), low.abs(), shown)} less than ${base}`
  if (low.isNegative()) return `${shown(low.abs())} less to ${shown(high)} more than ${base}`
  return `${fromTo(low, high, shown)} more than ${base}`
}

const fromTo = (low: Exact, high: Exact, shown: (value: Exact) => string): string =>
  low.eq(high) ? shown(low) : `${shown(low)}-${shown(high)}`

const dollarsOf =
  (verdict: Verdict) =>
  (value: Exact): string =>
    formatUsd(value.toFixed(), decimalsOf(verdict))

const distanceOf = (verdict: Verdict): string => {
  const { limit, state, actual, allowed, over_by } = verdict
  if (state === 'near') return `${usedOf(verdict)} of the limit`
  if (over_by === null) return ''
  const at = actual !== null && isRange(actual) ? ` at its ${heldEnd(actual).eq(actual.high) ? 'high' : 'low'} end` : ''
  if (limit === 'max_increase') return `over by ${points(exact(over_by), pointsOf(verdict))}${at}`
  const share = exact(allowed).isZero()
    ? ''
    : ` (${formatShare(Number(quotient(exact(over_by), exact(allowed)).toFixed()))})`
  return `over by ${formatUsd(over_by, decimalsOf(verdict))}${share}${at}`
}

/** Distance of the checked figure from its limit. */
const gapOf = ({ actual, allowed }: Verdict): Exact =>
  actual === null ? exact(0) : heldEnd(actual).minus(exact(allowed)).abs()

/** Enough decimals that a figure over its limit is not printed as equal to it. */
const decimalsOf = (verdict: Verdict): number => {
  const { allowed, actual } = verdict
  const amounts = [allowed, ...figures([actual]), gapOf(verdict).toFixed()]
  return neatDecimals(amounts)
}

/** Decimals of a percentage, for the same reason. */
const pointsOf = (verdict: Verdict): number => {
  const gap = gapOf(verdict).times(100)
  return gap.isZero() || gap.gte('0.1') ? 1 : columnDecimals([gap.toFixed()])
}

/** A share as a percentage: with every digit, as limits are printed, or rounded. */
const percent = (share: Exact, decimals?: number): string => {
  const value = share.times(100)
  return `${decimals === undefined ? value.toFixed() : toFixedDecimals(value, decimals)}%`
}

const points = (share: Exact, decimals: number): string => {
  const text = percent(share, decimals).replace('%', '')
  return `${text} ${/^1(\.0+)?$/.test(text) ? 'point' : 'points'}`
}
