import { exact } from '../../model/number/money.ts'
import { findBody } from '../bodies/find-body.ts'
import type { Body } from '../bodies/take-body.ts'
import { giveOnce, readBody, recordOf } from '../bodies/take-body.ts'
import { neededAt } from '../reading/counts.ts'
import { type Fields, fieldsAt, hasAll, textAt } from '../reading/fields.ts'
import type { Format, Sink } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf, tagsOf } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { amountOf } from '../reading/usd.ts'

/** Its units include the cache, of which they say nothing. */
const fromUnits = (value: Fields): Body => ({
  ...{ at: null, id: null, service: null, batch: false, model: textAt(value, 'ai_model') },
  ...{ input: neededAt(value, 'req_units'), cache_read: null, cache_write: null, cache_write_1h: null },
  ...{ output: neededAt(value, 'res_units'), reasoning: null, more: null },
})

const takeRequest = (value: Fields, scope: IdScope, sink: Sink): void => {
  if (value['is_success'] === false) {
    sink.skip('the request failed')
    return
  }
  if (/^(?:cache|semantic) ?hit$/i.test(textAt(value, 'cache_status') ?? '')) {
    sink.skip("Portkey's own cache answered, not the provider")
    return
  }
  const found = findBody({ response: value['response'] })
  // In cents.
  const isUsd = (textAt(value, 'cost_currency') ?? 'USD').toUpperCase() === 'USD'
  const cents = isUsd ? amountOf(value['cost']) : null
  const { _user, ...tags } = fieldsAt(value, 'metadata')
  const record = recordOf(found ? readBody(found, sink) : fromUnits(value), {
    at: instantOf(value['created_at']),
    id: textAt(value, 'id'),
    provider: textAt(value, 'ai_org'),
    stated_usd: cents?.times(exact('0.01')).toFixed() ?? null,
    keys: { ...keysOf({ user: _user }), ...tagsOf(tags) },
  })
  giveOnce(record, scope, sink)
}

export const portkey: Format = {
  name: 'portkey',
  what: "Portkey's log export",
  shapes: [
    {
      ...{ form: 'json', granularity: 'call' },
      recognises: value => hasAll(value, 'ai_model', 'req_units', 'res_units'),
      start: () => {
        const scope = idScope()
        return { open: sink => ({ take: value => takeRequest(value, scope, sink) }) }
      },
    },
  ],
}
