import { InputError, type Problem, type Reason } from './problem.ts'

/** The problems of an `InputError`. Any other error is a bug of ours and is rethrown. */
export const faultsOf = (error: unknown): readonly Problem[] => {
  if (error instanceof InputError) return error.problems
  throw error
}

/** Why a model is left out, from its problems; each reason once. */
export const reasonOf = (faults: readonly Problem[]): Reason => {
  const reasons = faults.map(({ why, what }) => why ?? { why: what })
  const once = (words: readonly string[]): string => [...new Set(words)].join('; ')
  return { why: once(reasons.map(({ why }) => why)), kind: once(reasons.map(({ why, kind = why }) => kind)) }
}

type Change = (problem: Problem) => Problem

const asItIs: Change = problem => problem

/**
 * Runs work and collects the problems that it throws, so that all are reported together.
 *
 * @param change - applied to each problem, such as to add its position
 * @returns the result of the work; `undefined` if it threw
 */
export const collect = <T>(faults: Problem[], work: () => T, change = asItIs): T | undefined => {
  try {
    return work()
  } catch (error) {
    for (const fault of faultsOf(error)) faults.push(change(fault))
    return undefined
  }
}

/** `collect` for asynchronous work. */
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
