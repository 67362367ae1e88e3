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
const SIZE = 2 * BLOCK

/** Whether the id of a record is asked for, and how. */
const [FREE, ONCE, MOST] = [0, 1, 2]
/** How a record ends. */
const [RECORD, DUPLICATE, PART] = [0, 1, 2]

/** The records that wait, by place. */
interface Waiting {
  readonly records: UsageRecord[]
  readonly exits: Exit[]
  readonly highs: Int32Array
  readonly lows: Int32Array
  readonly asked: Uint8Array
  readonly ends: Uint8Array
}

const newWaiting = (): Waiting => ({
  records: [],
  exits: [],
  highs: new Int32Array(SIZE),
  lows: new Int32Array(SIZE),
  asked: new Uint8Array(SIZE),
  ends: new Uint8Array(SIZE),
})

/** The place of the record of the same id that waits before another; -1: there is none. */
const before = (waiting: Waiting, i: number): number => {
  const high = waiting.highs[i]
  const low = waiting.lows[i]
  for (let at = i - 1; at >= 0; at--) {
    if (waiting.lows[at] !== low || waiting.highs[at] !== high) continue
    if (waiting.asked[at] === MOST && waiting.ends[at] === RECORD) return at
  }
  return -1
}

/** Decides how the records at some places end. */
const settle = (waiting: Waiting, table: IdTable, from: number, to: number): void => {
  const all = waiting.records
  const ends = waiting.ends
  table.touch(waiting.lows.subarray(from, to), to - from)
  for (let i = from; i < to; i++) {
    ends[i] = RECORD
    if (waiting.asked[i] === FREE || table.add(waiting.highs[i] as number, waiting.lows[i] as number)) continue
    const at = waiting.asked[i] === MOST ? before(waiting, i) : -1
    if (at >= 0 && isMore(all[i] as UsageRecord, all[at] as UsageRecord)) ends[at] = PART
    else ends[i] = DUPLICATE
  }
}

const give = (waiting: Waiting, to: number): void => {
  for (let i = 0; i < to; i++) {
    const exit = waiting.exits[i] as Exit
    if (waiting.ends[i] === RECORD) exit.record(waiting.records[i] as UsageRecord)
    else if (waiting.ends[i] === DUPLICATE) exit.duplicate()
    else exit.part()
  }
}

const shift = (waiting: Waiting): void => {
  waiting.records.copyWithin(0, BLOCK)
  waiting.exits.copyWithin(0, BLOCK)
  waiting.highs.copyWithin(0, BLOCK)
  waiting.lows.copyWithin(0, BLOCK)
  waiting.asked.copyWithin(0, BLOCK)
  waiting.ends.copyWithin(0, BLOCK)
}

/** Puts the hash of an id at a place. @returns whether the record before it has the same one */
const putHash = ({ highs, lows }: Waiting, at: number, scope: IdScope): boolean => {
  highs[at] = (hash[0] as number) ^ scope
  lows[at] = hash[1] as number
  return at > 0 && lows[at - 1] === lows[at] && highs[at - 1] === highs[at]
}

/** Puts a record in the place of the last one if that is of the same call and has less. */
const replace = (waiting: Waiting, last: number, record: UsageRecord, exit: Exit): void => {
  if (isMore(record, waiting.records[last] as UsageRecord)) {
    waiting.records[last] = record
    exit.part()
  } else exit.duplicate()
}

export const recordQueue = (): RecordQueue => {
  const table = idTable()
  const waiting = newWaiting()
  let [count, settled] = [0, 0]
  const push = (record: UsageRecord, exit: Exit, how: number): void => {
    waiting.records[count] = record
    waiting.exits[count] = exit
    waiting.asked[count] = how
    if (++count % BLOCK !== 0) return
    settle(waiting, table, settled, count)
    if (count === SIZE) {
      give(waiting, BLOCK)
      shift(waiting)
    }
    count = settled = BLOCK
  }
  const pushHashed = (record: UsageRecord, exit: Exit, scope: IdScope, how: number): void => {
    const isSame = putHash(waiting, count, scope)
    // In place, so that a stream may have any number of lines.
    if (isSame && how === MOST && waiting.asked[count - 1] === MOST) replace(waiting, count - 1, record, exit)
    else push(record, exit, how)
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
      if (count === 0) exit.record(record)
      else push(record, exit, FREE)
    },
    giveOnce: giveAs(ONCE),
    giveMost: giveAs(MOST),
    flush: () => {
      settle(waiting, table, settled, count)
      give(waiting, count)
      count = settled = 0
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
