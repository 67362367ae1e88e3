import { unknownModel } from '../../cost/rates/price-at.ts'
import { type Problem, problems } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import type { MeterKey } from '../../model/meters.ts'
import type { Group } from '../groups/group.ts'
import type { Served } from '../plan/models.ts'
import { type Bill, billOf, missingIn } from './bill.ts'
import { namedBy, quotesFor, reachOf } from './candidates.ts'
import type { Asked, Quote, Quoted, quotesOf } from './quote.ts'

/** A group with its price on the model that served it. */
export interface PricedGroup {
  readonly group: Group
  readonly served: Served | null
  /** `null`: it has no price; see `fault`. */
  readonly bill: Bill | null
  /** What the bill is reckoned by: one for calls, for a bucket all that it may contain; empty: it has no cost. */
  readonly quotes: readonly Quote[]
  readonly fault: Problem | null
  /** Why the headline has a price and the cost has none; `null`: it has. */
  readonly untold: string | null
  /** Meters with tokens that the model does not offer: they are billed as input. */
  readonly asInput: readonly MeterKey[]
}

/** Prices groups with the quotes of one book. */
export type Quoter = ReturnType<typeof quotesOf>

export interface Pricing {
  readonly book: Book
  readonly beyond?: Book | undefined
  readonly quote: Quoter
  readonly served: (name: string) => Served | null
}

/** Prices a group on the model that served it. */
export const priceGroup = (group: Group, { book, beyond, quote, served }: Pricing): PricedGroup => {
  const name = group.model
  const model = name === null ? null : served(name)
  const none = { group, served: model, bill: null, quotes: [], untold: null, asInput: [] }
  if (group.isMoney) return { ...none, fault: null }
  if (name === null) return { ...none, fault: problems.noModelTold() }
  if (!model) return { ...none, fault: unknownModel(book, name, { beyond }) }
  const reach = reachOf(group, model)
  if ('fault' in reach) return { ...none, fault: reach.fault }
  const { service, batch, region } = group
  const ask = ({ at, prompt }: Pick<Asked, 'at' | 'prompt'>): Quoted =>
    quote({ model: model.model.id, at, prompt, service, batch, region })
  const found = quotesFor(reach, ask)
  if ('fault' in found) return { ...none, fault: inOwnFile(found.fault) }
  const quotes = namedBy(group.rates, found)
  const bill = billOf(group.tokens, quotes)
  // A meter that is not told does not matter where it is billed as input.
  const open = group.untold.filter(meter => quotes.some(({ asInput }) => !asInput.some(one => one === meter)))
  if (open.length > 0) {
    const untold = `the source does not tell ${open.join(', ')}`
    return {
      ...none,
      bill: { ...bill, cost: null, cachingSaved: null },
      fault: null,
      untold,
    }
  }
  const missing = bill.cost === null ? missingIn(group.tokens, quotes) : null
  if (missing !== null) {
    const rate = { meter: missing, service: group.service ?? undefined }
    const [first] = quotes
    return {
      ...none,
      fault: problems.noRate(model.model.id, rate, first?.offer.row.note ?? 'the book gives no reason'),
    }
  }
  const asInput = (quotes[0]?.asInput ?? []).filter(meter => group.tokens[meter] > 0n)
  return { group, served: model, bill, quotes, fault: null, untold: null, asInput }
}

/** Usage was at its time: no other can be asked for. */
const inOwnFile = (fault: Problem): Problem =>
  fault.code === 'NO_PRICE_AT'
    ? { ...fault, fix: 'give the price of that time in your own file with --pricing mine.json' }
    : fault
