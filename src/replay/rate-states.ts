import { windowAt } from '../cost/rates/peak-share.ts'
import { listCard, pickRates, pickTier, type RateCard } from '../cost/rates/pick-rates.ts'
import { findModel, rowAt } from '../cost/rates/price-at.ts'
import type { Book, Model, Price, Provider, Window } from '../model/book/book.ts'
import { entryOf } from '../model/entry-of.ts'

/** Requests of one model at the same rates: those of a row, of one of its tiers, or of one of its windows. */
export interface RateState {
  /** The model's id in the book, else as the trace names it; `null`: it names none. */
  readonly model: string | null
  /** `null`: there is no price, see `lack`. */
  readonly card: RateCard | null
  readonly lack: Lack | null
}

/** Why requests have no price. */
export interface Lack {
  readonly code: 'UNKNOWN_MODEL' | 'NO_PRICE_AT' | 'NO_RATE'
  readonly reason: string
  /** What to do, where that is not the same for all. */
  readonly fix?: string
}

/** The rates of each request, numbered from 0 as they are first met. */
export interface RateStates {
  /** @param at - ms since 1970 @param input - tokens of the whole prompt, which decide the tier */
  numberOf(model: string | null, at: number, input: number): number
  readonly states: readonly RateState[]
}

/** A model of the book, and what was found for it last: requests follow one another in time. */
interface Known {
  readonly model: Model
  readonly provider: Provider | undefined
  minute: number
  row: Price | undefined
  window: Window | null
}

const MINUTE = 60_000

/** The book's rates for a trace. Windows begin and end on whole minutes, rows at any moment. */
export const rateStates = (book: Book): RateStates => {
  const states: RateState[] = []
  const numbers = new Map<unknown, Map<unknown, number>>()
  const known = new Map<string, Known | null>()

  const numberFor = (a: unknown, b: unknown, make: () => RateState): number => {
    const own = numbers.get(a) ?? new Map<unknown, number>()
    numbers.set(a, own)
    const number = own.get(b) ?? states.push(make()) - 1
    own.set(b, number)
    return number
  }

  const find = (name: string): Known | null => {
    const model = findModel(book, name)
    const found = model
      ? { model, provider: entryOf(book.providers, model.provider), minute: Number.NaN, row: undefined, window: null }
      : null
    known.set(name, found)
    return found
  }

  return {
    states,
    numberOf: (name, at, input) => {
      const of = name === null ? null : (known.get(name) ?? find(name))
      if (!of)
        return numberFor(name, null, () => ({ model: name, card: null, lack: name === null ? NO_NAME : NOT_IN_BOOK }))
      const { model, provider } = of
      const minute = Math.floor(at / MINUTE)
      const row = rowAt(model, at)
      if (minute !== of.minute || row !== of.row) {
        of.minute = minute
        of.row = row
        of.window = row?.windows?.length && provider ? windowAt(row, provider, at) : null
      }
      const { window } = of
      if (!row) return numberFor(model, null, () => ({ model: model.id, card: null, lack: NO_PRICE }))
      const tier = row.tiers ? pickTier(row, input) : null
      return numberFor(row, tier ?? window, () => ({
        model: model.id,
        card: listCard(pickRates(row, tier, window)),
        lack: null,
      }))
    },
  }
}

const NO_NAME: Lack = { code: 'UNKNOWN_MODEL', reason: 'no model is named: write --model' }
const NOT_IN_BOOK: Lack = { code: 'UNKNOWN_MODEL', reason: 'it is not in the price book' }
const NO_PRICE: Lack = { code: 'NO_PRICE_AT', reason: 'the book has no price at that time' }
