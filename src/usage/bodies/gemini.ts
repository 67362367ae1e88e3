import type { Fields } from '../reading/fields.ts'
import { fieldsAt, isFields, textAt } from '../reading/fields.ts'
import type { Format, Shape, Sink } from '../reading/format.ts'
import { commonKeys, keysOf } from '../reading/keys.ts'
import type { UsageRecord } from '../record.ts'
import { findBody, timeAround } from './find-body.ts'
import { lastOfRun } from './stream-last.ts'
import { readBody, recordOf } from './take-body.ts'

/** Vertex batch prediction: a failure has a status. */
const batch: Shape = {
  form: 'json',
  granularity: 'call',
  recognises: value => typeof value['status'] === 'string' && isFields(value['request']) && isFields(value['response']),
  start: () =>
    lastOfRun((value, sink) => {
      const found = value['status'] === '' ? findBody(fieldsAt(value, 'response')) : null
      if (!found) {
        sink.skip('the request failed')
        return null
      }
      const labels = fieldsAt(fieldsAt(value, 'request'), 'labels')
      return recordOf(readBody(found, sink), { batch: true, keys: keysOf({ custom_id: textAt(labels, 'custom_id') }) })
    }),
}

const read = (value: Fields, sink: Sink): UsageRecord | null => {
  const found = findBody(value)
  if (!found) {
    sink.skip('it has no usage')
    return null
  }
  const body = readBody(found, sink)
  return recordOf(body, { at: body.at ?? timeAround(value), keys: commonKeys(value) })
}

const bodies: Shape = {
  form: 'json',
  granularity: 'call',
  recognises: value => findBody(value)?.kind === 'gemini',
  start: () => lastOfRun(read),
}

export const gemini: Format = {
  name: 'gemini',
  what: 'Gemini and Vertex AI bodies, bare or in a log, and Vertex batch output',
  shapes: [batch, bodies],
}
