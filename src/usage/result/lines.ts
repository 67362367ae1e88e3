import { METERS } from '../../model/meters.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import { addRanges, printRange, type Range } from '../../model/number/range.ts'
import { amount, count } from '../../model/result/print-exact.ts'
import type { UsageLine } from '../../model/result/usage.ts'
import { NO_DAY } from '../groups/collect.ts'
import type { Group } from '../groups/group.ts'
import type { LocalTime } from '../groups/local-time.ts'
import { meteredBy } from '../price/bill.ts'
import type { PricedGroup } from '../price/price-group.ts'
import type { Quote } from '../price/quote.ts'
import { hasOneCost } from './charges.ts'
import { printInstant } from './print.ts'

/** Which lines a report has: `explained`, every sum over all its time; `charges`, exact costs alone, day by day. */
export type LineKind = 'explained' | 'charges'

interface Span {
  readonly from: number
  readonly to: number
}

interface Open extends Span {
  /** What all its tokens have in common. */
  readonly same: Omit<UsageLine, 'from' | 'to' | 'quantity' | 'cost'>
  readonly quantity: bigint
  readonly cost: Range<Exact>
}

/** quantity × rate = cost: a line for all tokens of a model and meter whose rate is one, from one row. */
export const linesOf = (
  groups: readonly PricedGroup[],
  { kind, clock }: { readonly kind: LineKind; readonly clock: LocalTime },
): UsageLine[] => {
  const isCharge = kind === 'charges'
  const lines = new Map<string, Open>()
  for (const priced of isCharge ? groups.filter(hasOneCost) : groups) {
    const span = isCharge ? chargedIn(priced.group, clock) : timeOf(priced.group)
    for (const line of linesIn(priced, isCharge)) {
      const key = JSON.stringify(isCharge ? [line.same, span] : line.same)
      const known = lines.get(key)
      lines.set(key, known ? together(known, { ...line, ...span }) : { ...line, ...span })
    }
  }
  return [...lines.values()].map(printed).sort(inOrder)
}

const together = (a: Open, b: Open): Open => ({
  same: a.same,
  from: Math.min(a.from, b.from),
  to: Math.max(a.to, b.to),
  quantity: a.quantity + b.quantity,
  cost: addRanges([a.cost, b.cost]),
})

/** From the first record to the last; what tells no time may be any of the time that was asked for. */
const timeOf = ({ first, last, at, end }: Group): Span => ({ from: first ?? at ?? 0, to: last ?? end ?? 0 })

/** The day of the report's zone; of a bucket that reaches beyond it, up to its end. */
const chargedIn = (group: Group, clock: LocalTime): Span => {
  const [day = NO_DAY] = group.keys
  if (day === NO_DAY) return timeOf(group)
  const { from, to } = clock.daySpan(day)
  return { from, to: Math.max(to, group.end ?? to) }
}

const linesIn = ({ group, served, quotes }: PricedGroup, isCharge: boolean): Omit<Open, keyof Span>[] => {
  const [first] = quotes
  if (!first || !served) return []
  const vectors = quotes.map(({ rates }) => rates)
  const shared = {
    day: isCharge ? (group.keys[0] ?? NO_DAY) : null,
    model: served.model.id,
    provider: first.offer.provider.name,
    service: group.service ?? 'standard',
    batch: group.batch,
    region: group.region,
  }
  const origin = {
    unit: UNIT,
    tier: eachOf(quotes, ({ tier }) => tier),
    window: eachOf(quotes, ({ window }) => window),
    row_from: eachOf(quotes, ({ offer }) => offer.row.from) ?? '',
    source: eachOf(quotes, ({ offer }) => offer.row.source) ?? '',
  }
  return (meteredBy(group.tokens, vectors) ?? []).map(({ meter, rate, cost }) => ({
    same: { ...shared, meter, rate: printRange(rate, value => value.toFixed()), ...origin },
    quantity: group.tokens[meter],
    cost,
  }))
}

const [{ unit: UNIT }] = METERS

/** What the quotes say, each once: a bucket may lie in several hours, rows or tiers. */
const eachOf = (quotes: readonly Quote[], say: (quote: Quote) => string | null): string | null => {
  const told = [...new Set(quotes.map(say))]
  return told.length === 1 ? (told[0] ?? null) : told.map(one => one ?? 'any other').join(' or ')
}

const printed = ({ same, from, to, quantity, cost }: Open): UsageLine => ({
  ...same,
  from: printInstant(from),
  to: printInstant(to),
  quantity: count(exact(quantity)),
  cost: amount(cost),
})

const inOrder = (a: UsageLine, b: UsageLine): number => {
  for (const key of ORDER) {
    const [one, other] = [placeOf(a, key), placeOf(b, key)]
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}

const ORDER = [
  'day',
  'model',
  'service',
  'batch',
  'region',
  'row_from',
  'tier',
  'window',
  'meter',
  'from',
  'to',
] as const

const placeOf = (line: UsageLine, key: (typeof ORDER)[number]): string =>
  key === 'meter' ? String(METERS.findIndex(meter => meter.key === line.meter)) : String(line[key] ?? '')
