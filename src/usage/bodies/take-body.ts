import { BadRecord, NO_MODEL } from '../reading/bad-record.ts'
import { type CellAt, fixedCells, isTold, textCell, textIn, timeIn } from '../reading/cell.ts'
import type { Counts } from '../reading/counts.ts'
import type { Fields } from '../reading/fields.ts'
import { planned, type Run, type Sink, type Take } from '../reading/format.ts'
import { noKeys, planCommonKeys } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { servedBy, serviceIn } from '../reading/service.ts'
import type { UsageRecord } from '../record.ts'
import { planAnthropic } from './anthropic-body.ts'
import type { BodyCells, PlanBody, UsageKind } from './body.ts'
import { type FoundBody, findBody, timeCellAround } from './find-body.ts'
import { planGemini } from './gemini-body.ts'
import { type More, moreIn } from './more.ts'
import { planDeepseek, planOpenai } from './openai-body.ts'

const PLANS: Readonly<Record<UsageKind, PlanBody>> = {
  openai: planOpenai,
  anthropic: planAnthropic,
  deepseek: planDeepseek,
  gemini: planGemini,
}

/** What a response body says of its call. It is written out where it is made, as spreading costs more than reading. */
export interface Body extends Counts {
  readonly at: number | null
  readonly model: string | null
  readonly id: string | null
  readonly service: string | null
  readonly batch: boolean
  /** `null`: none of it, or not told. */
  readonly more: More | null
}

/** Reads a body by the names that its usage has. @throws {BadRecord} */
export const readBody = ({ kind, body, usage }: FoundBody, sink: Pick<Sink, 'convention'>): Body => {
  const cells = PLANS[kind](body, usage, fixedCells)
  const { time, model, id, tier, speed, counts } = cells
  const { service, batch } = serviceIn(tier, speed)
  const { input, cache_read, cache_write, cache_write_1h, output, reasoning } = counts(sink)
  return {
    at: timeIn(time),
    model: textIn(model),
    id: textIn(id),
    service,
    batch,
    input,
    cache_read,
    cache_write,
    cache_write_1h,
    output,
    reasoning,
    more: moreIn(cells),
  }
}

/** What stands around a body and decides over it. */
export interface Around {
  readonly at?: number | null
  readonly model?: string | null
  readonly id?: string | null
  readonly batch?: boolean
  readonly stated_usd?: string | null
  /** Who served it, as the source names that. */
  readonly provider?: string | null
  readonly keys?: Readonly<Record<string, string>>
}

/** A record of a call. @throws {BadRecord} without a model */
export const recordOf = (body: Body, around: Around): UsageRecord => {
  const model = around.model ?? body.model
  if (model === null) throw new BadRecord(NO_MODEL)
  const record: UsageRecord = {
    at: around.at ?? body.at,
    end: null,
    model: servedBy(around.provider ?? null, model),
    input: body.input,
    cache_read: body.cache_read,
    cache_write: body.cache_write,
    cache_write_1h: body.cache_write_1h,
    output: body.output,
    reasoning: body.reasoning,
    requests: 1,
    service: body.service,
    batch: around.batch === true || body.batch,
    id: around.id ?? body.id,
    stated_usd: around.stated_usd ?? null,
    keys: around.keys ?? noKeys(),
  }
  return withMore(record, body.more)
}

/** A record with what few have. */
const withMore = (record: UsageRecord, more: More | null): UsageRecord =>
  more === null ? record : { ...record, ...more }

/** Gives a record to the sink unless its id came before. */
export const giveOnce = (record: UsageRecord, scope: IdScope, sink: Sink): void =>
  sink.once(record, scope, record.id ?? null)

/** Ids of bodies, and of the streams that tell of the same calls. */
export const BODIES: IdScope = idScope()

/** Reads bodies, bare or in the records of a log, one a value. Those of one id are one call, written as it went on. */
export const bodyRun = (): Run => ({ open: sink => planned((value, at) => planCall(value, at, sink)) })

const planCall = (value: Fields, at: CellAt, sink: Sink): Take => {
  const found = findBody(value)
  if (!found) return () => sink.skip('it has no usage')
  const { kind, body, usage } = found
  const cells = PLANS[kind](body, usage, at)
  const time = isTold(cells.time) ? cells.time : timeCellAround(value, at)
  // Of a log that names the model beside the body.
  const model = cells.model ?? textCell(value, at, 'model')
  return takeCall({ ...cells, time, model, keys: sink.isKeyed ? planCommonKeys(value, at) : noKeys }, sink)
}

interface CallCells extends BodyCells {
  readonly keys: () => UsageRecord['keys']
}

const takeCall =
  ({ time, model, id, tier, speed, geo, searches, audio, counts, keys }: CallCells, sink: Sink) =>
  (): void => {
    const { service, batch } = serviceIn(tier, speed)
    const { input, cache_read, cache_write, cache_write_1h, output, reasoning } = counts(sink)
    const at = timeIn(time)
    const more = moreIn({ searches, audio, geo })
    const name = textIn(model)
    if (name === null) throw new BadRecord(NO_MODEL)
    const record: UsageRecord = {
      at,
      end: null,
      model: name,
      input,
      cache_read,
      cache_write,
      cache_write_1h,
      output,
      reasoning,
      requests: 1,
      service,
      batch,
      stated_usd: null,
      keys: keys(),
    }
    sink.most(withMore(record, more), BODIES, id)
  }
