import { type Exact, exact, type Money, quotient } from '../../model/number/money.ts'

/** Prices of a node reserved around the clock and of one rented by the hour. USD per node-hour. */
export interface Terms {
  readonly reservedUsdPerHour: Money
  /** Above 0. */
  readonly onDemandUsdPerHour: Money
}

/** A fleet that follows its traffic, with the steady part reserved. */
export interface Reserved {
  /** Nodes reserved around the clock. */
  readonly nodes: number
  /** Node-hours per day rented on demand in addition, 50 digits. */
  readonly onDemandHoursPerDay: Exact
  /** USD per day, reserved and on demand together. */
  readonly usdPerDay: Money
}

const HOURS = 24

/**
 * Reserves node k if the share of hours that need at least k nodes is at least r/d; every other hour is rented on
 * demand, since single hours are not sold at the reserved price.
 *
 * @param demand - nodes needed in each hour of a day or of a week; not empty
 */
export const reserve = (demand: readonly number[], { reservedUsdPerHour, onDemandUsdPerHour }: Terms): Reserved => {
  const pays = (hours: number): boolean => onDemandUsdPerHour.times(hours).gte(reservedUsdPerHour.times(demand.length))
  // Sorted from the busiest hour, at least n hours need the nodes of the n-th hour.
  const nodes = demand.toSorted((a, b) => b - a).find((_, i) => pays(i + 1)) ?? 0
  const rented = demand.reduce((hours, wanted) => hours + Math.max(0, wanted - nodes), 0)
  const onDemandHoursPerDay = quotient(exact(rented * HOURS), exact(demand.length))
  const usdPerDay = reservedUsdPerHour.times(nodes * HOURS).plus(onDemandUsdPerHour.times(onDemandHoursPerDay))
  return { nodes, onDemandHoursPerDay, usdPerDay }
}
