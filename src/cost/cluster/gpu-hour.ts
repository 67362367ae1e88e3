import type { Fraction } from '../../model/number/fraction.ts'
import { type Exact, exact, type Money, ONE, quotient } from '../../model/number/money.ts'

/** The part of rented hours that does no useful work. */
export interface RentTerms {
  /** Share of the work that is redone, or of the hours that are wasted, as on spot; below 1. */
  readonly lostShare: Exact
  /** A commitment that is paid whether used or not; months above 0. The same price applies after it ends. */
  readonly commitment: { readonly months: Exact; readonly usedMonths: Exact } | null
}

/** Share of a rented hour that does useful work: (1 − lost) · used/paid months. Above 0, up to 1. */
export const usefulShare = ({ lostShare, commitment }: RentTerms): Fraction => {
  const kept = ONE.minus(lostShare)
  if (commitment === null || commitment.usedMonths.gte(commitment.months)) return { numerator: kept, denominator: ONE }
  return { numerator: kept.times(commitment.usedMonths), denominator: commitment.months }
}

/**
 * Cost of an hour of useful work on a rented GPU.
 *
 * @param usdPerHour - the rent
 * @returns USD, 50 digits
 * @example rentedHour(2, { numerator: 6, denominator: 12 }) // 4
 */
export const rentedHour = (usdPerHour: Money, useful: Fraction): Money =>
  quotient(usdPerHour.times(useful.denominator), useful.numerator)

/** An owned GPU. Money and power are per GPU, including its share of node and network. */
export interface Owned {
  /** USD. */
  readonly capexUsd: Money
  /** Resale value at the end, as a share of the capex. */
  readonly residualShare: Exact
  /** Above 0. */
  readonly lifeYears: Exact
  /** Cost of capital per year, a share of the mean value over its life. */
  readonly financeShare: Exact
  /** Power drawn, kW. */
  readonly kw: Exact
  /** Power of the whole site over that of the machines, at least 1. */
  readonly pue: Exact
  readonly usdPerKwh: Money
  /** Colocation, USD per kW and month. */
  readonly usdPerKwMonth: Money
  /** Share of the capex per year. */
  readonly maintenanceShare: Exact
  /** Share of the hours in which it is available, above 0. */
  readonly availability: Exact
}

const YEAR_HOURS = exact(8760)

/**
 * Cost of an hour of an owned GPU: [capex(1−res)/(8760·y) + finance·capex(1+res)/2/8760 + kW·PUE·$/kWh +
 * kW·colo·12/8760 + maintenance·capex/8760] ÷ availability, over one denominator so that it is rounded once.
 *
 * @returns USD per GPU-hour, 50 digits
 */
export const ownedHour = (gpu: Owned): Money => {
  const { capexUsd, residualShare, lifeYears, kw, availability } = gpu
  const writtenOff = capexUsd.times(ONE.minus(residualShare))
  const yearly = capexUsd
    .times(ONE.plus(residualShare))
    .times('0.5')
    .times(gpu.financeShare)
    .plus(kw.times(gpu.pue).times(gpu.usdPerKwh).times(YEAR_HOURS))
    .plus(kw.times(gpu.usdPerKwMonth).times(12))
    .plus(capexUsd.times(gpu.maintenanceShare))
  return quotient(writtenOff.plus(yearly.times(lifeYears)), YEAR_HOURS.times(lifeYears).times(availability))
}
