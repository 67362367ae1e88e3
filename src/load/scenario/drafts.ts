import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Left } from '../../io.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { bundledVersions, type LoadedBook, readBook } from '../book/book.ts'
import { readOnce } from '../source/read-once.ts'
import { countPriced } from './count-scenario.ts'
import { type Draft, readScenario } from './scenario.ts'

/** Scenarios read, with the book that prices them. */
export interface Drafts {
  readonly priced: LoadedBook
  readonly drafts: readonly Draft[]
  /** What searches for samples did not go into. */
  readonly left: readonly Left[]
  /** Counts each draft's texts for its own model; every fault at once. */
  count(drafts: readonly Draft[]): Promise<Scenario[]>
}

interface DraftOptions {
  /** Settings laid over every scenario. */
  readonly set?: readonly string[]
  /** Books asked for in the call. */
  readonly pricing?: readonly string[]
  /** Whether a scenario without a model is a fault. */
  readonly needsModel?: boolean
  /** Whether scenarios may name any file as their input. */
  readonly allowOutside?: boolean
}

/**
 * Reads scenarios and the book they are priced by: the one asked for, else the scenarios' own, else the newest.
 *
 * @throws {InputError} the faults of every file at once
 */
export const readDrafts = async (
  paths: readonly string[],
  given: Files,
  { set = [], pricing = [], needsModel = true, allowOutside = false }: DraftOptions,
): Promise<Drafts> => {
  const files = { ...given, allowOutside }
  const once = readOnce(files)
  const drafts = await collectAll(paths, path => readScenario(path, { files: once, set, needsModel, pricing }))
  const priced = await pricedBy(drafts, { asked: pricing, files })
  return {
    priced,
    drafts,
    left: drafts.flatMap(draft => draft.left),
    count: given => collectAll(given, draft => countPriced(draft, priced, files)),
  }
}

/** The book asked for, else the one that the scenarios name, with its faults at the key that names it. */
export const pricedBy = async (
  drafts: readonly Draft[],
  { asked, files }: { asked: readonly string[]; files: Files },
): Promise<LoadedBook> => {
  const named = drafts.flatMap(draft => (draft.book === null ? [] : [{ draft, name: draft.book }]))
  // A version that is asked for prices all; a file that one scenario names must not lie over the others' either way.
  if (asked.length === 0 || named.some(({ name }) => /[./\\]/.test(name))) refuseMixed(drafts, named, files)
  try {
    return await readBook(asked, files, [...new Set(named.map(({ name }) => name))])
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const locate = (problem: Problem): Problem => {
      const culprit = named.find(({ name }) => problem.about === name)
      return problem.at === undefined && culprit ? culprit.draft.locate({ ...problem, path: ['pricing'] }) : problem
    }
    throw new InputError(error.problems.map(locate))
  }
}

/**
 * A result has one book: what one scenario names must not price the others.
 *
 * @throws {InputError} MIXED_BOOKS
 */
const refuseMixed = (
  drafts: readonly Draft[],
  named: readonly { readonly draft: Draft; readonly name: string }[],
  files: Files,
): void => {
  const versions = bundledVersions(files)
  const names = new Map(named.map(({ draft, name }) => [draft, name]))
  const books = new Map<string, string>()
  for (const draft of drafts) {
    const name = names.get(draft) ?? versions.at(-1) ?? ''
    if (!books.has(name)) books.set(name, draft.file)
  }
  if (books.size > 1) {
    throw new InputError([problems.mixedBooks([...books].map(([name, file]) => `${name} (${file})`))])
  }
}

/** An item that work on it has failed for, and why. */
export interface Failed<T> {
  readonly item: T
  readonly problems: readonly Problem[]
}

/** Does something with each, and keeps the faults of each apart; the others are done all the same. */
export const settleAll = async <T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<{ done: R[]; failed: Failed<T>[] }> => {
  const done: R[] = []
  const failed: Failed<T>[] = []
  for (const item of items) {
    try {
      done.push(await work(item))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      failed.push({ item, problems: error.problems })
    }
  }
  return { done, failed }
}

/** Does something with each, and gathers the faults of all. */
export const collectAll = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const { done, failed } = await settleAll(items, work)
  if (failed.length > 0) throw new InputError(failed.flatMap(({ problems }) => problems))
  return done
}
