import { exact, quotient, toDecimals } from '../model/number/money.ts'
import type { Estimation } from '../model/scenario/counted.ts'
import type { Count } from './tokenizer.ts'

/**
 * Tokens of one tokenizer as those of another, by the ratio of their factors; the ends of the band are those of both
 * factors at their furthest, rounded outwards.
 *
 * @example convertTokens(1000, { percent: 100, low: 100, high: 100 }, { percent: 118, low: 95, high: 140 }) // 1,180, from 950 to 1,400
 */
export const convertTokens = (tokens: number, from: Estimation, to: Estimation): Count => ({
  tokens: Number(toDecimals(quotient(exact(tokens).times(to.percent), exact(from.percent)), 0)),
  low: Math.floor((tokens * to.low) / from.high),
  high: Math.ceil((tokens * to.high) / from.low),
})

/** How many tokens of the second tokenizer one of the first is, at the stated factors; at most two decimals. */
export const ratioBetween = (from: Estimation, to: Estimation): string =>
  toDecimals(quotient(exact(to.percent), exact(from.percent)), 2)
