import { type Exact, exact, type Money, ONE, quotient } from '../model/money.ts'

/** A price for the hours that are used. */
export interface Given {
  readonly kind: 'given'
  /** USD per GPU-hour. */
  readonly usdPerGpuHour: Money
}

/** A price for hours that may be taken away. */
export interface Spot {
  readonly kind: 'spot'
  readonly usdPerGpuHour: Money
  /** Share of the work that is done again, or of the hours that are wasted; below 1. */
  readonly lostShare: Exact
}

/** A price for a term that is paid whether it is used or not. */
export interface Committed {
  readonly kind: 'committed'
  readonly usdPerGpuHour: Money
  readonly committedMonths: Exact
  /** Above 0; beyond the term the same price holds. */
  readonly usedMonths: Exact
}

/** One's own GPU. Money and power are per GPU, its share of the node and network included. */
export interface Owned {
  readonly kind: 'owned'
  /** USD. */
  readonly capexUsd: Money
  /** Share of it that the GPU sells for at the end. */
  readonly residualShare: Exact
  /** Above 0. */
  readonly lifeYears: Exact
  /** Cost of capital, share a year, on the mean value over its life. */
  readonly financeShare: Exact
  /** Power drawn, kW. */
  readonly kw: Exact
  /** Power of the whole site over that of the machines, from 1 on. */
  readonly pue: Exact
  readonly usdPerKwh: Money
  /** Colocation, USD per kW and month. */
  readonly usdPerKwMonth: Money
  /** Share of the capex, a year. */
  readonly maintenanceShare: Exact
  /** Share of the hours in which it can be used, above 0. */
  readonly availability: Exact
}

export type GpuPrice = Given | Spot | Committed | Owned

const YEAR_HOURS = exact(8760)

/**
 * [capex(1−res)/(8760·y) + finance·capex(1+res)/2/8760 + kW·PUE·$/kWh + kW·colo·12/8760 + maintenance·capex/8760]
 * ÷ availability, over one denominator so that it is rounded once.
 */
const owned = (gpu: Owned): Money => {
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

/**
 * What an hour of a GPU costs that does useful work.
 *
 * @returns USD per GPU-hour, 50 digits
 * @example gpuHour({ kind: 'committed', usdPerGpuHour: 2, committedMonths: 12, usedMonths: 6 }) // 4
 */
export const gpuHour = (price: GpuPrice): Money => {
  switch (price.kind) {
    case 'given':
      return price.usdPerGpuHour
    case 'spot':
      return quotient(price.usdPerGpuHour, ONE.minus(price.lostShare))
    case 'committed': {
      const { usdPerGpuHour, committedMonths, usedMonths } = price
      return committedMonths.gt(usedMonths) ? quotient(usdPerGpuHour.times(committedMonths), usedMonths) : usdPerGpuHour
    }
    case 'owned':
      return owned(price)
    default:
      return price satisfies never
  }
}
