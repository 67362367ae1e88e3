import { STANDARD } from '../../cost/rates/served-row.ts'
import { span } from '../../cost/rates/span.ts'
import { at, type Problem } from '../../errors/index.ts'
import type { Price } from '../../model/book/book.ts'
import { parseInstant } from '../../model/instant.ts'
import { lintProblems } from './lint-problems.ts'

type Path = readonly (string | number)[]

/** Checks the days that a row states besides its own, and that each of its services holds at some time. */
export const lintDates = (row: Price, path: Path): Problem[] => {
  const { from, to } = span(row)
  // An empty row is reported as such.
  if (to <= from) return []
  const { seen, until_at_least: until } = row
  const found: Problem[] = []
  if (seen !== undefined && msOf(seen) > to) found.push(at([...path, 'seen'], lintProblems.seenLate(row.to ?? '')))
  if (until !== undefined && (msOf(until) <= from || msOf(until) > to)) {
    found.push(at([...path, 'until_at_least'], lintProblems.untilOutside(row)))
  }
  return [...found, ...lintServices(row, [...path, 'services'])]
}

const msOf = (moment: string): number => parseInstant(moment) ?? Number.NaN

const lintServices = (row: Price, path: Path): Problem[] =>
  Object.entries(row.services ?? {}).flatMap(([name, given]) => {
    if (name === STANDARD) return [at([...path, name], lintProblems.standardService())]
    const whole = span(row)
    return [given].flat().flatMap((entry, i) => {
      const { from, to } = span(entry)
      if (to <= from || (from < whole.to && whole.from < to)) return []
      const here = [...path, name, ...(Array.isArray(given) ? [i] : []), from < whole.to ? 'to' : 'from']
      return [at(here, lintProblems.serviceOutside(row))]
    })
  })
