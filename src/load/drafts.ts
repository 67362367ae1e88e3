import { dirname, isAbsolute, join } from 'node:path'
import { InputError, type Problem } from '../errors.ts'
import type { Files } from '../io.ts'
import type { Scenario } from '../model/scenario.ts'
import { bundledVersions, type LoadedBook, missingModel, readBook } from './book.ts'
import { countScenario, type Draft, readScenario } from './scenario.ts'

/** Scenarios read, with the book that prices them. */
export interface Drafts {
  readonly priced: LoadedBook
  readonly drafts: readonly Draft[]
  /** Counts each draft's texts for its own model; every fault at once. */
  count(drafts: readonly Draft[]): Promise<Scenario[]>
}

/**
 * Reads scenarios and the book they are priced by: the one asked for, else the scenarios' own, else the newest.
 *
 * @throws {InputError} the faults of every file at once
 */
export const readDrafts = async (
  paths: readonly string[],
  files: Files,
  { set = [], pricing = [] }: { set?: readonly string[]; pricing?: readonly string[] },
): Promise<Drafts> => {
  const drafts = await all(paths, path => readScenario(path, { files, set }))
  const priced = await readBook(bookNames(drafts, pricing, bundledVersions(files)), files)
  return {
    priced,
    drafts,
    count: given =>
      all(given, async draft => {
        const { model } = draft.written
        const missing = model === undefined ? null : missingModel(priced, model, files, ['model'])
        if (missing) throw new InputError([draft.locate(missing)])
        return countScenario(draft, priced.book)
      }),
  }
}

/** Runs the core, and gives the faults it finds in a scenario their place in its file. */
export const located = <T>(drafts: readonly Draft[], work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(
      error.problems.map(problem => drafts.find(({ file }) => file === problem.at)?.locate(problem) ?? problem),
    )
  }
}

/** A flag that names a bundled book replaces the scenarios' own; a file of the user's lies over it. */
const bookNames = (drafts: readonly Draft[], asked: readonly string[], versions: readonly string[]): string[] => {
  if (asked.some(name => versions.includes(name))) return [...asked]
  const own = drafts.flatMap(({ written: { pricing }, file }) => {
    if (pricing === undefined) return []
    return versions.includes(pricing) || isAbsolute(pricing) || !/[./\\]/.test(pricing)
      ? [pricing]
      : [join(dirname(file), pricing)]
  })
  return [...new Set(own), ...asked]
}

/** Does something with each, and gathers the faults of all. */
export const all = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const done: R[] = []
  const faults: Problem[] = []
  for (const item of items) {
    try {
      done.push(await work(item))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems)
    }
  }
  if (faults.length > 0) throw new InputError(faults)
  return done
}
