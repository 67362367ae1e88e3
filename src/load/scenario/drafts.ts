import { faultsOf, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Left } from '../../io.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { bundledVersions, readBook } from '../book/book.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { type ConfigOptions, configBook, configSettings, readConfigured } from '../book/open-book.ts'
import { readOnce } from '../source/read-once.ts'
import { countPriced } from './count-scenario.ts'
import { modelNamesIn } from './name-faults.ts'
import { type Draft, readScenario } from './scenario.ts'

/** Scenarios and the book that prices them. */
export interface Drafts {
  readonly priced: LoadedBook
  readonly drafts: readonly Draft[]
  /** Paths skipped when searching for samples. */
  readonly left: readonly Left[]
  /** Counts each draft's texts for its own model; throws every problem at once. */
  count(drafts: readonly Draft[]): Promise<Scenario[]>
}

export interface DraftOptions {
  /** Overrides (`--set`) for every scenario. */
  readonly set?: readonly string[]
  /** Books from the command line. */
  readonly pricing?: readonly string[]
  /** Whether every scenario must name a model. */
  readonly needsModel?: boolean
  /** Whether scenarios may name files outside their repository. */
  readonly allowOutside?: boolean
  /** Models named by flags; `null`: all of the catalogue too. */
  readonly names?: readonly string[] | null
}

/**
 * Reads scenarios and the book that prices them: the requested one, else the scenarios' own, else the newest.
 *
 * @throws {InputError} the problems of every file at once
 */
export const readDrafts = async (
  paths: readonly string[],
  given: Files,
  { set = [], pricing = [], needsModel = true, allowOutside = false, names = [] }: DraftOptions,
): Promise<Drafts> => {
  const files = { ...given, allowOutside }
  const once = readOnce(files)
  const under = await configSettings(files)
  const drafts = await collectAll(paths, path => readScenario(path, { files: once, set, under, needsModel, pricing }))
  const priced = await pricedBy(drafts, { asked: pricing, files, names })
  return {
    priced,
    drafts,
    left: drafts.flatMap(draft => draft.left),
    count: given => collectAll(given, draft => countPriced(draft, priced, files)),
  }
}

interface PricedOptions extends ConfigOptions {
  /** Books from the command line. */
  readonly asked: readonly string[]
  readonly files: Files
  /** Models that are named beside those in the scenarios; `null`: all of the catalogue too. */
  readonly names?: readonly string[] | null | undefined
}

/**
 * Loads the requested book, else the one that the scenarios name, else the configuration's, with its problems at the key
 * that names it.
 */
export const pricedBy = async (
  drafts: readonly Draft[],
  { asked, files, names = [], ...config }: PricedOptions,
): Promise<LoadedBook> => {
  const named = drafts.flatMap(draft => (draft.book === null ? [] : [{ draft, name: draft.book }]))
  const configured = drafts.length > 0 && named.length === drafts.length ? null : await configBook(asked, files, config)
  // A requested version applies to all scenarios, but a file that only some of them name must not price the others.
  if (asked.length === 0 || named.some(({ name }) => /[./\\]/.test(name))) {
    refuseMixed(drafts, named, configured?.name ?? bundledVersions(files).at(-1) ?? '')
  }
  const own = [...new Set(named.map(({ name }) => name))]
  const wanted = names && [...names, ...drafts.flatMap(({ written }) => modelNamesIn(written))]
  try {
    return configured
      ? await readConfigured(asked, files, { configured, own, names: wanted })
      : await readBook(asked, files, { own, names: wanted })
  } catch (error) {
    const locate = (problem: Problem): Problem => {
      const culprit = named.find(({ name }) => problem.about === name)
      return problem.at === undefined && culprit ? culprit.draft.locate({ ...problem, path: ['pricing'] }) : problem
    }
    throw new InputError(faultsOf(error).map(locate))
  }
}

/**
 * A result has one price book, so a book named by one scenario must not price the others.
 *
 * @param unnamed - the book of scenarios that name none
 * @throws {InputError} MIXED_BOOKS
 */
const refuseMixed = (
  drafts: readonly Draft[],
  named: readonly { readonly draft: Draft; readonly name: string }[],
  unnamed: string,
): void => {
  const names = new Map(named.map(({ draft, name }) => [draft, name]))
  const books = new Map<string, string>()
  for (const draft of drafts) {
    const name = names.get(draft) ?? unnamed
    if (!books.has(name)) books.set(name, draft.file)
  }
  if (books.size > 1) {
    throw new InputError([problems.mixedBooks([...books].map(([name, file]) => `${name} (${file})`))])
  }
}

/** An item whose processing failed, and why. */
export interface Failed<T> {
  readonly item: T
  readonly problems: readonly Problem[]
}

/** Processes every item and collects problems per item; a failure does not stop the rest. */
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
      failed.push({ item, problems: faultsOf(error) })
    }
  }
  return { done, failed }
}

/** Processes every item. @throws {InputError} the problems of all items that failed */
export const collectAll = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const { done, failed } = await settleAll(items, work)
  if (failed.length > 0) throw new InputError(failed.flatMap(({ problems }) => problems))
  return done
}
