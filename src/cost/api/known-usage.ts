import { at, InputError, problems } from '../../errors/index.ts'
import type { Price } from '../../model/book/book.ts'
import { type Exact, exact, quotient, sum, toDecimals, ZERO } from '../../model/number/money.ts'
import type { CachePolicy } from '../../model/scenario/scenario.ts'
import { offersMeter, type RateCard } from '../rates/pick-rates.ts'
import type { Usage } from './price-usage.ts'

/** The cached tokens that a scenario states instead of a rule, and the prompt tokens of which they are a part. */
export interface KnownUsage {
  readonly prompt: Exact
  readonly tokens: Readonly<Record<(typeof KNOWN_METERS)[number], Exact>>
}

export const KNOWN_METERS = ['cache_read', 'cache_write', 'cache_write_1h'] as const

/**
 * The known usage of a scenario; `null` if it states none.
 *
 * @param prompt - tokens of all calls of a request, or of the period
 * @param calls - calls of a request; 1 for totals
 * @throws {InputError} USAGE_OVER_PROMPT if more is read and written than is sent
 */
export const knownUsage = (
  { policy, read = 0, write = 0, write_1h = 0 }: CachePolicy,
  { prompt, calls }: { readonly prompt: Exact; readonly calls: number },
): KnownUsage | null => {
  if (policy !== 'usage') return null
  const ofAll = (tokens: number): Exact => exact(String(tokens)).times(calls)
  const tokens = { cache_read: ofAll(read), cache_write: ofAll(write), cache_write_1h: ofAll(write_1h) }
  const stated = sum(Object.values(tokens))
  if (stated.gt(prompt)) {
    const ofOne = (all: Exact): string => toDecimals(quotient(all, exact(calls)), 2)
    throw new InputError([at(['cache'], problems.usageOverPrompt(ofOne(stated), ofOne(prompt), calls))])
  }
  return { prompt, tokens }
}

/** Tokens per meter of a part of the prompts, in proportion to it. A meter that is not offered is billed as input. */
export const knownTokens = ({ prompt: whole, tokens }: KnownUsage, prompt: Exact, card: RateCard): Usage => {
  const billed: Partial<Record<keyof typeof tokens, Exact>> = {}
  for (const meter of KNOWN_METERS) {
    if (card[meter] === 'not_offered' || whole.isZero()) continue
    billed[meter] = quotient(prompt.times(tokens[meter]), whole)
  }
  const cached = sum(Object.values(billed))
  return { ...billed, input: prompt.minus(cached) }
}

/** Meters that known usage has tokens for and a row does not offer at any of its rates. */
export const notOffered = (known: KnownUsage | null, row: Price): readonly (typeof KNOWN_METERS)[number][] =>
  KNOWN_METERS.filter(meter => known?.tokens[meter].gt(ZERO) && !offersMeter(row, meter))
