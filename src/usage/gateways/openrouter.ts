import { BadRecord } from '../reading/bad-record.ts'
import { cellAt, neededCellAt } from '../reading/counts.ts'
import { type Fields, hasAll, textAt } from '../reading/fields.ts'
import type { Format, Sink } from '../reading/format.ts'
import { fromPrompt } from '../reading/from-prompt.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { usdOf } from '../reading/usd.ts'

const takeRow = (row: Fields, scope: IdScope, sink: Sink): void => {
  const model = textAt(row, 'model_permaslug')
  if (model === null) throw new BadRecord('its model is missing')
  const read = cellAt(row, 'tokens_cached') ?? 0
  const prompt = neededCellAt(row, 'tokens_prompt')
  if (read > prompt) throw new BadRecord('it has more cached tokens than prompt')
  // Writes are not told: they are a part of the prompt.
  const counts = fromPrompt(
    {
      ...{ prompt, read, write: 0 },
      ...{ output: neededCellAt(row, 'tokens_completion'), reasoning: cellAt(row, 'tokens_reasoning') },
    },
    sink,
  )
  const id = textAt(row, 'generation_id')
  const at = instantOf(row['created_at'])
  const stated = usdOf(row['cost_total'])
  const record = {
    ...{ at, end: null, model, ...counts, requests: 1 },
    ...{ service: null, batch: false, id, stated_usd: stated },
    keys: keysOf({
      user: textAt(row, 'user'),
      project: textAt(row, 'app_name'),
      provider: textAt(row, 'provider_name'),
      'tag.variant': textAt(row, 'variant'),
    }),
  }
  sink.once(record, scope, id)
}

export const openrouter: Format = {
  name: 'openrouter',
  what: "OpenRouter's activity CSV",
  shapes: [
    {
      ...{ form: 'csv', granularity: 'call' },
      recognises: row => hasAll(row, 'generation_id', 'model_permaslug', 'tokens_prompt', 'tokens_completion'),
      start: () => {
        const scope = idScope()
        return { open: sink => ({ take: row => takeRow(row, scope, sink) }) }
      },
    },
  ],
}
