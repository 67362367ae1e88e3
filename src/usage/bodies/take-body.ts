import { BadRecord } from '../reading/bad-record.ts'
import type { Fields } from '../reading/fields.ts'
import { textAt } from '../reading/fields.ts'
import type { Run, Sink } from '../reading/format.ts'
import { commonKeys } from '../reading/keys.ts'
import { seenIds } from '../reading/seen-ids.ts'
import type { UsageRecord } from '../record.ts'
import { readAnthropic } from './anthropic-body.ts'
import type { Body, ReadBody, UsageKind } from './body.ts'
import { type FoundBody, findBody, timeAround } from './find-body.ts'
import { readGemini } from './gemini-body.ts'
import { readDeepseek, readOpenai } from './openai-body.ts'

const READERS: Readonly<Record<UsageKind, ReadBody>> = {
  openai: readOpenai,
  anthropic: readAnthropic,
  deepseek: readDeepseek,
  gemini: readGemini,
}

/** Reads a body by the names that its usage has. @throws {BadRecord} */
export const readBody = ({ kind, body, usage }: FoundBody, sink: Pick<Sink, 'convention'>): Body =>
  READERS[kind](body, usage, sink)

/** What stands around a body and decides over it. */
export interface Around {
  readonly at?: number | null
  readonly model?: string | null
  readonly id?: string | null
  readonly batch?: boolean
  readonly stated_usd?: string | null
  readonly keys?: Readonly<Record<string, string>>
}

/** A record of a call. @throws {BadRecord} without a model */
export const recordOf = (body: Body, around: Around): UsageRecord => {
  const model = around.model ?? body.model
  if (model === null) throw new BadRecord('its model is missing')
  const record: UsageRecord = {
    at: around.at ?? body.at,
    end: null,
    model,
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
    keys: around.keys ?? NO_KEYS,
  }
  return body.web_searches === null ? record : { ...record, web_searches: body.web_searches }
}

const NO_KEYS: UsageRecord['keys'] = Object.freeze({})

/** Gives a record to the sink unless its id came before. */
export const giveOnce = (record: UsageRecord, seen: { add(id: string): boolean }, sink: Sink): void => {
  if (record.id !== null && !seen.add(record.id)) sink.duplicate()
  else sink.record(record)
}

/** Reads bodies, bare or in the records of a log, one a value. A body that repeats an id is a duplicate. */
export const bodyRun = (): Run => {
  const seen = seenIds()
  return { open: sink => ({ take: value => takeBody(value, seen, sink) }) }
}

const takeBody = (value: Fields, seen: { add(id: string): boolean }, sink: Sink): void => {
  const found = findBody(value)
  if (!found) {
    sink.skip('it has no usage')
    return
  }
  const body = readBody(found, sink)
  const isBare = found.body === value
  const record = recordOf(body, {
    at: body.at ?? timeAround(value),
    model: body.model ?? (isBare ? null : textAt(value, 'model')),
    keys: commonKeys(value),
  })
  giveOnce(record, seen, sink)
}
