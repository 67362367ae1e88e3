import { type Cell, valueIn } from '../reading/cell.ts'
import { hashBytes, hashText } from '../reading/id-hash.ts'
import { type IdTable, idTable } from '../reading/id-table.ts'
import type { IdScope } from '../reading/seen-ids.ts'
import type { UsageRecord } from '../record.ts'

/** Where records go, those that came before, and those that a later one replaces. */
export interface Exit {
  record(record: UsageRecord): void
  duplicate(): void
  part(): void
}

/** Records in their order, of which some wait until it is known whether their id came before. */
export interface RecordQueue {
  give(record: UsageRecord, exit: Exit): void
  /** As `once` of a sink. @returns whether it has an id */
  giveOnce(record: UsageRecord, exit: Exit, scope: IdScope, id: string | Cell | null): boolean
  /** As `most` of a sink. @returns whether it has an id */
  giveMost(record: UsageRecord, exit: Exit, scope: IdScope, id: string | Cell | null): boolean
  flush(): void
}

/** Records whose ids are looked up at once. As many of those before wait, as one with more of the same id may follow. */
const BLOCK = 128

/** Whether the id of a record is asked for, and how. */
const [FREE, ONCE, MOST] = [0, 1, 2]
/** How a record ends. */
const [RECORD, DUPLICATE, PART] = [0, 1, 2]

/** Records that wait, by place. */
interface Block {
  count: number
  readonly records: UsageRecord[]
  readonly exits: Exit[]
  readonly highs: Int32Array
  readonly lows: Int32Array
  readonly asked: Uint8Array
  readonly ends: Uint8Array
}

const newBlock = (): Block => ({
  count: 0,
  records: [],
  exits: [],
  highs: new Int32Array(BLOCK),
  lows: new Int32Array(BLOCK),
  asked: new Uint8Array(BLOCK),
  ends: new Uint8Array(BLOCK),
})

/** Whether a record gives way to one of the same id that has more. */
const givesWay = (block: Block, at: number, [high, low]: readonly [number, number], next: UsageRecord): boolean =>
  block.lows[at] === low &&
  block.highs[at] === high &&
  block.asked[at] === MOST &&
  block.ends[at] === RECORD &&
  isMore(next, block.records[at] as UsageRecord)

/** Takes the place of the record of its id that waits before it, if it has more. @returns whether there is such a one */
const takesPlace = (block: Block, i: number, older: Block): boolean => {
  const id = [block.highs[i] as number, block.lows[i] as number] as const
  const next = block.records[i] as UsageRecord
  for (const [one, to] of [
    [block, i],
    [older, older.count],
  ] as const) {
    for (let at = to - 1; at >= 0; at--) {
      if (!givesWay(one, at, id, next)) continue
      one.ends[at] = PART
      return true
    }
  }
  return false
}

/** Decides how the records of a block end. */
const settle = (block: Block, older: Block, table: IdTable): void => {
  const { count, highs, lows, asked, ends } = block
  table.touch(lows, count)
  for (let i = 0; i < count; i++) {
    const isNew = asked[i] === FREE || table.add(highs[i] as number, lows[i] as number)
    ends[i] = isNew || (asked[i] === MOST && takesPlace(block, i, older)) ? RECORD : DUPLICATE
  }
}

const give = (block: Block): void => {
  const { count, records, exits, ends } = block
  for (let i = 0; i < count; i++) {
    const exit = exits[i] as Exit
    if (ends[i] === RECORD) exit.record(records[i] as UsageRecord)
    else if (ends[i] === DUPLICATE) exit.duplicate()
    else exit.part()
  }
  block.count = 0
}

/** Puts a record in the place of the last one if it is of the same call. @returns whether it is */
const joinsLast = (block: Block, scope: IdScope, record: UsageRecord, exit: Exit): boolean => {
  const last = block.count - 1
  const isSame = last >= 0 && block.lows[last] === hash[1] && block.highs[last] === ((hash[0] as number) ^ scope)
  if (!isSame || block.asked[last] !== MOST) return false
  if (isMore(record, block.records[last] as UsageRecord)) {
    block.records[last] = record
    exit.part()
  } else exit.duplicate()
  return true
}

export const recordQueue = (): RecordQueue => {
  const table = idTable()
  let [older, newer] = [newBlock(), newBlock()]
  const push = (record: UsageRecord, exit: Exit, how: number): void => {
    const at = newer.count++
    newer.records[at] = record
    newer.exits[at] = exit
    newer.asked[at] = how
    if (newer.count < BLOCK) return
    settle(newer, older, table)
    give(older)
    const full = newer
    newer = older
    older = full
  }
  const pushHashed = (record: UsageRecord, exit: Exit, scope: IdScope, how: number): void => {
    // In place, so that a stream may have any number of lines.
    if (how === MOST && joinsLast(newer.count === 0 ? older : newer, scope, record, exit)) return
    newer.highs[newer.count] = (hash[0] as number) ^ scope
    newer.lows[newer.count] = hash[1] as number
    push(record, exit, how)
  }
  const giveAs =
    (how: number): RecordQueue['giveOnce'] =>
    (record, exit, scope, id) => {
      const hasId = hashId(id)
      if (hasId) pushHashed(record, exit, scope, how)
      else push(record, exit, FREE)
      return hasId
    }
  return {
    give: (record, exit) => {
      if (older.count + newer.count === 0) exit.record(record)
      else push(record, exit, FREE)
    },
    giveOnce: giveAs(ONCE),
    giveMost: giveAs(MOST),
    flush: () => {
      settle(newer, older, table)
      give(older)
      give(newer)
    },
  }
}

/** Whether the second of two records of one call has more of it. */
const isMore = (next: UsageRecord, before: UsageRecord): boolean =>
  next.output === before.output ? promptOf(next) > promptOf(before) : next.output > before.output

const promptOf = ({ input, cache_read, cache_write, cache_write_1h }: UsageRecord): number =>
  input + (cache_read ?? 0) + (cache_write ?? 0) + (cache_write_1h ?? 0)

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
