import { basename } from 'node:path'
import type { Side } from '../../cost/diff/diff.ts'
import { findTwin } from '../../cost/diff/pair-scenarios.ts'
import type { HeadPlaced } from '../../cost/diff/placed.ts'
import { countedByModel, servedAs, servedModels } from '../../cost/workload/serving.ts'
import { collect, collectLater, faultsOf, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Io, Left } from '../../io.ts'
import { entryOf } from '../../model/entry-of.ts'
import type { Result } from '../../model/result/result.ts'
import type { Counted } from '../../model/scenario/counted.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { CountedBy, LoadedBook } from '../book/loaded-book.ts'
import { expandScenarios } from '../files/scenario-files.ts'
import { openRevision, type Revision } from '../git/revision.ts'
import { readConfig, readSettings } from '../source/read-config.ts'
import { readOnce } from '../source/read-once.ts'
import { parseSource } from '../source/source.ts'
import { countPriced } from './count-scenario.ts'
import { countWorkload } from './count-workload.ts'
import { type Failed, pricedBy, settleAll } from './drafts.ts'
import { type Draft, readScenario } from './scenario.ts'

/** A scenario whose files are available, so that it can be counted for another model too. */
export interface ReadPlaced extends HeadPlaced {
  readonly draft: Draft
}

/** Scenarios read from files, and those that could not be read. */
export interface ReadSide extends Side<ReadPlaced> {
  readonly priced: LoadedBook
  readonly failed: readonly Failed<string>[]
  /** Paths skipped by searches. */
  readonly left: readonly Left[]
}

export interface ReadOptions {
  /** Price books and files from the command line; files are looked up in the commit first. */
  readonly pricing?: readonly string[]
  /** The configuration given on the command line; default: the one found. */
  readonly config?: string | undefined
  /** Models that are priced beside those of the scenarios. */
  readonly names?: readonly string[]
  /** Overrides (`--set`) for every scenario. */
  readonly set?: readonly string[]
  /** Date or instant to price at, overriding the scenarios' own. */
  readonly at?: string | undefined
  /** Whether scenarios may name files outside their repository. */
  readonly allowOutside?: boolean
  /** Today's date, for scenarios without a date. */
  readonly today: string
  /** Further models to count a scenario's texts for, with the book that has them. */
  readonly alsoFor?: (draft: Draft) => { readonly models: readonly string[]; readonly priced: CountedBy } | undefined
  /** The parser; a caching one if several sides are read. */
  readonly parse?: typeof parseSource
  /** Called before each scenario with the number done and the total. */
  readonly progress?: (done: number, all: number) => void
}

/**
 * Reads scenarios from files, one after another. A scenario that fails does not keep the others from being read.
 *
 * @param paths - scenario files
 * @throws {InputError} problems in the price books, without which nothing can be priced
 */
export const readSide = async (
  { name, commit, files: given }: { readonly name: string; readonly commit: string | null; readonly files: Files },
  paths: readonly string[],
  { pricing = [], set = [], at, today, alsoFor, parse = parseSource, progress, ...options }: ReadOptions,
): Promise<ReadSide> => {
  const { allowOutside = false, config, names } = options
  const files = { ...given, allowOutside }
  const once = readOnce(files)
  const under = readSettings(files, { config, lenient: commit !== null })
  const read = await settleAll(paths, path => readScenario(path, { files: once, set, under, parse, pricing }))
  const priced = await pricedBy(read.done, { asked: pricing, files, names, config, lenient: commit !== null })
  let count = 0
  const counted = await settleAll(read.done, async draft => {
    progress?.(count++, read.done.length)
    const scenario = await countPriced(draft, priced, files)
    const counted = await recount(draft, scenario, { files, other: alsoFor?.(draft) })
    const as: HeadPlaced['servedAs'] = base => servedAs(scenario, base, counted)
    return { scenario, at: at ?? draft.written.at ?? today, draft, servedAs: as }
  })
  return {
    name,
    commit,
    priced,
    scenarios: counted.done,
    left: read.done.flatMap(draft => draft.left),
    failed: [...read.failed, ...counted.failed.map(({ item, problems: own }) => ({ item: item.file, problems: own }))],
  }
}

/** Counts the scenario's texts for other models; leaves out models for which they cannot be counted. */
const recount = async (
  draft: Draft,
  scenario: Scenario,
  { files, other }: { readonly files: Files; readonly other: ReturnType<NonNullable<ReadOptions['alsoFor']>> },
): Promise<Record<string, Counted>> => {
  const counted = new Map<string, Counted>()
  if (other === undefined || !countedByModel(scenario)) return {}
  for (const name of other.models.filter(one => one !== scenario.model && !entryOf(scenario.counted ?? {}, one))) {
    // If the texts cannot be counted for that model, its cost is unknown.
    const found = await collectLater([], () => countWorkload(draft, name, { priced: other.priced, files }))
    if (found) counted.set(name, found)
  }
  return Object.fromEntries(counted)
}

