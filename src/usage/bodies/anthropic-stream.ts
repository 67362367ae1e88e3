import { BadRecord } from '../reading/bad-record.ts'
import { type Fields, fieldsAt, hasKey, isFields, textAt } from '../reading/fields.ts'
import type { Shape, Sink, Taker } from '../reading/format.ts'
import { commonKeys } from '../reading/keys.ts'
import type { UsageRecord } from '../record.ts'
import { usageOf } from './body.ts'
import { AROUND, findBody, timeAround } from './find-body.ts'
import { BODIES, readBody, recordOf } from './take-body.ts'

/** Keys under which logs keep an event, those of bodies first. */
const KEYS = [...AROUND, 'event']
/** Events that tell nothing of usage. */
const OTHERS = ['content_block_start', 'content_block_delta', 'content_block_stop', 'message_stop', 'ping']

/** Whether an event has usage. Its type is asked for last: of a Message, which has one as well, it decides nothing. */
const hasUsage = (event: Fields): boolean =>
  isFields(event['usage'])
    ? !hasKey(event, 'model') && !hasKey(event, 'id') && event['type'] === 'message_delta'
    : isFields(event['message']) && event['type'] === 'message_start'

/** The event in a value. No more of it is looked at than was for its body, as what is looked at holds up its plan. */
const eventIn = (value: Fields, is: (event: Fields) => boolean): Fields | null => {
  if (is(value)) return value
  if (usageOf(value)) return null
  for (const key of KEYS) {
    const inner = value[key]
    if (!isFields(inner)) continue
    if (is(inner)) return inner
    if (findBody(inner)) return null
  }
  return null
}

/** Whether a value is an event of a stream that has usage, bare or in the record of a log. */
export const isStreamEvent = (value: Fields): boolean => eventIn(value, hasUsage) !== null

const isOther = (value: Fields): boolean =>
  findBody(value) === null && eventIn(value, event => OTHERS.includes(String(event['type']))) !== null

/** A stream that goes on. */
interface Held {
  readonly body: Fields
  /** What its events so far have told. */
  readonly usage: Record<string, unknown>
  readonly keys: Readonly<Record<string, string>>
  record: UsageRecord
  hasEnd: boolean
  readonly bad: (why: string) => void
}

/** Adds what an event tells to what those before have told; it lasts no longer than its line. */
const tell = (usage: Record<string, unknown>, told: Fields): void => {
  for (const key of Object.keys(told)) {
    const value = told[key]
    if (value !== null && value !== undefined) usage[key] = isFields(value) ? Object.assign({}, value) : value
  }
}

const startOf = (event: Fields, value: Fields, sink: Sink): Held => {
  const message = fieldsAt(event, 'message')
  const body = { id: textAt(message, 'id'), model: textAt(message, 'model') ?? textAt(value, 'model') }
  const usage: Record<string, unknown> = {}
  tell(usage, fieldsAt(message, 'usage'))
  const keys = commonKeys(value)
  const record = recordOf(readBody({ kind: 'anthropic', body, usage }, sink), { at: timeAround(value), keys })
  return { body, usage, keys, record, hasEnd: false, bad: sink.badHere() }
}

const goOn = (held: Held | null, event: Fields, value: Fields): void => {
  if (held === null) throw new BadRecord('the message_start of its stream does not stand before it')
  tell(held.usage, fieldsAt(event, 'usage'))
  const body = readBody({ kind: 'anthropic', body: held.body, usage: held.usage }, { convention: () => {} })
  held.record = recordOf(body, { at: held.record.at ?? timeAround(value), keys: held.keys })
  held.hasEnd = true
}

const openStream = (sink: Sink): Taker => {
  let held: Held | null = null
  const give = (): void => {
    if (held?.hasEnd) sink.most(held.record, BODIES, held.record.id ?? null)
    else held?.bad('its stream has no message_delta, which would tell its output')
    held = null
  }
  return {
    take: value => {
      const event = eventIn(value, hasUsage)
      if (event && isFields(event['message'])) {
        give()
        held = startOf(event, value, sink)
        return
      }
      if (event) goOn(held, event, value)
      else if (held === null) return sink.skip('it is an event of a stream without usage')
      sink.part()
    },
    end: give,
  }
}

/** Events of streams of Messages: the first has all counts but that of the output, which a later one has. */
export const anthropicStream: Shape = {
  ...{ form: 'json', granularity: 'call' },
  recognises: value => isStreamEvent(value) || isOther(value),
  start: () => ({ open: openStream }),
}
