import type { Used } from '../../cost/rates/rate-spells.ts'
import { planRates, type RatePlan, slotAt, slotSpan } from './plan-rates.ts'

/** Days planned at a time: records may come in any order, from any year. */
const SPAN = 32 * 86_400_000

/** The states of some models over all time, planned as records ask for them. */
export interface Timeline {
  /** An instant that stands for every instant at which all the models have the same rates as at this one. */
  stateAt(ms: number): number
  /** The state at an instant, and a time around it in which it holds, half-open. */
  spellAt(ms: number): { readonly state: number; readonly from: number; readonly to: number }
  /** The same for all states within a time, half-open, in order. */
  statesIn(from: number, to: number): readonly number[]
}

interface Planned {
  readonly plan: RatePlan
  /** Of each state of the plan, from 1, the instant that stands for it. */
  readonly stands: readonly number[]
}

/** The timeline of a model and of those that its usage is priced on as well. */
export const timelineOf = (models: readonly Used[]): Timeline => {
  const instants = new Map<string, number>()
  const plans = new Map<number, Planned>()
  const planned = (chunk: number): Planned => {
    const known = plans.get(chunk)
    if (known) return known
    const plan = planRates(models, { from: chunk * SPAN, to: (chunk + 1) * SPAN })
    const stands = plan.states.map(({ key, at }) => {
      const stand = instants.get(key) ?? at
      instants.set(key, stand)
      return stand
    })
    const found = { plan, stands: [Number.NaN, ...stands] }
    plans.set(chunk, found)
    return found
  }
  const standIn = ({ plan, stands }: Planned, slot: number): number =>
    stands[plan.slots[slot - plan.first] ?? 0] ?? Number.NaN
  return {
    stateAt: ms => {
      const found = planned(Math.floor(ms / SPAN))
      return standIn(found, slotAt(found.plan, ms))
    },
    spellAt: ms => {
      const { plan, ...rest } = planned(Math.floor(ms / SPAN))
      return { state: standIn({ plan, ...rest }, slotAt(plan, ms)), ...slotSpan(plan, ms) }
    },
    statesIn: (from, to) => {
      const states = new Set<number>()
      for (let chunk = Math.floor(from / SPAN); chunk * SPAN < to; chunk++) {
        const found = planned(chunk)
        const last = slotAt(found.plan, Math.min(to, (chunk + 1) * SPAN) - 1)
        for (let slot = slotAt(found.plan, Math.max(from, chunk * SPAN)); slot <= last; slot++)
          states.add(standIn(found, slot))
      }
      return [...states]
    },
  }
}
