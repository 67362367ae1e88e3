import type { Problem } from '../errors/index.ts'
import { gathered } from '../model/gathered.ts'
import type { SweptKey } from '../model/result/sweep.ts'

/** What is wrong with the scenario of one cell. */
export interface FaultyCell {
  readonly values: readonly string[]
  readonly faults: readonly Problem[]
}

const MOST_NAMED = 3

/**
 * The problems of all cells, each once, in the order of the first cell that has it. One that not every cell has, and
 * that does not lie in a value itself, names the values that have it.
 *
 * @param count - cells of the sweep
 */
export const mergeFaults = (cells: readonly FaultyCell[], keys: readonly SweptKey[], count: number): Problem[] => {
  const groups = gathered(
    cells.flatMap(cell =>
      cell.faults.map(
        problem => [JSON.stringify([problem.code, problem.what, problem.at]), { problem, cell }] as const,
      ),
    ),
  )
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (!first) return []
    const { problem } = first
    if (group.length >= count || problem.at?.startsWith('--vary ')) return [problem]
    return [
      {
        ...problem,
        what: `${problem.what} (${named(
          group.map(({ cell }) => cell.values),
          keys,
        )})`,
      },
    ]
  })
}

/** Cells by the values that they have in common, or the first few. @example with request.output=100, 200 */
const named = (cells: readonly (readonly string[])[], keys: readonly SweptKey[]): string => {
  const found = keys.map((_, i) => [...new Set(cells.map(values => values[i] ?? ''))])
  const isProduct = found.reduce((product, values) => product * values.length, 1) === cells.length
  const told = isProduct
    ? keys.flatMap(({ key, values }, i) => {
        const own = found[i] ?? []
        return own.length === values.length ? [] : [`${key}=${few(own)}`]
      })
    : [few(cells.map(values => keys.map(({ key }, i) => `${key}=${values[i]}`).join(' ')))]
  return `with ${told.join(' and ')}`
}

const few = (items: readonly string[]): string => {
  const more = items.length - MOST_NAMED
  return `${items.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
