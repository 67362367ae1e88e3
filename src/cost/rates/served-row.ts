import { collect, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Model, Price, Provider, Rate, Region, Service, Tier } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { parseInstant } from '../../model/instant.ts'
import { byMeter, METERS, type MeterKey } from '../../model/meters.ts'
import { nearest } from '../../model/nearest.ts'
import { exact } from '../../model/number/money.ts'
import { span } from './span.ts'

/** The service of ordinary calls, which every model has. */
export const STANDARD = 'standard'

/** How a model is called. */
export interface Terms {
  readonly service: string
  /** `null`: no region is asked for. */
  readonly region: string | null
}

/** A row at the rates of a service and a region. */
export interface ServedRow {
  readonly row: Price
  /** Why prompts above the row's thresholds have no rate; `null` if they have one. */
  readonly longPrompts: string | null
}

/** A row of the book, and the moment at which it is used. */
interface Used {
  readonly model: Model
  readonly provider: Provider
  readonly row: Price
  readonly at: string
}

/**
 * A row at the rates of a service and a region. A service multiplies the rates of the row, its tiers and its hours, or
 * replaces them; the region's factor comes last, on every token rate.
 *
 * @throws {InputError} NO_SERVICE, NO_REGION if the model lacks it, or if nobody states its rates
 */
export const serveRow = (used: Used, { service, region }: Terms): ServedRow => {
  const faults: Problem[] = []
  const standard = { row: used.row, longPrompts: null }
  const served = service === STANDARD ? standard : collect(faults, () => withService(used, service))
  const factor = region === null ? null : collect(faults, () => regionFactor(used, region))
  if (!served || factor === undefined) throw new InputError(faults)
  return factor === null ? served : { ...served, row: multiply(served.row, factor) }
}

/** The entries of a name that hold at a moment. */
const inForce = <T extends Service | Region>(given: T | readonly T[] | undefined, at: string): readonly T[] => {
  const ms = parseInstant(at) ?? Number.NaN
  const all = given === undefined ? [] : Array.isArray(given) ? given : [given as T]
  return all.filter((entry: T) => span(entry).from <= ms && ms < span(entry).to)
}

const serviceOf = ({ model, row, at }: Used, name: string): Service => {
  const { services = {} } = row
  const [service] = inForce(entryOf(services, name), at)
  if (!service) {
    const others = [STANDARD, ...Object.keys(services).filter(other => inForce(services[other], at).some(isStated))]
    const nearestFirst = [...new Set([...nearest(name, others), ...others])]
    throw new InputError([problems.noService(model.id, name, { at, others: nearestFirst })])
  }
  if (!isStated(service)) throw new InputError([problems.serviceUnknown(model.id, name)])
  return service
}

/** Whether anybody states the rates of a service. */
export const isStated = ({ factor, input, output }: Service): boolean =>
  factor === undefined ? input !== null && output !== null : factor !== null

/** Whether a model has a region; its entry names models by any of their names. */
export const hasRegion = ({ models }: Region, { id, aliases }: Model): boolean =>
  models === undefined || [id, ...aliases].some(own => models.some(name => name.toLowerCase() === own.toLowerCase()))

const regionFactor = ({ model, provider, at }: Used, name: string): string => {
  const { regions = {} } = provider
  const here = (region: string): Region | undefined =>
    inForce(entryOf(regions, region), at).find(entry => hasRegion(entry, model))
  const found = here(name)
  if (!found) {
    throw new InputError([problems.noRegion(model.id, name, { at, others: Object.keys(regions).filter(here) })])
  }
  if (found.factor === null) throw new InputError([problems.regionUnknown(model.id, name)])
  return found.factor
}

const withService = (used: Used, name: string): ServedRow => {
  const service = serviceOf(used, name)
  const longPrompts = whyNoLongPrompts(service, used, name)
  const { batch = 'not_offered' } = service
  // Batch rates are those of one length; a discount is for all.
  const inherited = typeof batch === 'object' && batch !== null && 'input' in batch ? 'not_offered' : batch
  const own = service.factor == null ? ownRow(service, used.row) : multiply(used.row, service.factor)
  const { tiers = [], windows = [], services: _, ...rates } = own
  const lacking = everyRate(service.tiers === 'not_offered' ? 'not_offered' : null)
  const tierOf = (tier: Tier): Tier => {
    if (longPrompts !== null) return { ...tier, ...lacking, batch: inherited }
    return { ...tier, batch: service.factor == null ? (tier.batch ?? inherited) : inherited }
  }
  return {
    longPrompts,
    row: {
      ...rates,
      batch,
      source: service.source,
      tiers: tiers.map(tierOf),
      windows: windows.map(window => ({ ...window, batch: inherited })),
    },
  }
}

/** The same rate for every meter. */
const everyRate = (rate: null | 'not_offered') => byMeter(() => rate)

/** A row with a service's own rates instead of its own and its hours'; a rate that the service leaves out is unknown. */
const ownRow = (service: Service, row: Price): Price => {
  const { windows: _windows, base_window: _name, note: _note, ...rest } = row
  const { note, tiers = row.tiers } = service
  const left = (key: MeterKey): Rate => (row[key] === undefined || row[key] === 'not_offered' ? 'not_offered' : null)
  const rates = Object.fromEntries(
    METERS.map(({ key }) => [key, service[key] === undefined ? left(key) : service[key]]),
  )
  return {
    ...rest,
    ...(rates as Pick<Price, 'input' | 'cache_read' | 'output'>),
    ...(Array.isArray(tiers) ? { tiers } : {}),
    ...(note === undefined ? {} : { note }),
  }
}

const whyNoLongPrompts = ({ factor, tiers }: Service, { model, row }: Used, name: string): string | null => {
  const [first] = row.tiers ?? []
  if (!first) return null
  const long = `prompts of ${first.operator} ${first.threshold} tokens`
  if (tiers === 'not_offered') return `the ${name} service of ${model.id} takes no ${long}`
  return factor === undefined && tiers === undefined
    ? `what the ${name} service of ${model.id} costs for ${long} is unknown`
    : null
}

/** Every token rate of a row, of its tiers, its hours and its batch, times a factor. */
const multiply = (row: Price, factor: string): Price => {
  const times = <R extends object>(rates: R): R => {
    const copy = { ...rates } as Record<string, unknown>
    for (const { key } of METERS) {
      const rate = copy[key] as Rate | undefined
      if (rate != null && rate !== 'not_offered') copy[key] = exact(rate).times(exact(factor)).toFixed()
    }
    const { batch } = copy
    if (typeof batch === 'object' && batch !== null && 'input' in batch) copy['batch'] = times(batch)
    return copy as R
  }
  const { tiers, windows } = row
  return {
    ...times(row),
    ...(tiers ? { tiers: tiers.map(times) } : {}),
    ...(windows ? { windows: windows.map(times) } : {}),
  }
}
