import type { ReadCounts } from '../bodies/body.ts'
import { BadRecord, NO_MODEL } from '../reading/bad-record.ts'
import { type Cell, type CellAt, fixedCells, textCell, textIn, timeIn, usdIn, valueIn } from '../reading/cell.ts'
import { cellAt } from '../reading/counts.ts'
import { type Fields, hasAll, jsonIn } from '../reading/fields.ts'
import { each, type Format, planned, type Run, type Shape, type Sink, type Take } from '../reading/format.ts'
import { kept } from '../reading/kept.ts'
import { noKeys, planKeys, planTags, withTags } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { servedBy } from '../reading/service.ts'
import type { UsageRecord } from '../record.ts'
import { readLitellmDay } from './litellm-days.ts'
import { planLitellmCounts } from './litellm-row.ts'

/** As JSON and Python write it. */
const isTrue = kept(text => ['True', 'true', 'TRUE'].includes(text))

const isOwnCache = (cell: Cell | null): boolean =>
  cell !== null &&
  (cell.kind === 'text' ? isTrue(valueIn(cell) as string) : cell.kind === 'word' && valueIn(cell) === true)

const isBatch = kept(type => type.includes('batch'))

interface Into {
  readonly scope: IdScope
  readonly sink: Sink
}

const planRow = (row: Fields, at: CellAt, into: Into): Take =>
  takeRow(
    {
      ...rowCells(row, at),
      counts: planLitellmCounts(row, at),
      keys: into.sink.isKeyed ? planRowKeys(row, at) : noKeys,
    },
    into,
  )

const rowCells = (row: Fields, at: CellAt) => ({
  status: at(row, 'status'),
  cacheHit: at(row, 'cache_hit'),
  model: at(row, 'model'),
  provider: at(row, 'custom_llm_provider'),
  id: at(row, 'request_id'),
  spend: at(row, 'spend'),
  time: at(row, 'startTime'),
  type: at(row, 'call_type'),
})

interface RowCells extends ReturnType<typeof rowCells> {
  readonly counts: ReadCounts
  readonly keys: () => UsageRecord['keys']
}

const takeRow =
  ({ counts, keys, ...cells }: RowCells, { scope, sink }: Into): Take =>
  () => {
    if (textIn(cells.status) === 'failure') {
      sink.skip('the request failed')
      return
    }
    // Tokens and a price of 0 stand there all the same.
    if (isOwnCache(cells.cacheHit)) {
      sink.skip("LiteLLM's own cache answered, not the provider")
      return
    }
    const model = textIn(cells.model)
    if (model === null) throw new BadRecord(NO_MODEL)
    const { input, cache_read, cache_write, cache_write_1h, output, reasoning } = counts(sink)
    const stated_usd = usdIn(cells.spend)
    const moment = timeIn(cells.time)
    const record: UsageRecord = {
      at: moment,
      end: null,
      model: servedBy(textIn(cells.provider), model),
      input,
      cache_read,
      cache_write,
      cache_write_1h,
      output,
      reasoning,
      requests: 1,
      service: null,
      batch: isBatch(textIn(cells.type) ?? ''),
      stated_usd,
      keys: keys(),
    }
    sink.once(record, scope, cells.id)
  }

const planRowKeys = (row: Fields, at: CellAt): (() => UsageRecord['keys']) =>
  planKeys(
    [
      ['user', textCell(row, at, 'end_user', 'user')],
      ['team', textCell(row, at, 'team_id')],
      ['project', textCell(row, at, 'organization_id')],
      ['conversation', textCell(row, at, 'session_id')],
      ['asked', textCell(row, at, 'model_group')],
    ],
    planRequestTags(row, at),
  )

/** A column of a database may hold its list as text. */
const planRequestTags = (row: Fields, at: CellAt): ReturnType<typeof planTags> => {
  const cell = at(row, 'request_tags')
  return cell?.kind === 'text' ? keys => void withTags(keys, jsonIn(textIn(cell))) : planTags(row, at, 'request_tags')
}

const start = (): Run => {
  const scope = idScope()
  return { open: sink => planned((row, at) => planRow(row, at, { scope, sink })) }
}

/** Rows of CSV hold texts, also where rows of JSON hold counts. */
const startCsv = (): Run => {
  const scope = idScope()
  const counted = (row: Fields): Fields => ({
    ...row,
    prompt_tokens: cellAt(row, 'prompt_tokens'),
    completion_tokens: cellAt(row, 'completion_tokens'),
    total_tokens: cellAt(row, 'total_tokens'),
  })
  return { open: sink => ({ take: row => planRow(counted(row), fixedCells, { scope, sink })() }) }
}

const COLUMNS = ['request_id', 'call_type', 'prompt_tokens', 'completion_tokens', 'startTime', 'model']

const json: Shape = {
  ...{ form: 'json', granularity: 'call' },
  recognises: value => hasAll(value, 'request_id', 'call_type', 'startTime'),
  start,
}

const csv: Shape = {
  ...{ form: 'csv', granularity: 'call' },
  recognises: value => hasAll(value, ...COLUMNS),
  start: startCsv,
}

const days = each(
  {
    ...{ form: 'csv', granularity: 'bucket' },
    recognises: row => hasAll(row, 'Date', 'Spend ($)', 'Prompt Tokens', 'Completion Tokens'),
  },
  readLitellmDay,
)

export const litellm: Format = {
  name: 'litellm',
  what: "LiteLLM's spend logs, as JSON or CSV, and the CSV of its usage page",
  shapes: [json, csv, days],
}
