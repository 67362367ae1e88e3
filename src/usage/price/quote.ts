import { KNOWN_METERS } from '../../cost/api/known-usage.ts'
import { whyNoBatch } from '../../cost/api/price-views.ts'
import { baseName, windowAt } from '../../cost/rates/peak-share.ts'
import { batchCard, listCard, pickRates, pickTier, type RateCard, stackingOf } from '../../cost/rates/pick-rates.ts'
import { type Offer, offerAt } from '../../cost/rates/price-at.ts'
import { STANDARD } from '../../cost/rates/served-row.ts'
import { collect, type Problem, problems } from '../../errors/index.ts'
import type { Book, Window } from '../../model/book/book.ts'
import type { MeterKey } from '../../model/meters.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import { type Rates, ratesBy } from './rates.ts'

/** What decides the rates of a request. */
export interface Asked {
  readonly model: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Tokens of the whole prompt, as the model counts them. */
  readonly prompt: number
  readonly service: string | null
  readonly batch: boolean
  readonly region: string | null
}

/** The rates of a request at some hours of the day, and by how much they are below those that it has. */
export interface Hours {
  readonly rates: Rates
  readonly saves: Rates
}

/** The rates of a request, and those it would have had otherwise. */
export interface Quote {
  readonly offer: Offer
  /** The length of prompts whose rates these are, such as `> 200000`; `null`: the row's own. */
  readonly tier: string | null
  /** The hours whose rates these are; `null`: the row has one rate all day. */
  readonly window: string | null
  /** A meter that is not offered is billed as input. */
  readonly rates: Rates
  /** All of the prompt as input. */
  readonly headline: Rates
  /** The headline less the rates. */
  readonly cachingSaves: Rates
  /** The rates less those of the same request in a batch; `null`: not offered or unknown, or it was in one. */
  readonly batchSaves: Rates | null
  /** The same request at every hour of the row; empty: the row has no hours. */
  readonly hours: readonly Hours[]
  /** Cache meters that are billed as input: not offered. */
  readonly asInput: readonly MeterKey[]
}

export type Quoted = Quote | { readonly fault: Problem }

/** Rates by what is asked, each found once. */
export type Quotes = (asked: Asked) => Quoted

/** The quotes of a book, each worked out once. */
export const quotesOf = (book: Book): Quotes => {
  const known = new Map<string, Quoted>()
  return asked => {
    const key = `${asked.model}\0${asked.at}\0${asked.prompt}\0${asked.service ?? ''}\0${asked.batch}\0${asked.region ?? ''}`
    const found = known.get(key) ?? quote(book, asked)
    known.set(key, found)
    return found
  }
}

const quote = (book: Book, asked: Asked): Quoted => {
  const faults: Problem[] = []
  const at = new Date(asked.at).toISOString().replace('.000Z', 'Z')
  const terms = { service: asked.service ?? STANDARD, region: asked.region }
  const offer = collect(faults, () => offerAt(book, asked.model, at, terms))
  if (!offer) return { fault: faults[0] ?? problems.noPriceAt(asked.model, at, '') }
  const tier = pickTier(offer.row, asked.prompt)
  if (tier !== null && offer.longPrompts !== null) return { fault: problems.noLongPrompts(offer.longPrompts) }
  const cardIn = (window: Window | null, batch: boolean): RateCard | string => {
    const rates = pickRates(offer.row, tier, window)
    const card = batch ? batchCard(rates, offer.batchRule) : listCard(rates)
    if (card === 'not_offered') return whyNoBatch(offer)
    return card ?? `whether ${offer.provider.name} offers a batch tier is unknown`
  }
  const window = windowAt(offer.row, offer.provider, asked.at)
  const card = cardIn(window, asked.batch)
  if (typeof card === 'string') {
    const rate = { meter: 'batch', service: asked.service ?? undefined }
    return { fault: problems.noRate(offer.model.id, rate, card) }
  }
  const { windows = [] } = offer.row
  const others = windows.length === 0 ? [] : [...windows, null].map(one => cardIn(one, asked.batch))
  const batched = cardIn(window, true)
  const rates = ratesOf(card, uncachedIn(offer, asked.batch))
  const headline = ratesOf(card, true)
  const length = tier === null ? undefined : offer.row.tiers?.[tier]
  return {
    offer,
    tier: length ? `${length.operator} ${length.threshold}` : null,
    window: window?.name ?? baseName(offer.row),
    rates,
    headline,
    cachingSaves: less(headline, rates),
    batchSaves:
      asked.batch || typeof batched === 'string' ? null : less(rates, ratesOf(batched, uncachedIn(offer, true))),
    hours: others.flatMap(one => {
      if (typeof one === 'string') return []
      const own = ratesOf(one, uncachedIn(offer, asked.batch))
      return { rates: own, saves: less(rates, own) }
    }),
    asInput: KNOWN_METERS.filter(meter => card[meter] === 'not_offered'),
  }
}

/** Whether a batch bills what the cache gave or kept as plain input. */
const uncachedIn = ({ batchRule }: Offer, batch: boolean): boolean => batch && stackingOf(batchRule) === 'no-cache'

const ratesOf = (card: RateCard, uncached: boolean): Rates => {
  const rate = (meter: MeterKey): Exact | null => {
    const given = card[meter]
    return given === null || given === 'not_offered' ? null : exact(given)
  }
  return ratesBy(meter => {
    const isInput = KNOWN_METERS.some(one => one === meter) && (uncached || card[meter] === 'not_offered')
    return rate(isInput ? 'input' : meter)
  })
}

/** Meter by meter; `null` where one of the two is not known. */
const less = (a: Rates, b: Rates): Rates =>
  ratesBy(meter => {
    const [from, rate] = [a.usd[meter], b.usd[meter]]
    return from && rate && from.minus(rate)
  })
