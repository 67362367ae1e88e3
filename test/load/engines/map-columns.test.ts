import { expect, it } from 'vitest'
import { readColumnsFile } from '../../../src/load/engines/columns-file.ts'
import { mapColumns } from '../../../src/load/engines/map-columns.ts'
import { clickhouse } from '../../../src/usage/sql/clickhouse.ts'
import type { Engine } from '../../../src/usage/sql/engine.ts'

/** An engine to which every expression is one of text. */
const engine: Engine = {
  dialect: clickhouse,
  run: async () => [],
  prepare: async () => {},
  columns: async () => [{ name: 'x', type: 'String' }],
}

it('an expression that ClickHouse takes everywhere, and that makes several rows of one, is refused', async () => {
  const text = 'model: model\nuser: arrayJoin(users)\n'
  const file = readColumnsFile('columns.yaml', { read: () => new TextEncoder().encode(text) })
  await expect(mapColumns('calls', engine, file)).rejects.toMatchObject({
    problems: [{ code: 'INVALID', at: 'columns.yaml:2:7', what: expect.stringContaining('several rows of one') }],
  })
})
