import { anthropicCounts } from '../bodies/anthropic-body.ts'
import { BadRecord } from '../reading/bad-record.ts'
import { type Counts, countAt } from '../reading/counts.ts'
import { type Fields, fieldsAt, isFields, jsonIn, textAt } from '../reading/fields.ts'
import type { Format, Run, Sink } from '../reading/format.ts'
import { EXCLUDED, splitWrites } from '../reading/from-prompt.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf, withTags } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'

const takeCall = (value: Fields, scope: IdScope, sink: Sink): void => {
  if (textAt(value, 'errorCode') !== null) {
    sink.skip('the request failed')
    return
  }
  const model = textAt(value, 'modelId')
  if (model === null) throw new BadRecord('its model is missing')
  const counts = countsOf(value, sink)
  if (counts === null) {
    sink.skip('it has no usage')
    return
  }
  const at = instantOf(value['timestamp'])
  const id = textAt(value, 'requestId')
  const record = {
    ...{ at, end: null, model, ...counts, requests: 1 },
    ...{ service: null, batch: false, id, stated_usd: null },
    keys: withTags(
      keysOf({
        project: textAt(value, 'accountId'),
        region: textAt(value, 'inferenceRegion', 'region'),
        user: textAt(fieldsAt(value, 'identity'), 'arn'),
      }),
      value['requestMetadata'],
    ),
  }
  sink.once(record, scope, id)
}

/** `null`: neither side has a count. @throws {BadRecord} */
const countsOf = (value: Fields, sink: Sink): Counts | null => {
  const [input, output] = [fieldsAt(value, 'input'), fieldsAt(value, 'output')]
  const [prompt, answer] = [countAt(input, 'inputTokenCount'), countAt(output, 'outputTokenCount')]
  if (typeof prompt !== 'number' && typeof answer !== 'number') return null
  const [read, write] = [countAt(input, 'cacheReadInputTokenCount'), countAt(input, 'cacheWriteInputTokenCount')]
  sink.convention(EXCLUDED)
  return {
    ...{ input: prompt ?? 0, cache_read: read ?? 0 },
    ...splitWrites(write ?? 0, longWrites(output['outputBodyJson'])),
    ...{ output: answer ?? 0, reasoning: null },
  }
}

/** Writes of an hour, which only the provider's own body tells: a Message, or the events of its stream. */
const longWrites = (body: unknown): number => {
  const events = Array.isArray(body) ? body : [body]
  for (const event of events) {
    if (!isFields(event)) continue
    const usage = isFields(event['message']) ? event['message']['usage'] : event['usage']
    if (isFields(usage) && isFields(usage['cache_creation'])) {
      return anthropicCounts({ output_tokens: 0, ...usage }, { convention: () => {} }).cache_write_1h ?? 0
    }
  }
  return 0
}

const isCall = (value: Fields): boolean => value['schemaType'] === 'ModelInvocationLog'

/** The message of an event of CloudWatch, as text; `@message` in its queries. */
const messageOf = (value: Fields): string | null => textAt(value, 'message', '@message')

/** Whether an event of CloudWatch has the log of a call. */
const isEvent = (value: Fields): boolean => {
  const text = messageOf(value)
  return text !== null && /^\s*\{/.test(text) && text.includes('"ModelInvocationLog"')
}

/** @throws {BadRecord} */
const callIn = (value: Fields): Fields => {
  const call = isCall(value) ? value : jsonIn(messageOf(value))
  if (!isFields(call) || !isCall(call)) throw new BadRecord('its message is not the log of a call')
  return call
}

const start = (): Run => {
  const scope = idScope()
  return { open: sink => ({ take: value => takeCall(callIn(value), scope, sink) }) }
}

export const bedrock: Format = {
  name: 'bedrock',
  what: 'invocation logs of Amazon Bedrock, bare or as messages of CloudWatch',
  shapes: [
    { ...{ form: 'json', granularity: 'call' }, recognises: value => isCall(value) || isEvent(value), start },
    { ...{ form: 'csv', granularity: 'call' }, recognises: isEvent, start },
  ],
}
