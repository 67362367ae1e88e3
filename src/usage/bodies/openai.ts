import { fieldsAt, isFields, textAt } from '../reading/fields.ts'
import type { Format, Shape } from '../reading/format.ts'
import { commonKeys, keysOf } from '../reading/keys.ts'
import { idScope } from '../reading/seen-ids.ts'
import { findBody } from './find-body.ts'
import { bodyRun, giveOnce, readBody, recordOf } from './take-body.ts'

/** Output of a batch: a body in `response`, at batch rates although it names the usual tier. */
const batch: Shape = {
  form: 'json',
  granularity: 'call',
  recognises: value => value['custom_id'] !== undefined && 'response' in value,
  start: () => {
    const scope = idScope()
    return {
      open: sink => ({
        take: value => {
          const response = fieldsAt(value, 'response')
          const body = response['body']
          if (!isFields(body)) {
            sink.skip('the request failed or expired')
            return
          }
          const found = findBody(body)
          if (!found) {
            sink.skip('the request failed or expired')
            return
          }
          const record = recordOf(readBody(found, sink), {
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
  recognises: value =>
    findBody(value)?.kind === 'openai' || value['object'] === 'chat.completion.chunk' || value['object'] === 'response',
  start: bodyRun,
}

export const openai: Format = {
  name: 'openai',
  what: 'OpenAI bodies (Chat Completions, Responses), bare or in a log, and batch output',
  shapes: [batch, bodies],
}

export const deepseek: Format = {
  name: 'deepseek',
  what: 'DeepSeek bodies, bare or in a log',
  shapes: [
    {
      form: 'json',
      granularity: 'call',
      recognises: value => findBody(value)?.kind === 'deepseek',
      start: bodyRun,
    },
  ],
}
