import { BadRecord } from '../reading/bad-record.ts'
import { cellAt, neededCellAt } from '../reading/counts.ts'
import { type Fields, textAt } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { fromPrompt } from '../reading/from-prompt.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf } from '../reading/keys.ts'
import { usdOf } from '../reading/usd.ts'

const DAY_MS = 86_400_000

/**
 * A day of the usage page's export. Only its scope by model names models, and older ones have no cache columns: what is
 * not told is unknown.
 */
export const readLitellmDay = (row: Fields, sink: Sink): void => {
  const at = instantOf(row['Date'])
  if (at === null) throw new BadRecord('its day is missing')
  const counts = fromPrompt(
    {
      prompt: neededCellAt(row, 'Prompt Tokens'),
      read: cellAt(row, 'Cache Read Input Tokens'),
      write: cellAt(row, 'Cache Creation Input Tokens'),
      output: neededCellAt(row, 'Completion Tokens'),
      reasoning: null,
      total: cellAt(row, 'Total Tokens'),
    },
    sink,
  )
  sink.record({
    ...{ at, end: at + DAY_MS, model: textAt(row, 'Model'), ...counts },
    ...{ requests: cellAt(row, 'Requests'), service: null, batch: false, id: null },
    stated_usd: usdOf(row['Spend ($)']),
    keys: keysOf({
      team: textAt(row, 'Team ID', 'Team'),
      user: textAt(row, 'User ID', 'End User ID', 'Customer ID'),
      project: textAt(row, 'Organization ID', 'Organization'),
      'tag.tag': textAt(row, 'Tag'),
    }),
  })
}
