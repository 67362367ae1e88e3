import { Decimal } from 'decimal.js'

/**
 * A month worked out half hour by half hour from Intl's local clock alone: nothing here comes from the engine.
 */

const D = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_EVEN })
const HALF = 1_800_000

interface Cell {
  readonly ms: number
  readonly day: string
  readonly hour: number
  readonly isWorking: boolean
}

export interface Traffic {
  readonly requests: number
  readonly per: 'hour' | 'day' | 'week' | 'month'
  readonly timezone: string
  /** Weight of a local hour; default: even. */
  readonly weight?: (hour: number) => number
  readonly weekdaysOnly?: boolean
}

const cellsOf = (month: string, timezone: string): Cell[] => {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    weekday: 'short',
  })
  const start = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1, 1)
  const cells: Cell[] = []
  for (let ms = start - 48 * 2 * HALF; ms < start + 35 * 48 * HALF; ms += HALF) {
    const part = Object.fromEntries(clock.formatToParts(ms).map(({ type, value }) => [type, value]))
    const day = `${part['year']}-${part['month']}-${part['day']}`
    if (!day.startsWith(month)) continue
    cells.push({ ms, day, hour: Number(part['hour']), isWorking: !/^S/.test(part['weekday'] ?? '') })
  }
  return cells
}

/** Requests of a month by what prices them, and how many of them find a prefix that lives W seconds warm. */
export const byHour = (
  month: string,
  { requests, per, timezone, weight = () => 1, weekdaysOnly = false }: Traffic,
  {
    rateOf,
    growth = '1',
    seconds = 0,
    earlier = 1,
  }: {
    readonly rateOf: (ms: number) => string
    readonly growth?: string
    readonly seconds?: number
    readonly earlier?: 1 | 2
  },
): Record<string, { requests: Decimal; warm: Decimal }> => {
  const cells = cellsOf(month, timezone)
  const busy = cells.filter(({ isWorking }) => isWorking || !weekdaysOnly)
  const days = new Set(busy.map(({ day }) => day)).size
  const found = new Map<string, { requests: Decimal; warm: Decimal }>()
  for (const cell of busy) {
    const today = busy.filter(({ day }) => day === cell.day)
    const hours = today.length / 2
    const ofDay = {
      hour: weekdaysOnly ? new D(168).div(5) : new D(hours),
      day: new D(1),
      week: new D(1).div(weekdaysOnly ? 5 : 7),
      month: new D(1).div(days),
    }[per]
    const total = today.reduce((all, { hour }) => all + weight(hour), 0)
    const own = ofDay.times(requests).times(growth).times(weight(cell.hour)).div(total)
    const chance = new D(1).minus(own.times(2).times(seconds).div(3600).negated().exp())
    const key = rateOf(cell.ms)
    const sum = found.get(key) ?? { requests: new D(0), warm: new D(0) }
    found.set(key, { requests: sum.requests.plus(own), warm: sum.warm.plus(own.times(chance.pow(earlier))) })
  }
  // The share of warm requests is a probability with 9 decimals, at each rate.
  return Object.fromEntries(
    [...found].map(([key, { requests, warm }]) => [
      key,
      { requests, warm: requests.times(warm.div(requests.isZero() ? 1 : requests).toDecimalPlaces(9)) },
    ]),
  )
}

/** USD of so many requests, each of some millions of tokens at a rate; printed as documents do. */
export const print = (usd: Decimal): string => usd.toDecimalPlaces(12).toFixed()
export const usd = (value: number | string): Decimal => new D(value)

const BEIJING = 8 * 3_600_000

/** DeepSeek's hours, by hand: 09–12 and 14–18 in Beijing, Monday to Friday, not on the days given. */
export const deepseekHours =
  (holidays: readonly string[] = []) =>
  (ms: number): 'peak' | 'off-peak' => {
    const local = new Date(ms + BEIJING)
    const [weekday, hour] = [local.getUTCDay(), local.getUTCHours()]
    if (weekday === 0 || weekday === 6 || holidays.includes(local.toISOString().slice(0, 10))) return 'off-peak'
    return (hour >= 9 && hour < 12) || (hour >= 14 && hour < 18) ? 'peak' : 'off-peak'
  }
