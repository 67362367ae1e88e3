import { InputError, type Problem, type Reason } from './problem.ts'

/** The faults of the user's that were thrown. Whatever else it is, is ours, and is thrown on. */
export const faultsOf = (error: unknown): readonly Problem[] => {
  if (error instanceof InputError) return error.problems
  throw error
}

/** Why one model is left out, by the faults that it has; each reason once. */
export const reasonOf = (faults: readonly Problem[]): Reason => {
  const reasons = faults.map(({ why, what }) => why ?? { why: what })
  const once = (words: readonly string[]): string => [...new Set(words)].join('; ')
  return { why: once(reasons.map(({ why }) => why)), kind: once(reasons.map(({ why, kind = why }) => kind)) }
}

type Change = (problem: Problem) => Problem

const asItIs: Change = problem => problem

/**
 * Runs work, and adds the faults that it throws to those collected, so that all are told at once.
 *
 * @param change - gives each its place, where the work does not know it
 * @returns what the work made; `undefined` where it threw
 */
export const collect = <T>(faults: Problem[], work: () => T, change = asItIs): T | undefined => {
  try {
    return work()
  } catch (error) {
    for (const fault of faultsOf(error)) faults.push(change(fault))
    return undefined
  }
}

/** The same for work that takes its time. */
export const collectLater = async <T>(
  faults: Problem[],
  work: () => Promise<T>,
  change = asItIs,
): Promise<T | undefined> => {
  try {
    return await work()
  } catch (error) {
    for (const fault of faultsOf(error)) faults.push(change(fault))
    return undefined
  }
}