/** The models that served a scenario on the base, so that its texts can be counted for them too. */
export const modelsOn =
  (
    { scenarios, priced }: Pick<Side, 'scenarios'> & { readonly priced: CountedBy },
    placeOf = (file: string): string => file,
  ): NonNullable<ReadOptions['alsoFor']> =>
  ({ file, written: { name } }) => {
    const alone = scenarios.length === 1 ? scenarios[0] : undefined
    const twin = findTwin(scenarios, { name, file: placeOf(file) }) ?? alone
    return twin && { models: servedModels(twin.scenario), priced }
  }

/** Scenario files, folders and globs, from the command line or a configuration. */
export interface ScenarioNames {
  readonly names: readonly string[]
  /** The configuration that names them; `null`: the command line. */
  readonly config: string | null
  /** The files that they currently resolve to, if known. */
  readonly found?: readonly string[]
}

/** The names in the configuration on this side; none if it does not exist there or is invalid. */
const configured = (config: string | null, files: Files): readonly string[] => {
  if (config === null || files.kind(config) !== 'file') return []
  return collect([], () => readConfig(config, files))?.scenarios ?? []
}

/** The files of a commit; those named on the command line that it lacks are read from the disk. */
const filesAt = (ref: string, io: Io, asked: readonly string[]): Revision => {
  const { files, ...revision } = openRevision(ref, io)
  const read: Files['read'] = (path, limit) => {
    try {
      return files.read(path, limit)
    } catch (error) {
      if (!asked.includes(path) || !(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      return io.read(path, limit)
    }
  }
  // No commit contains a .git, so the boundary for named files is found on the disk, for both sides.
  const kind: Files['kind'] = path => (basename(path) === '.git' ? io.kind(path) : files.kind(path))
  return { ...revision, files: { ...files, read, kind } }
}

/**
 * Reads scenarios as of a commit. Scenarios that the commit does not have are new and left out.
 *
 * @param names - scenario files, folders and globs; if they come from a configuration, the names in the commit's
 *   configuration are added, as a folder may have been moved together with its entry
 * @throws {InputError} NO_GIT, NO_REVISION
 */
export const readRevision = async (
  ref: string,
  { names, config, found = [] }: ScenarioNames,
  { io, ...options }: ReadOptions & { readonly io: Io },
): Promise<ReadSide> => {
  const name = `git:${ref}`
  const { allowOutside = false } = options
  const at = filesAt(ref, io, options.pricing ?? [])
  const { commit, isInside, isInModule } = at
  const files = { ...at.files, allowOutside }
  const { paths, left } = await expandScenarios([...new Set([...names, ...configured(config, files)])], files)
  // Git has no history for paths outside the repository: they count as absent, not as what is on the disk now.
  const there = paths.filter(path => path !== '-' && isInside(path) && files.kind(path) !== null)
  // Files in a submodule have a history that is not available here: reading them fails, so they do not count as new.
  const hidden = found.filter(path => path !== '-' && isInModule(path) && !there.includes(path))
  try {
    const side = located(name, await readSide({ name, commit, files }, [...there, ...hidden], options))
    return { ...side, left: [...left, ...side.left] }
  } catch (error) {
    throw new InputError(faultsOf(error).map(problem => atRevision(name, problem)))
  }
}

const atRevision = (name: string, problem: Problem): Problem =>
  problem.at === undefined
    ? { ...problem, what: `at ${name}, ${problem.what}` }
    : { ...problem, at: `${name}:${problem.at}` }

const located = (name: string, side: ReadSide): ReadSide => ({
  ...side,
  failed: side.failed.map(({ item, problems: own }) => ({ item, problems: own.map(one => atRevision(name, one)) })),
})

/** A saved result as a side. Its texts are not available, so they cannot be counted for another model. */
export const resultSide = (name: string, { scenarios, pricing, prices }: Result): Side<HeadPlaced> => ({
  name,
  commit: null,
  priced: { book: { ...prices, version: pricing.version }, hash: pricing.hash },
  scenarios: scenarios.map(({ input, at }) => {
    return { scenario: input, at, servedAs: base => servedAs(input, base) }
  }),
})

/** Where a side comes from: a commit, the working tree or a saved result. */
export type SideName =
  | { readonly kind: 'git'; readonly ref: string }
  | { readonly kind: 'tree' }
  | { readonly kind: 'file'; readonly path: string }

/** Parses `git:REF`, `.` or a path. @throws {InputError} USAGE for `git:` without a ref */
export const parseSide = (written: string): SideName => {
  if (written === '')
    throw new InputError([problems.usage('there is no name to compare with', 'write git:main, or a file')])
  if (written === '.') return { kind: 'tree' }
  if (!written.startsWith('git:')) return { kind: 'file', path: written }
  const ref = written.slice('git:'.length)
  if (ref === '') throw new InputError([problems.usage('git: needs a branch, tag or commit', 'write git:main')])
  return { kind: 'git', ref }
}
