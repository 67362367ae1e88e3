import { BadRecord } from '../reading/bad-record.ts'
import { neededCellAt } from '../reading/counts.ts'
import { type Fields, hasAll, textAt } from '../reading/fields.ts'
import type { Format, Sink } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'

const TIME = 'TimeGenerated [UTC]'

/** `10/1/2026, 10:00:01.234 AM`, month first, as Azure's portal exports it; its other exports write ISO. */
const PORTAL = /^(\d{1,2})\/(\d{1,2})\/(\d{4}), (\d{1,2}):(\d\d:\d\d(?:\.\d+)?) ([AP])M$/

const portalInstant = (text: string | null): number | null => {
  const [, month = '', day = '', year, hour, rest, half] = PORTAL.exec(text ?? '') ?? []
  if (year === undefined) return instantOf(text)
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0)
  return instantOf(
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${String(hours).padStart(2, '0')}:${rest}`,
  )
}

const takeRow = (row: Fields, scope: IdScope, sink: Sink): void => {
  if (row['SequenceNumber'] !== '0') {
    sink.skip('a part of a message')
    return
  }
  const model = textAt(row, 'ModelName', 'DeploymentName')
  if (model === null) throw new BadRecord('its model is missing')
  const at = portalInstant(textAt(row, TIME, 'TimeGenerated'))
  const [input, output] = [neededCellAt(row, 'PromptTokens'), neededCellAt(row, 'CompletionTokens')]
  const id = textAt(row, 'CorrelationId')
  const record = {
    ...{ at, end: null, model, input, output, reasoning: null, requests: 1 },
    ...{ cache_read: null, cache_write: null, cache_write_1h: null },
    ...{ service: null, batch: false, id, stated_usd: null },
    keys: keysOf({ project: textAt(row, 'DeploymentName') }),
  }
  sink.once(record, scope, id)
}

export const azureApim: Format = {
  name: 'azure-apim',
  what: 'the LLM log of Azure API Management, as CSV; it does not tell what was cached',
  shapes: [
    {
      ...{ form: 'csv', granularity: 'call' },
      recognises: row => hasAll(row, 'CorrelationId', 'SequenceNumber', 'PromptTokens', 'CompletionTokens'),
      start: () => {
        const scope = idScope()
        return { open: sink => ({ take: row => takeRow(row, scope, sink) }) }
      },
    },
  ],
}
