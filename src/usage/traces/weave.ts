import { ZERO } from '../../model/number/money.ts'
import { anthropicCounts } from '../bodies/anthropic-body.ts'
import { usageKind } from '../bodies/body.ts'
import { openaiCounts } from '../bodies/openai-body.ts'
import { BadRecord } from '../reading/bad-record.ts'
import { type Fields, fieldsAt, isFields, textAt } from '../reading/fields.ts'
import type { Format, Sink } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { amountOf } from '../reading/usd.ts'

/** Calls of a provider's own library: what is above them has the sums of those below. */
const PROVIDER_OP =
  /\/op\/(?:openai|anthropic|mistralai|groq|google|vertexai|cohere|litellm|bedrock|together|cerebras)\./

const takeCall = (call: Fields, scope: IdScope, sink: Sink): void => {
  const usage = fieldsAt(fieldsAt(call, 'summary'), 'usage')
  const models = Object.keys(usage)
  if (models.length === 0) {
    sink.skip('it has no usage')
    return
  }
  if (!PROVIDER_OP.test(textAt(call, 'op_name') ?? '')) {
    sink.skip('an op of your own repeats what its calls used')
    return
  }
  const [model = ''] = models
  const counted = usage[model]
  if (models.length > 1 || !isFields(counted)) throw new BadRecord('it has not one model')
  const counts = usageKind(counted) === 'anthropic' ? anthropicCounts(counted, sink) : openaiCounts(counted, sink)
  const costs = fieldsAt(fieldsAt(fieldsAt(fieldsAt(call, 'summary'), 'weave'), 'costs'), model)
  const at = instantOf(call['started_at'])
  const id = textAt(call, 'id')
  const stated = costOf(costs)
  const record = {
    ...{ at, end: null, model, ...counts, requests: 1 },
    ...{ service: null, batch: false, id, stated_usd: stated },
    keys: keysOf({ project: textAt(call, 'project_id'), user: textAt(call, 'wb_user_id') }),
  }
  sink.once(record, scope, id)
}

const costOf = (costs: Fields): string | null => {
  const parts = ['prompt_tokens_total_cost', 'completion_tokens_total_cost'].flatMap(key => amountOf(costs[key]) ?? [])
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum.plus(part), ZERO).toFixed()
}

export const weave: Format = {
  name: 'weave',
  what: 'calls of W&B Weave',
  shapes: [
    {
      ...{ form: 'json', granularity: 'call' },
      recognises: value => typeof value['op_name'] === 'string' && isFields(value['summary']),
      start: () => {
        const scope = idScope()
        return { open: sink => ({ take: value => takeCall(value, scope, sink) }) }
      },
    },
  ],
}
