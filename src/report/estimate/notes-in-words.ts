import { plural } from '../../model/plural.ts'
import type { ScenarioResult, Warning } from '../../model/result/result.ts'
import { spreads } from './in-words.ts'

interface Noted {
  /** What is assumed, each once or several times. */
  readonly assumptions: readonly string[]
  readonly texts?: readonly string[]
  readonly warnings: readonly Warning[]
}

/** The line that counts what a report leaves to `--explain`; empty if it leaves nothing. */
export const countedNotes = ({ assumptions, texts = [], warnings }: Noted): string[] => {
  const parts = [
    ...count(new Set(assumptions).size, 'assumption'),
    ...count(new Set(texts).size, 'counted text'),
    ...count(warnings.length, 'warning'),
  ]
  return parts.length === 0 ? [] : [`${parts.join(', ')}; --explain shows them.`]
}

const count = (number: number, what: string): string[] => (number === 0 ? [] : [plural(number, what)])

/** The same of scenarios. */
export const notesOf = (scenarios: readonly ScenarioResult[], warnings: readonly Warning[]): string[] =>
  countedNotes({
    assumptions: scenarios.flatMap(({ assumptions }) => assumptions.map(({ what }) => what)),
    texts: scenarios.flatMap(spreads),
    warnings,
  })
