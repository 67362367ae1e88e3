import type { Dated } from '../../cost/rates/span.ts'
import { span } from '../../cost/rates/span.ts'
import { lengthOf, type Stretch, within } from '../../cost/time/calendar-month.ts'
import type { Model, Price, Provider } from '../../model/book/book.ts'
import { parseInstant } from '../../model/instant.ts'

/** Hours of a month in which a model has one price row, one set of services and one set of regions. */
export interface Spell {
  /** Milliseconds since 1970, half-open. */
  readonly from: number
  readonly to: number
  readonly stretches: readonly Stretch[]
  /** Moment whose prices hold: the first of the hours, or of the model's first row where that comes later. */
  readonly at: string
  /** The first row, where these hours come before it. */
  readonly before: Price | null
}

/** Cuts hours at every moment at which a price of the model begins, ends, or is no longer promised. */
export const spellsOf = (
  stretches: readonly Stretch[],
  { model, provider }: { readonly model: Model; readonly provider: Provider | undefined },
): Spell[] => {
  const [first, last] = [stretches[0], stretches.at(-1)]
  if (!first || !last) return []
  const inside = marksOf(model, provider).filter(ms => ms > first.from && ms < last.to)
  const cuts = [...new Set([first.from, ...inside, last.to])].sort((a, b) => a - b)
  return cuts.slice(0, -1).flatMap((from, i) => {
    const to = cuts[i + 1] ?? last.to
    const own = within(stretches, from, to)
    if (lengthOf(own) === 0) return []
    const [row] = model.prices
    const before = row && span(row).from > from ? row : null
    return [
      {
        from,
        to,
        stretches: own,
        at: before ? before.from : new Date(from).toISOString().replace('.000Z', 'Z'),
        before,
      },
    ]
  })
}

/** Moments at which what a model costs may change, milliseconds since 1970. */
const marksOf = ({ prices }: Model, provider: Provider | undefined): number[] => {
  const services = prices.flatMap(row => Object.values(row.services ?? {}).flat())
  const regions = Object.values(provider?.regions ?? {}).flat()
  const dated: readonly Dated[] = [...prices, ...services, ...regions]
  const promised = prices.flatMap(({ until_at_least: until }) => (until === undefined ? [] : [parseInstant(until)]))
  return [...dated.flatMap(one => [span(one).from, span(one).to]), ...promised].filter(
    (ms): ms is number => ms !== undefined && Number.isFinite(ms),
  )
}
