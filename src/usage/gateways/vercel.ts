import { BadRecord } from '../reading/bad-record.ts'
import { countAt, neededAt } from '../reading/counts.ts'
import { hasAll, textAt } from '../reading/fields.ts'
import { each, type Format } from '../reading/format.ts'
import { fromPrompt } from '../reading/from-prompt.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { usdOf } from '../reading/usd.ts'

const DAY_MS = 86_400_000

/** Days of Vercel's gateway. Whether the input includes the cache is not stated: the counts of a day decide. */
export const vercel: Format = {
  name: 'vercel',
  what: "the report of Vercel's AI Gateway",
  shapes: [
    each(
      {
        ...{ form: 'json', granularity: 'bucket' },
        recognises: value => hasAll(value, 'day', 'input_tokens', 'output_tokens', 'total_cost'),
      },
      (value, sink) => {
        const at = instantOf(value['day'])
        if (at === null) throw new BadRecord('its day is missing')
        const counts = fromPrompt(
          {
            ...{ prompt: neededAt(value, 'input_tokens'), output: neededAt(value, 'output_tokens') },
            read: countAt(value, 'cached_input_tokens') ?? null,
            write: countAt(value, 'cache_creation_input_tokens') ?? null,
            reasoning: countAt(value, 'reasoning_tokens') ?? null,
          },
          sink,
        )
        sink.record({
          ...{ at, end: at + DAY_MS, model: textAt(value, 'model'), ...counts },
          ...{ requests: countAt(value, 'request_count') ?? null, service: null, batch: false, id: null },
          ...{ stated_usd: usdOf(value['total_cost']), keys: keysOf({ user: textAt(value, 'user', 'user_id') }) },
        })
      },
    ),
  ],
}
