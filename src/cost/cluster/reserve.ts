import { type Exact, exact, type Money, quotient } from '../../model/number/money.ts'

/** Prices of a node that is reserved for all hours, and of one that is rented by the hour. USD per node-hour. */
export interface Terms {
  readonly reservedUsdPerHour: Money
  /** Above 0. */
  readonly onDemandUsdPerHour: Money
}

/** A fleet that follows its traffic, the steady part of it reserved. */
export interface Reserved {
  /** Nodes reserved for all hours. */
  readonly nodes: number
  /** Node-hours per day rented on top, 50 digits. */
  readonly onDemandHoursPerDay: Exact
  /** USD per day of both. */
  readonly usdPerDay: Money
}

const HOURS = 24

/**
 * Reserves node k iff the share of hours that want at least k nodes is r/d or more; every other hour is rented on
 * demand: nobody sells single hours at the reserved price.
 *
 * @param demand - nodes wanted in each hour of a day or of a week; not empty
 */
export const reserve = (demand: readonly number[], { reservedUsdPerHour, onDemandUsdPerHour }: Terms): Reserved => {
  const pays = (hours: number): boolean => onDemandUsdPerHour.times(hours).gte(reservedUsdPerHour.times(demand.length))
  // Sorted from the busiest, the n-th hour's nodes are wanted in at least n hours.
  const nodes = demand.toSorted((a, b) => b - a).find((_, i) => pays(i + 1)) ?? 0
  const rented = demand.reduce((hours, wanted) => hours + Math.max(0, wanted - nodes), 0)
  const onDemandHoursPerDay = quotient(exact(rented * HOURS), exact(demand.length))
  const usdPerDay = reservedUsdPerHour.times(nodes * HOURS).plus(onDemandUsdPerHour.times(onDemandHoursPerDay))
  return { nodes, onDemandHoursPerDay, usdPerDay }
}
