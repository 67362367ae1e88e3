import { span } from '../cost/rates/price-at.ts'
import type { Price } from '../model/book/book.ts'

/**
 * Lays rows over those below, each inside its own dates, later ones winning; what is below is cut, not changed. Of rows
 * below that hold at once the first is kept, which is the one that prices. Each stretch of time is assigned once, to
 * the last row that covers it, so a history of thousands of rows takes no longer than sorting it.
 *
 * @returns rows in the order of time, none holding while another does
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
    // The row that holds the neighbouring time cuts this one there.
    const [before, after] = [rows[owners[start - 1] ?? NOBODY], rows[owners[end] ?? NOBODY]]
    return {
      ...row,
      from: dates[start] === from ? row.from : (before?.row.to ?? row.from),
      to: dates[end] === to ? row.to : after?.row.from,
    }
  })
}

const NOBODY = -1

/** Keeps track of which places from 0 to count − 1 are still free. */
const freeFrom = (count: number) => {
  // Each place that is taken points to one further on; paths are shortened as they are followed.
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

/** Runs of neighbouring places with the same owner. `end` is the first place after the run. */
const stretchesOf = (owners: readonly number[]): { owner: number; start: number; end: number }[] => {
  const found: { owner: number; start: number; end: number }[] = []
  for (const [i, owner] of owners.entries()) {
    const last = found.at(-1)
    if (last?.end === i && last.owner === owner) last.end = i + 1
    else if (owner !== NOBODY) found.push({ owner, start: i, end: i + 1 })
  }
  return found
}
