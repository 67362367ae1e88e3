import { faultsOf, InputError, type Problem } from '../../errors/index.ts'
import type { Left } from '../../io.ts'
import type { Fault } from '../../model/result/check.ts'
import type { Warning } from '../../model/result/result.ts'
import { leftWarnings } from '../files/left-warnings.ts'
import type { Draft } from './scenario.ts'

type Placed = Pick<Draft, 'file' | 'placeOf'>

/** The answer of the core, which knows scenarios and keys but not lines or folders. */
interface Answer {
  readonly warnings: readonly Warning[]
  readonly scenarios: readonly { readonly warnings: readonly Warning[] }[]
  readonly check?: { readonly faults: readonly Fault[] } | undefined
}

/**
 * Runs the core and adds file positions to the problems that it throws and to the warnings and problems in its answer.
 * The only step after pricing that knows files, and the last before the answer is rendered.
 *
 * @param left - paths skipped by searches, which become warnings
 * @throws {InputError} the problems that the core throws, located
 */
export const placeAnswer = <T extends Answer>(
  drafts: readonly Placed[],
  work: () => T,
  left: readonly Left[] = [],
): T => {
  const byFile = new Map(drafts.toReversed().map(draft => [draft.file, draft]))
  const place = (file: string | null | undefined, path: readonly (string | number)[]): string | undefined =>
    byFile.get(file ?? '')?.placeOf(path).at
  const placeWarning = (warning: Warning): Warning =>
    warning.path === undefined
      ? warning
      : { ...warning, at: place(warning.scenario, warning.path.split('.')) ?? warning.at }
  const placeFault = (fault: Fault): Fault =>
    fault.at === null ? { ...fault, at: place(fault.file, fault.path.split('.')) ?? null } : fault
  const answer = placeProblems(work, byFile)
  return {
    ...answer,
    warnings: [...leftWarnings(left), ...answer.warnings.map(placeWarning)],
    scenarios: answer.scenarios.map(one => ({ ...one, warnings: one.warnings.map(placeWarning) })),
    ...(answer.check ? { check: { ...answer.check, faults: answer.check.faults.map(placeFault) } } : {}),
  }
}

const placeProblems = <T>(work: () => T, byFile: ReadonlyMap<string, Placed>): T => {
  try {
    return work()
  } catch (error) {
    const placed = (problem: Problem): Problem => {
      const draft = byFile.get(problem.scenario ?? '')
      return draft ? { ...problem, ...draft.placeOf(problem.path ?? []) } : problem
    }
    throw new InputError(faultsOf(error).map(placed))
  }
}
