import { type Exact, exact, ZERO } from '../../model/number/money.ts'
import type { Fields } from '../reading/fields.ts'
import type { Shape, Sink } from '../reading/format.ts'

/** Costs of one file in other currencies than USD: no rate would be the right one, so they are told, not counted. */
export interface OtherMoney {
  /** @param currency - as the source writes it */
  add(currency: string | null, amount: string): void
  /** Tells how many there are and their sum. */
  end(): void
}

export const otherMoney = (sink: Pick<Sink, 'skip'>): OtherMoney => {
  const sums = new Map<string, { count: number; sum: Exact }>()
  return {
    add: (currency, amount) => {
      const code = (currency ?? '').toUpperCase()
      const name = /^[A-Z]{3}$/.test(code) ? code : 'a currency that is not told'
      const known = sums.get(name) ?? { count: 0, sum: ZERO }
      sums.set(name, { count: known.count + 1, sum: known.sum.plus(exact(amount)) })
    },
    end: () => {
      for (const [name, { count, sum }] of sums) {
        const why = `costs in ${name}, ${sum.toFixed()} in all: only those in USD are counted`
        for (let i = 0; i < count; i++) sink.skip(why)
      }
      sums.clear()
    },
  }
}

/** A shape whose records stand by themselves, some of them with money of any currency. */
export const eachMoney = (
  shape: Omit<Shape, 'start'>,
  take: (value: Fields, sink: Sink, other: OtherMoney) => void,
): Shape => ({
  ...shape,
  start: () => ({
    open: sink => {
      const other = otherMoney(sink)
      return { take: value => take(value, sink, other), end: other.end }
    },
  }),
})
