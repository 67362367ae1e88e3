import { type Cell, type CellAt, countIn } from '../reading/cell.ts'
import { type Fields, fieldsAt } from '../reading/fields.ts'

/** One count, wherever a usage tells it. */
export interface Told {
  readonly cells: readonly Cell[]
  /** Where no cell has it: `null` if a place for it is null, as it is unknown then, else 0. */
  readonly otherwise: 0 | null
}

/** What usages in the form of OpenAI tell of the cache in the prompt, in OpenAI's names and in those of gateways. */
export interface CacheCells {
  readonly read: Told
  readonly write: Told
  /** Writes by lifetime. */
  readonly long: readonly Cell[]
  readonly short: readonly Cell[]
}

/**
 * Finds what a call's usages tell of the cache.
 *
 * @param usages - objects that tell of one call; each count may stand in any of them
 * @param details - name of the object in them that splits the prompt
 */
export const planCache = (usages: readonly Fields[], at: CellAt, details: string): CacheCells => {
  const inner = usages.map(usage => fieldsAt(usage, details))
  const split = inner.map(one => fieldsAt(one, 'cache_creation_token_details'))
  for (const usage of usages) split.push(fieldsAt(usage, 'cache_creation'))
  const isUnknown = usages.some(usage => at(usage, details)?.kind === 'null')
  const told = (outer: readonly string[], within: readonly string[]): Told => {
    const cells = cellsAt(usages, at, outer).concat(cellsAt(inner, at, within))
    const known = cells.filter(({ kind }) => kind !== 'null')
    return { cells: known, otherwise: isUnknown || known.length < cells.length ? null : 0 }
  }
  return {
    read: told(['cache_read_input_tokens', 'prompt_cache_hit_tokens'], ['cached_tokens']),
    write: told(['cache_creation_input_tokens'], ['cache_write_tokens', 'cache_creation_tokens']),
    long: cellsAt(split, at, ['ephemeral_1h_input_tokens']),
    short: cellsAt(split, at, ['ephemeral_5m_input_tokens']),
  }
}

const cellsAt = (all: readonly Fields[], at: CellAt, keys: readonly string[]): Cell[] => {
  const cells: Cell[] = []
  for (const fields of all) {
    for (const key of keys) {
      const cell = at(fields, key)
      if (cell !== null) cells.push(cell)
    }
  }
  return cells
}

/** The largest count of some cells, as gateways write 0 where they do not know; 0: none. @throws {BadRecord} */
export const mostIn = (cells: readonly Cell[]): number => {
  let most = 0
  for (let i = 0; i < cells.length; i++) most = Math.max(most, countIn(cells[i] ?? null) ?? 0)
  return most
}

/** @throws {BadRecord} */
export const toldIn = ({ cells, otherwise }: Told): number | null => (cells.length > 0 ? mostIn(cells) : otherwise)

/** Writes of any lifetime, and those of an hour. A sum that is 0 or untold is that of its parts. @throws {BadRecord} */
export const writesIn = (cache: CacheCells): { write: number | null; write1h: number } => {
  const write1h = mostIn(cache.long)
  const sum = toldIn(cache.write)
  const parts = write1h + mostIn(cache.short)
  return { write: sum || (parts > 0 ? parts : sum), write1h }
}
