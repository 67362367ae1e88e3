import { type Fields, fieldsAt, isFields } from '../reading/fields.ts'
import type { Shape } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import type { FileReading } from './tally.ts'

/** Pages of an API's answers, of which a run may lack the last ones. */
export interface Pages {
  see(page: Fields, elements: readonly unknown[], reading: FileReading): void
  /** Tells the file of the last page of each shape if others follow it. */
  end(): void
}

interface Last {
  readonly rank: number
  readonly hasMore: boolean
  readonly reading: FileReading
}

/** @param shapeOf - the shape of an element; `undefined`: none */
export const openPages = (shapeOf: (element: Fields) => Shape | undefined): Pages => {
  const last = new Map<Shape, Last>()
  let seen = 0
  return {
    see: (page, [first], reading) => {
      seen++
      const hasMore = saysMore(page)
      if (!isFields(first)) {
        // The last page may have nothing more to tell.
        if (!hasMore) last.clear()
        return
      }
      const shape = shapeOf(first)
      if (!shape) return
      const rank = rankOf(page, first) ?? seen
      if (rank >= (last.get(shape)?.rank ?? Number.NEGATIVE_INFINITY)) last.set(shape, { rank, hasMore, reading })
    },
    end: () => {
      for (const { hasMore, reading } of last.values()) if (hasMore) reading.lacksPages = true
    },
  }
}

/** Whether a page says that others follow: `has_more`, the token of the next, or a number of so many. */
const saysMore = (page: Fields): boolean => {
  const { has_more: hasMore, next_page: next } = page
  const { number, total } = numbersOf(page)
  return hasMore === true || (typeof next === 'string' && next !== '') || (number !== null && number < (total ?? 0))
}

const numbersOf = (page: Fields): { number: number | null; total: number | null } => {
  const { page: number = fieldsAt(page, 'meta')['page'], total_pages: total = fieldsAt(page, 'meta')['totalPages'] } =
    page
  return { number: typeof number === 'number' ? number : null, total: typeof total === 'number' ? total : null }
}

/** By what pages come after each other, in whichever order they are read: their number, else the time of their buckets. */
const rankOf = (page: Fields, { start_time: start, starting_at: starting }: Fields): number | null => {
  const { number } = numbersOf(page)
  if (number !== null) return number
  const written = start ?? starting
  try {
    return instantOf(written)
  } catch {
    return null
  }
}
