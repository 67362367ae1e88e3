import { listCard } from '../cost/rates/pick-rates.ts'
import { moment, offsetMinutes, openMinutes, WEEK } from '../cost/time/week.ts'
import type { Price, Window } from '../model/book/book.ts'
import { WEEKDAYS } from '../model/book/choices.ts'
import { gathered } from '../model/gathered.ts'
import { exact } from '../model/number/money.ts'
import type { OffPeak } from './litellm.ts'

/** A row's two sets of rates as LiteLLM has them: one at most hours or by default, another in windows of the week. */
export interface TwoRates {
  /** The dearer rates: an hour that LiteLLM does not recognise is tracked at them. */
  readonly standard: Price | Window
  readonly offPeak: Price | Window
  /** The off-peak hours, in LiteLLM's form. */
  readonly hours: Pick<OffPeak, 'hours_utc' | 'windows'>
  /** Whether public holidays move hours from one set of rates to the other. */
  readonly holidays: boolean
  /** Time zones of the windows whose distance from UTC changes in the year. */
  readonly changing: readonly string[]
}

const DAY = 1440

/** The two sets of rates of a row on a date; `null` if its windows have more than one set. */
export const twoRates = (row: Price, at: string): TwoRates | null => {
  const [first, ...others] = row.windows ?? []
  if (!first || others.some(window => !sameRates(window, first))) return null
  const { ms } = moment(at)
  const windows = [first, ...others]
  const open = new Uint8Array(WEEK)
  for (const window of windows) {
    const ahead = offsetMinutes(window.timezone, ms)
    openMinutes(window).forEach((applies, minute) => {
      if (applies) open[(minute - ahead + WEEK) % WEEK] = 1
    })
  }
  const dearer = isDearer(first, row)
  const offPeak = dearer ? open.map(applies => 1 - applies) : open
  return {
    standard: dearer ? first : row,
    offPeak: dearer ? row : first,
    hours: weekOf(offPeak),
    holidays: windows.some(({ holidays }) => holidays === 'except'),
    changing: [...new Set(windows.map(({ timezone }) => timezone))].filter(zone => changes(zone, ms)),
  }
}

const sameRates = (a: Window, b: Window): boolean => JSON.stringify(listCard(a)) === JSON.stringify(listCard(b))

/** Whether the first rates are higher: by input or, where that is equal or unknown, by output. */
const isDearer = (a: Price | Window, b: Price | Window): boolean => {
  for (const meter of ['input', 'output'] as const) {
    const [one, other] = [a[meter], b[meter]]
    const known = one !== null && other !== null && one !== 'not_offered' && other !== 'not_offered'
    if (known && !exact(one).eq(other)) return exact(one).gt(other)
  }
  return false
}

const changes = (timezone: string, ms: number): boolean => {
  const year = new Date(ms).getUTCFullYear()
  return offsetMinutes(timezone, Date.UTC(year, 0, 15)) !== offsetMinutes(timezone, Date.UTC(year, 6, 15))
}

/** The marked minutes of a week (UTC, from Monday) in LiteLLM's form: the same every day, or by weekday. */
const weekOf = (minutes: Uint8Array): TwoRates['hours'] => {
  const days = WEEKDAYS.map((weekday, i) => ({ weekday, hours: hoursOf(minutes.subarray(i * DAY, (i + 1) * DAY)) }))
  const kinds = gathered(days.filter(({ hours }) => hours.length > 0).map(day => [day.hours.join(), day] as const))
  const rules = [...kinds.values()].map(same => ({
    hours_utc: same[0]?.hours ?? [],
    weekdays: same.map(({ weekday }) => weekday),
  }))
  const [only] = rules
  if (only && only.weekdays.length === WEEKDAYS.length) return { hours_utc: only.hours_utc }
  return { windows: rules }
}

/** The marked minutes of a day as half-open hours; `00:00-00:00` is the whole day, and a day ends at `00:00`. */
const hoursOf = (day: Uint8Array): string[] => {
  const found: string[] = []
  for (let from = day.indexOf(1); from >= 0; ) {
    const end = day.indexOf(0, from)
    const to = end < 0 ? DAY : end
    found.push(`${clock(from)}-${clock(to % DAY)}`)
    from = day.indexOf(1, to)
  }
  return found
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
