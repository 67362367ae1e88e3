import type { RateSpell, Time, Used } from '../../cost/rates/rate-spells.ts'
import type { LocalTime } from '../groups/local-time.ts'
import { planRates, type RatePlan } from '../plan/plan-rates.ts'

const QUARTER = 15 * 60_000
const HOUR = 4 * QUARTER

/** A plan whose states tell days of the report's zone apart, as well as rates, where a clock is given. */
export const planTime = (models: readonly Used[], time: Time, clock: LocalTime | null): RatePlan =>
  planRates(models, time, clock ? daySpells(clock, time) : [])

/** The local days of a time, which is widened to whole hours: days begin on a quarter of an hour. */
const daySpells = (clock: LocalTime, time: Time): RateSpell[] => {
  const [from, to] = [Math.floor(time.from / HOUR) * HOUR, Math.ceil(time.to / HOUR) * HOUR]
  const spells: RateSpell[] = [{ from, key: clock.dayOf(from) }]
  const visit = (ms: number): void => {
    const key = clock.dayOf(ms)
    if (spells.at(-1)?.key !== key) spells.push({ from: ms, key })
  }
  for (let hour = from; hour < to; hour += HOUR) {
    if (clock.dayOf(hour + HOUR - QUARTER) === spells.at(-1)?.key) continue
    for (let ms = hour; ms < hour + HOUR; ms += QUARTER) visit(ms)
  }
  return spells
}
