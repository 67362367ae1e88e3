import { span } from '../cost/rates/span.ts'
import type { Price } from '../model/book/book.ts'

/**
 * Layers rows over those below, each within its own dates; later ones win, and rows below are cut but not changed. If
 * rows below overlap, the first is kept, as it sets the price. Each period is assigned once, to the last row that
 * covers it, so a history of thousands of rows takes no longer than sorting it.
 *
 * @returns rows in chronological order, without overlaps
 */
export const layRows = (below: readonly Price[], own: readonly Price[]): Price[] => {
  const rows = [...below.toReversed(), ...own].map(row => ({ row, ...span(row) }))
  const dates = [...new Set(rows.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const indexOf = new Map(dates.map((date, i) => [date, i]))
  const owners = Array<number>(dates.length).fill(NOBODY)
  const free = freeFrom(dates.length)
  for (let r = rows.length - 1; r >= 0; r--) {
    const { from, to } = rows[r] ?? { from: 0, to: 0 }
    const end = indexOf.get(to) ?? 0
    for (let at = free.from(indexOf.get(from) ?? 0); at < end; at = free.from(at)) {
      owners[at] = r
      free.take(at)
    }
  }
  return stretchesOf(owners).map(({ owner, start, end }): Price => {
    const { row, from, to } = rows[owner] ?? { row: undefined, from: 0, to: 0 }
    if (!row) throw new Error('every stretch has a row')
    if (dates[start] === from && dates[end] === to) return row
    // The row is cut where a neighbouring row takes over.
    const [before, after] = [rows[owners[start - 1] ?? NOBODY], rows[owners[end] ?? NOBODY]]
    return cutRow(row, {
      from: dates[start] === from ? row.from : (before?.row.to ?? row.from),
      to: dates[end] === to ? row.to : after?.row.from,
    })
  })
}

/** A row within other dates; an open row that is given an end is marked, as its own source leaves it open. */
export const cutRow = (row: Price, dates: Pick<Price, 'from' | 'to'>): Price => ({
  ...row,
  ...dates,
  ...(row.to == null && dates.to != null ? { cut: true as const } : {}),
})

const NOBODY = -1

/** Tracks which indices from 0 to count − 1 are still free. */
const freeFrom = (count: number) => {
  // Union-find: each index that is taken points to a later one, and paths are shortened when followed.
  const next = Array.from({ length: count + 1 }, (_, i) => i)
  const from = (place: number): number => {
    let at = place
    while ((next[at] ?? at) !== at) {
      const beyond = next[at] ?? at
      next[at] = next[beyond] ?? beyond
      at = beyond
    }
    return at
  }
  const take = (place: number): void => {
    next[place] = place + 1
  }
  return { from, take }
}

/** Runs of adjacent indices with the same owner; `end` is exclusive. */
const stretchesOf = (owners: readonly number[]): { owner: number; start: number; end: number }[] => {
  const found: { owner: number; start: number; end: number }[] = []
  for (const [i, owner] of owners.entries()) {
    const last = found.at(-1)
    if (last?.end === i && last.owner === owner) last.end = i + 1
    else if (owner !== NOBODY) found.push({ owner, start: i, end: i + 1 })
  }
  return found
}
