import { type Cell, valueIn } from '../reading/cell.ts'
import { hashBytes, hashText } from '../reading/id-hash.ts'
import { idTable } from '../reading/id-table.ts'
import type { IdScope } from '../reading/seen-ids.ts'
import type { UsageRecord } from '../record.ts'

/** Where records go, and those that came before. */
export interface Exit {
  record(record: UsageRecord): void
  duplicate(): void
}

/** Records in their order, of which some wait until it is known whether their id came before. */
export interface RecordQueue {
  give(record: UsageRecord, exit: Exit): void
  /** As `once` of a sink. @returns whether it has an id */
  giveOnce(record: UsageRecord, exit: Exit, scope: IdScope, id: string | Cell | null): boolean
  flush(): void
}

/** Records that wait at most. */
const MOST = 128

export const recordQueue = (): RecordQueue => {
  const table = idTable()
  const records: UsageRecord[] = []
  const exits: Exit[] = []
  const [highs, lows, haveIds] = [new Int32Array(MOST), new Int32Array(MOST), new Uint8Array(MOST)]
  let count = 0
  const flush = (): void => {
    const waiting = count
    count = 0
    table.touch(lows, waiting)
    for (let i = 0; i < waiting; i++) {
      const isNew = haveIds[i] === 0 || table.add(highs[i] as number, lows[i] as number)
      if (isNew) (exits[i] as Exit).record(records[i] as UsageRecord)
      else (exits[i] as Exit).duplicate()
    }
  }
  const push = (record: UsageRecord, exit: Exit, hasId: boolean): void => {
    records[count] = record
    exits[count] = exit
    haveIds[count] = hasId ? 1 : 0
    if (++count === MOST) flush()
  }
  return {
    give: (record, exit) => {
      if (count === 0) exit.record(record)
      else push(record, exit, false)
    },
    giveOnce: (record, exit, scope, id) => {
      const hasId = hashId(id)
      if (hasId) {
        highs[count] = (hash[0] as number) ^ scope
        lows[count] = hash[1] as number
      }
      push(record, exit, hasId)
      return hasId
    },
    flush,
  }
}

const hash = new Int32Array(2)

/** Hashes an id. @returns whether there is one */
const hashId = (id: string | Cell | null): boolean => {
  if (id === null) return false
  if (typeof id === 'string') hashText(id, hash, 0)
  else if (id.kind !== 'text') return false
  else if (id.isDecoded || id.source === null) hashText(id.value as string, hash, 0)
  else if (!hashBytes(id.source.view(), id.from + 1, id.to - 1, hash, 0)) hashText(valueIn(id) as string, hash, 0)
  return true
}
