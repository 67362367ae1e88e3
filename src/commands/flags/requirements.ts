import { InputError, problems } from '../../errors/index.ts'
import { FACTS } from '../../model/book/choices.ts'
import { nearest } from '../../model/nearest.ts'
import type { Requirement } from '../../plan/requirements.ts'
import { namesOf } from './names.ts'

export const REQUIRE_TEXT = `keep only models of which these hold, or do once you switch them on: ${FACTS.join(', ')}`

/** The facts of `--require`, in the order of the book's. @throws {InputError} USAGE for every unknown one, or none */
export const requirements = (given?: string): Requirement[] => {
  const names = namesOf(given, { flag: '--require', what: 'fact', such: FACTS.slice(0, 2).join(',') }) ?? []
  const known: readonly string[] = FACTS
  const faults = names.flatMap(name => {
    if (known.includes(name)) return []
    const [near] = nearest(name, FACTS)
    return [
      problems.usage(`--require has no fact "${name}"`, near ? `did you mean ${near}?` : `use ${FACTS.join(', ')}`),
    ]
  })
  if (faults.length > 0) throw new InputError(faults)
  return FACTS.filter(fact => names.includes(fact))
}
