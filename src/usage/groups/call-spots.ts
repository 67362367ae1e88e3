import type { Served } from '../plan/models.ts'
import { bandIndex } from '../plan/tier-edges.ts'
import type { Granularity, UsageRecord } from '../record.ts'
import { type Branch, KINDS, kindOf } from './grouping.ts'
import type { LocalTime } from './local-time.ts'
import type { OpenGroup } from './open-group.ts'

/** Where a record is summed. */
export interface Spot {
  readonly day: OpenGroup
  /** Of the breakdown by keys of the records; `null`: there is none. */
  readonly broken: Branch | null
  readonly granularity: Granularity
}

/** The spots of a model's calls while neither their rates nor the day change. */
interface Spell {
  readonly from: number
  readonly to: number
  readonly day: string
  readonly served: Served | null
  /** By service and region, then by band and kind. */
  readonly services: Map<string | null, Map<number, Spot>>
  /** What was found last, and for what. */
  service: string | null
  number: number
  spot: Spot | null
}

/**
 * Finds the spots of calls: those of one model that lie close together are summed in few groups, and found by numbers.
 *
 * @returns the spot of a record; `null`: it is no call, or tells no time
 */
export const callSpots = (
  { served, clock }: { readonly served: (name: string) => Served | null; readonly clock: LocalTime },
  spotOf: (record: UsageRecord, prompt: number, day: string) => Spot,
): ((record: UsageRecord, prompt: number) => Spot | null) => {
  const spells = new Map<string | null, Spell>()
  const spellAt = (model: string | null, at: number): Spell => {
    const known = model === null ? null : served(model)
    const day = clock.daySpell(at)
    const rates = known?.timeline.spellAt(at) ?? day
    const [from, to] = [Math.max(day.from, rates.from), Math.min(day.to, rates.to)]
    const spell: Spell = {
      ...{ from, to, day: day.day, served: known, services: new Map() },
      ...{ service: null, number: -1, spot: null },
    }
    spells.set(model, spell)
    return spell
  }
  const spotIn = ({ services, day }: Spell, number: number, record: UsageRecord, prompt: number): Spot => {
    const service = servedIn(record)
    const spots = services.get(service) ?? new Map<number, Spot>()
    services.set(service, spots)
    const spot = spots.get(number) ?? spotOf(record, prompt, day)
    spots.set(number, spot)
    return spot
  }
  return (record, prompt) => {
    const { at, end, model, batch } = record
    if (at === null || end !== null) return null
    let spell = spells.get(model)
    if (spell === undefined || at < spell.from || at >= spell.to) spell = spellAt(model, at)
    const band = spell.served === null ? 0 : bandIndex(spell.served.edges, prompt)
    // Money alone differs from calls in what they count.
    const isMoney = record.requests === null
    const service = servedIn(record)
    const number = band * 2 * KINDS + (isMoney ? KINDS : 0) + kindOf(record, { batch, isMoney: false })
    if (spell.number !== number || spell.service !== service || spell.spot === null) {
      spell.spot = spotIn(spell, number, record, prompt)
      spell.service = service
      spell.number = number
    }
    return spell.spot
  }
}

/** The service of a record, with its region if it has one: few have. */
const servedIn = ({ service, region = null }: UsageRecord): string | null =>
  region === null ? service : `${service ?? ''}\0${region}`
