import { BadRecord } from '../reading/bad-record.ts'
import { cellAt } from '../reading/counts.ts'
import { type Fields, fieldsAt, hasAll, jsonIn, textAt } from '../reading/fields.ts'
import type { Format, Run, Sink } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf, withTags } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { serviceOf } from '../reading/service.ts'
import { usdOf } from '../reading/usd.ts'
import { langfuseCounts } from './langfuse-counts.ts'

const takeObservation = (value: Fields, scope: IdScope, sink: Sink): void => {
  if (!['GENERATION', 'EMBEDDING'].includes(String(value['type']))) {
    sink.skip('spans, agents and events may repeat what their generations used')
    return
  }
  const counts = langfuseCounts(value, sink)
  if (!counts) {
    sink.skip('it has no usage')
    return
  }
  const model = textAt(value, 'providedModelName', 'model')
  if (model === null) throw new BadRecord('its model is missing')
  const at = instantOf(value['startTime'])
  const id = textAt(value, 'id')
  const stated = usdOf(value['totalCost'] ?? value['calculatedTotalCost'] ?? fieldsAt(value, 'costDetails')['total'])
  const record = {
    ...{ at, end: null, model, ...counts, requests: 1 },
    ...serviceOf(fieldsAt(value, 'modelParameters')['service_tier']),
    ...{ id, stated_usd: stated },
    keys: withTags(
      keysOf({
        user: textAt(value, 'userId'),
        conversation: textAt(value, 'sessionId'),
        project: textAt(value, 'projectId'),
        'tag.environment': textAt(value, 'environment'),
        'tag.trace': textAt(value, 'traceName'),
      }),
      value['tags'],
    ),
  }
  sink.once(record, scope, id)
}

const JSON_CELLS = ['costDetails', 'modelParameters', 'tags']
const COUNT_CELLS = ['promptTokens', 'completionTokens', 'inputUsage', 'outputUsage']

/** @throws {BadRecord} if the counts cannot be read: without them the row would look like one that used nothing */
const detailsIn = (cell: unknown): unknown => {
  const details = jsonIn(cell)
  if (details === null && typeof cell === 'string' && !['', 'null'].includes(cell)) {
    throw new BadRecord('its usageDetails is not JSON')
  }
  return details
}

const fromRow = (row: Fields): Fields => ({
  ...row,
  usageDetails: detailsIn(row['usageDetails']),
  ...Object.fromEntries(JSON_CELLS.map(key => [key, jsonIn(row[key])])),
  ...Object.fromEntries(COUNT_CELLS.map(key => [key, cellAt(row, key)])),
})

const runOf = (readOf: (value: Fields) => Fields) => (): Run => {
  const scope = idScope()
  return { open: sink => ({ take: value => takeObservation(readOf(value), scope, sink) }) }
}

export const langfuse: Format = {
  name: 'langfuse',
  what: "Langfuse's observations, as JSON Lines, JSON, CSV or from its API",
  shapes: [
    {
      ...{ form: 'json', granularity: 'call' },
      recognises: value => hasAll(value, 'traceId', 'type', 'startTime') && !('resourceSpans' in value),
      start: runOf(value => value),
    },
    {
      ...{ form: 'csv', granularity: 'call' },
      recognises: row => hasAll(row, 'traceId', 'type', 'startTime'),
      start: runOf(fromRow),
    },
  ],
}
