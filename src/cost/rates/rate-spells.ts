import type { Model, Price, Provider } from '../../model/book/book.ts'
import { offsetMinutes, stretches, WEEK } from '../time/week.ts'
import { windowAt } from './peak-share.ts'
import { rowAt } from './price-at.ts'
import { hasRegion } from './served-row.ts'
import { span } from './span.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A time, milliseconds since 1970, half-open. */
export interface Time {
  readonly from: number
  readonly to: number
}

/** A model, and the provider whose calendar decides its hours. */
export interface Used {
  readonly model: Model
  readonly provider: Provider
}

/** From an instant on a model has one row, one window, and one set of services and regions. */
export interface RateSpell {
  readonly from: number
  /** Equal for spells with the same rates. */
  readonly key: string
}

/**
 * The spells of a time in which a model's rates stay the same, in order; the first begins with the time. Every instant
 * at which a row, a window, a service or a region may begin or end is a candidate, and the engine is asked what holds there.
 */
export const rateSpells = (used: Used, time: Time): RateSpell[] => {
  const { model, provider } = used
  const dated = datedEdges(used)
  const keyAt = (ms: number): string => {
    const row = rowAt(model, ms)
    const window = row ? windowAt(row, provider, ms) : null
    const terms = dated.filter(edge => edge <= ms).length
    return [row ? model.prices.indexOf(row) : '', window ? row?.windows?.indexOf(window) : '', terms].join(':')
  }
  const inside = candidates(used, time).filter(ms => ms > time.from && ms < time.to)
  const spells: RateSpell[] = []
  for (const from of [time.from, ...[...new Set(inside)].sort((a, b) => a - b)]) {
    const key = keyAt(from)
    if (spells.at(-1)?.key !== key) spells.push({ from, key })
  }
  return spells
}

/** Where services of the model begin and end, and regions that it has. */
const datedEdges = ({ model, provider }: Used): number[] => [
  ...model.prices.flatMap(row => Object.values(row.services ?? {}).flat()).flatMap(edgesOf),
  ...Object.values(provider.regions ?? {})
    .flat()
    .filter(region => hasRegion(region, model))
    .flatMap(edgesOf),
]

const edgesOf = (dated: Parameters<typeof span>[0]): number[] =>
  [span(dated).from, span(dated).to].filter(Number.isFinite)

const candidates = ({ model, provider }: Used, time: Time): number[] => [
  ...model.prices.flatMap(edgesOf),
  ...datedEdges({ model, provider }),
  ...model.prices.filter(row => span(row).from < time.to && span(row).to > time.from).flatMap(row => hours(row, time)),
]

/** Every edge of a row's windows at every offset that their zone has in the time, and the zone's clock changes. */
const hours = ({ windows = [] }: Price, time: Time): number[] =>
  windows.flatMap(window => {
    const { offsets, changes } = offsetsIn(window.timezone, time)
    const edges = new Set(stretches(window).flatMap(({ from, to }) => [from, to % WEEK]))
    const found = [...changes]
    for (let monday = mondayBefore(time.from - 8 * DAY); monday < time.to + 2 * DAY; monday += 7 * DAY) {
      for (const edge of edges) {
        for (const offset of offsets) found.push(monday + (edge - offset) * MINUTE)
      }
    }
    return found
  })

/** The first day of 1970 was a Thursday. */
const mondayBefore = (ms: number): number => (Math.floor((ms / DAY + 3) / 7) * 7 - 3) * DAY

/** The offsets of a zone in a time, minutes ahead of UTC, and the instants at which its clock changes. */
const offsetsIn = (timezone: string, { from, to }: Time): { offsets: number[]; changes: number[] } => {
  const offsets = new Set<number>()
  const changes: number[] = []
  let before = offsetMinutes(timezone, from - DAY)
  offsets.add(before)
  for (let day = from; day < to + 2 * DAY; day += DAY) {
    const now = offsetMinutes(timezone, day)
    if (now !== before) changes.push(changeBetween(timezone, day - DAY, day))
    offsets.add(now)
    before = now
  }
  return { offsets: [...offsets], changes }
}

/** The minute in which a zone's clock changes, found by halving. */
const changeBetween = (timezone: string, from: number, to: number): number => {
  const before = offsetMinutes(timezone, from)
  let [low, high] = [Math.floor(from / MINUTE), Math.ceil(to / MINUTE)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMinutes(timezone, middle * MINUTE) === before) low = middle
    else high = middle
  }
  return high * MINUTE
}
