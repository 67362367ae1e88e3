import { fieldsAt, textAt } from '../reading/fields.ts'
import type { Format, Shape } from '../reading/format.ts'
import { commonKeys, keysOf } from '../reading/keys.ts'
import { idScope } from '../reading/seen-ids.ts'
import { anthropicStream, isStreamEvent } from './anthropic-stream.ts'
import { findBody, timeAround } from './find-body.ts'
import { bodyRun, giveOnce, readBody, recordOf } from './take-body.ts'

const batch: Shape = {
  form: 'json',
  granularity: 'call',
  recognises: value => value['custom_id'] !== undefined && textAt(fieldsAt(value, 'result'), 'type') !== null,
  start: () => {
    const scope = idScope()
    return {
      open: sink => ({
        take: value => {
          const found = findBody(fieldsAt(fieldsAt(value, 'result'), 'message'))
          if (!found) {
            sink.skip('the request failed, was cancelled or expired')
            return
          }
          const record = recordOf(readBody(found, sink), {
            at: timeAround(value),
            batch: true,
            keys: { ...commonKeys(value), ...keysOf({ custom_id: textAt(value, 'custom_id') }) },
          })
          giveOnce(record, scope, sink)
        },
      }),
    }
  },
}

const bodies: Shape = {
  form: 'json',
  granularity: 'call',
  recognises: value => findBody(value)?.kind === 'anthropic' && !isStreamEvent(value),
  start: bodyRun,
}

export const anthropic: Format = {
  name: 'anthropic',
  what: 'Anthropic Messages, bare or in a log, and batch results',
  shapes: [batch, anthropicStream, bodies],
}
