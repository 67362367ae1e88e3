import { InputError, type Problem } from '../src/errors/index.ts'

/** What is wrong with an input, as some work says it; none if it ends. */
export const faultsOf = (work: () => unknown): readonly Problem[] => {
  try {
    work()
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
  return []
}
