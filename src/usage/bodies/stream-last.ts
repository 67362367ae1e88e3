import type { Fields } from '../reading/fields.ts'
import type { Run } from '../reading/format.ts'
import { idScope } from '../reading/seen-ids.ts'
import type { UsageRecord } from '../record.ts'

/**
 * Reads chunks of streams, each with the usage so far: of chunks of one id in a row only the last counts.
 *
 * @param read - `null`: not usage; the reason has been told to the sink
 */
export const lastOfRun = (read: (value: Fields, sink: Parameters<Run['open']>[0]) => UsageRecord | null): Run => {
  const scope = idScope()
  return {
    open: sink => {
      let held: UsageRecord | null = null
      const give = (): void => {
        if (held) sink.most(held, scope, held.id ?? null)
        held = null
      }
      return {
        take: value => {
          const record = read(value, sink)
          if (!record) return
          if (held && held.id !== null && held.id === record.id) sink.part()
          else give()
          held = record
        },
        end: give,
      }
    },
  }
}
