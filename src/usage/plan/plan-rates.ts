import { type RateSpell, rateSpells, type Time, type Used } from '../../cost/rates/rate-spells.ts'
import { greatestOf, leastOf } from '../../model/number/extremes.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Grids in minutes, the coarsest first: the offset of every zone is a multiple of 15 minutes. */
const GRIDS = [60, 30, 15, 1]
/** Instants that may lie off the grid: each is one more comparison for every record. */
const MOST_CUTS = 16

/**
 * Where the rates of some models change, as a table from slots of time to states. A state is which row and which window
 * every one of the models is in. It is all that an engine needs to group records by their rates.
 */
export interface RatePlan {
  /** Milliseconds. */
  readonly grid: number
  /** Instants off the grid at which a rate changes, in order. */
  readonly cuts: readonly number[]
  /** The slot of the first instant. */
  readonly first: number
  /** The state of each slot, from 1; 0 is outside the plan. */
  readonly slots: Uint32Array
  /** Of each state, from the first on, what holds in it and an instant at which it does. */
  readonly states: readonly { readonly key: string; readonly at: number }[]
}

/**
 * Plans the rates of models over a time, which is widened to whole hours.
 *
 * @param also - spells of something else that states tell apart, such as days
 */
export const planRates = (models: readonly Used[], { from, to }: Time, also: readonly RateSpell[] = []): RatePlan => {
  const time = { from: Math.floor(from / HOUR) * HOUR, to: Math.ceil(to / HOUR) * HOUR }
  const rates = models.map(model => rateSpells(model, time))
  const spells = joined(also.length === 0 ? rates : [...rates, also])
  const changes = spells.slice(1).map(spell => spell.from)
  const { grid, cuts } = gridOf(changes)
  const starts = [...cuts]
  for (let ms = time.from; ms < time.to; ms += grid) starts.push(ms)
  starts.sort((a, b) => a - b)
  const numbers = new Map<string, number>()
  const states: { key: string; at: number }[] = []
  const slots = new Uint32Array(starts.length)
  let spell = 0
  starts.forEach((start, i) => {
    while ((spells[spell + 1]?.from ?? Number.POSITIVE_INFINITY) <= start) spell++
    const key = spells[spell]?.key ?? ''
    const known = numbers.get(key)
    if (known === undefined) states.push({ key, at: start })
    slots[i] = known ?? states.length
    if (known === undefined) numbers.set(key, states.length)
  })
  return { grid, cuts, first: Math.floor(time.from / grid), slots, states }
}

/** The slots passed at an instant: no slot spans a change of a rate. */
export const slotAt = ({ grid, cuts }: Pick<RatePlan, 'grid' | 'cuts'>, ms: number): number => {
  let slot = Math.floor(ms / grid)
  for (const cut of cuts) if (cut <= ms) slot++
  return slot
}

/** The time of the slot at an instant, half-open. */
export const slotSpan = (
  { grid, cuts }: Pick<RatePlan, 'grid' | 'cuts'>,
  ms: number,
): { readonly from: number; readonly to: number } => {
  let from = Math.floor(ms / grid) * grid
  let to = from + grid
  for (const cut of cuts) {
    if (cut <= ms) from = Math.max(from, cut)
    else to = Math.min(to, cut)
  }
  return { from, to }
}

/** The state at an instant; 0 outside the plan. */
export const stateAt = (plan: RatePlan, ms: number): number => plan.slots[slotAt(plan, ms) - plan.first] ?? 0

/** The spells of several models together. */
const joined = (all: readonly (readonly RateSpell[])[]): RateSpell[] => {
  const starts = [...new Set(all.flatMap(spells => spells.map(({ from }) => from)))].sort((a, b) => a - b)
  const at = all.map(() => 0)
  return starts.map(from => ({
    from,
    key: all
      .map((spells, i) => {
        let now = at[i] ?? 0
        while ((spells[now + 1]?.from ?? Number.POSITIVE_INFINITY) <= from) now++
        at[i] = now
        return spells[now]?.key ?? ''
      })
      .join('|'),
  }))
}

const gridOf = (changes: readonly number[]): Pick<RatePlan, 'grid' | 'cuts'> => {
  const grids = GRIDS.map(minutes => {
    const grid = minutes * MINUTE
    return { grid, cuts: changes.filter(ms => ms % grid !== 0) }
  })
  const fewest = leastOf(grids.map(({ cuts }) => cuts.length))
  const most = Math.max(fewest, MOST_CUTS)
  const coarsest = greatestOf(grids.filter(({ cuts }) => cuts.length <= most).map(({ grid }) => grid))
  return grids.find(({ grid }) => grid === coarsest) ?? { grid: HOUR, cuts: [] }
}
