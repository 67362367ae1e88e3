import { findBody } from '../bodies/find-body.ts'
import type { Body } from '../bodies/take-body.ts'
import { giveOnce, readBody, recordOf } from '../bodies/take-body.ts'
import { countAt, neededAt } from '../reading/counts.ts'
import { type Fields, fieldsAt, hasAll, textAt } from '../reading/fields.ts'
import type { Format, Sink } from '../reading/format.ts'
import { EXCLUDED } from '../reading/from-prompt.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf, withTags } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { usdOf } from '../reading/usd.ts'

/** Its columns leave the cache out of the prompt where they name it; older ones include it and name nothing. */
const fromColumns = (value: Fields, sink: Sink): Body => {
  const [read, write] = [countAt(value, 'prompt_cache_read_tokens'), countAt(value, 'prompt_cache_write_tokens')]
  if ((read ?? 0) + (write ?? 0) > 0) sink.convention(EXCLUDED)
  return {
    ...{ at: null, id: null, service: null, batch: false, model: textAt(value, 'response_model', 'model') },
    ...{ input: neededAt(value, 'prompt_tokens'), cache_read: read ?? null },
    ...{ cache_write: write ?? null, cache_write_1h: typeof write === 'number' ? 0 : null },
    ...{ output: neededAt(value, 'completion_tokens'), reasoning: null, more: null },
  }
}

const takeRequest = (value: Fields, scope: IdScope, sink: Sink): void => {
  const status = value['response_status']
  if (typeof status === 'number' && status >= 400) {
    sink.skip('the request failed')
    return
  }
  if (value['cache_enabled'] === true && textAt(value, 'cache_reference_id') !== null) {
    sink.skip("Helicone's own cache answered, not the provider")
    return
  }
  const found = findBody({ response_body: value['response_body'] })
  const record = recordOf(found ? readBody(found, sink) : fromColumns(value, sink), {
    at: instantOf(value['request_created_at']),
    id: textAt(value, 'request_id'),
    provider: textAt(value, 'provider'),
    stated_usd: usdOf(value['costUSD']),
    keys: withTags(
      keysOf({
        user: textAt(value, 'request_user_id', 'helicone_user'),
        conversation: textAt(fieldsAt(value, 'request_properties'), 'Helicone-Session-Id'),
      }),
      value['properties'],
    ),
  })
  giveOnce(record, scope, sink)
}

export const helicone: Format = {
  name: 'helicone',
  what: "Helicone's export of requests, as JSON Lines or JSON",
  shapes: [
    {
      ...{ form: 'json', granularity: 'call' },
      recognises: value => hasAll(value, 'request_id', 'request_created_at', 'prompt_tokens'),
      start: () => {
        const scope = idScope()
        return { open: sink => ({ take: value => takeRequest(value, scope, sink) }) }
      },
    },
  ],
}
