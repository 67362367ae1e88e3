import { basename } from 'node:path'
import type { HeadPlaced, Side } from '../../cost/diff/diff.ts'
import { servedAs } from '../../cost/workload/serving.ts'
import { collect, collectLater, faultsOf, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Io, Left } from '../../io.ts'
import type { Book } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import type { Result } from '../../model/result/result.ts'
import type { Counted } from '../../model/scenario/counted.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { expandScenarios } from '../files/scenario-files.ts'
import { openRevision, type Revision } from '../git/revision.ts'
import { readOnce } from '../source/read-once.ts'
import { parseSource } from '../source/source.ts'
import { readConfig } from './config.ts'
import { countPriced } from './count-scenario.ts'
import { countWorkload } from './count-workload.ts'
import { type Failed, pricedBy, settleAll } from './drafts.ts'
import { type Draft, readScenario } from './scenario.ts'

/** A scenario of files at hand: it can be counted for another model as well. */
export interface ReadPlaced extends HeadPlaced {
  readonly draft: Draft
}

/** Scenarios read from files, and those that could not be. */
export interface ReadSide extends Side<ReadPlaced> {
  readonly priced: LoadedBook
  readonly failed: readonly Failed<string>[]
  /** What searches did not go into. */
  readonly left: readonly Left[]
}

export interface ReadOptions {
  /** Price books and files of the call; their files are looked for in the commit first. */
  readonly pricing?: readonly string[]
  /** Settings laid over every scenario. */
  readonly set?: readonly string[]
  /** Date or instant that everything is priced at, whatever the scenarios say. */
  readonly at?: string | undefined
  /** Whether scenarios may name any file as their input. */
  readonly allowOutside?: boolean
  /** Today, for scenarios that name no date. */
  readonly today: string
  /** The models, and the book that has them, that a scenario's texts are to be counted for beside its own. */
  readonly alsoFor?: (draft: Draft) => { readonly models: readonly string[]; readonly book: Book } | undefined
  /** Parses files; where several sides are read, one that remembers what it has parsed. */
  readonly parse?: typeof parseSource
  /** Called before each scenario, with how many there are. */
  readonly progress?: (done: number, all: number) => void
}

/**
 * Reads scenarios from files, one after another: what is wrong with one does not keep the others from being read.
 *
 * @param paths - scenario files
 * @throws {InputError} the faults of the price books, without which there is no answer at all
 */
export const readSide = async (
  { name, commit, files: given }: { readonly name: string; readonly commit: string | null; readonly files: Files },
  paths: readonly string[],
  { pricing = [], set = [], at, today, alsoFor, parse = parseSource, progress, allowOutside = false }: ReadOptions,
): Promise<ReadSide> => {
  const files = { ...given, allowOutside }
  const once = readOnce(files)
  const read = await settleAll(paths, path => readScenario(path, { files: once, set, parse, pricing }))
  const priced = await pricedBy(read.done, { asked: pricing, files })
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

/** The scenario's texts counted for other models; none of those for which they cannot be. */
const recount = async (
  draft: Draft,
  scenario: Scenario,
  { files, other }: { readonly files: Files; readonly other: ReturnType<NonNullable<ReadOptions['alsoFor']>> },
): Promise<Record<string, Counted>> => {
  const counted = new Map<string, Counted>()
  if (scenario.counting === null || other === undefined) return {}
  for (const name of other.models.filter(one => one !== scenario.model && !entryOf(scenario.counted ?? {}, one))) {
    // What cannot be counted for that model has no known cost there.
    const found = await collectLater([], () => countWorkload(draft, name, { book: other.book, files }))
    if (found) counted.set(name, found)
  }
  return Object.fromEntries(counted)
}

/** Scenario files, folders and globs as the call or a configuration names them. */
export interface ScenarioNames {
  readonly names: readonly string[]
  /** The configuration that they are from; `null`: they are from the call. */
  readonly config: string | null
  /** The files that they stand for now, where that is known. */
  readonly found?: readonly string[]
}

/** The names that a configuration has on this side; none where it is not there, or broken. */
const configured = (config: string | null, files: Files): readonly string[] => {
  if (config === null || files.kind(config) !== 'file') return []
  return collect([], () => readConfig(config, files))?.scenarios ?? []
}

/** The files of a commit, with those of the call that it does not have yet read from the disk. */
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
  // No commit has a .git: how far files may reach is for the disk to say, on both sides.
  const kind: Files['kind'] = path => (basename(path) === '.git' ? io.kind(path) : files.kind(path))
  return { ...revision, files: { ...files, read, kind } }
}

/**
 * Reads scenarios as a commit has them. Those that it does not have are left out: they are new.
 *
 * @param names - scenario files, folders and globs; of a configuration's, those that the commit's own names are taken
 *   as well, as a folder may have been moved together with its entry
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
  // What lies outside the repository has no earlier state: there it is not, rather than what it is on the disk now.
  const there = paths.filter(path => path !== '-' && isInside(path) && files.kind(path) !== null)
  // What lies in a submodule now had an earlier state, too, which is not to be had: it is read in vain, and so not new.
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

/** A saved result as a side; its texts are not at hand, so they can be counted for no other model. */
export const resultSide = (name: string, { scenarios, pricing, prices }: Result): Side<HeadPlaced> => ({
  name,
  commit: null,
  priced: { book: { ...prices, version: pricing.version }, hash: pricing.hash },
  scenarios: scenarios.map(({ input, at }) => {
    return { scenario: input, at, servedAs: base => servedAs(input, base) }
  }),
})

/** A place that a scenario can be taken from: a commit, the working tree, or a file with a saved result. */
export type SideName =
  | { readonly kind: 'git'; readonly ref: string }
  | { readonly kind: 'tree' }
  | { readonly kind: 'file'; readonly path: string }

/** Reads `git:REF`, `.` or a path. @throws {InputError} USAGE for a `git:` without a name behind it */
export const parseSide = (written: string): SideName => {
  if (written === '')
    throw new InputError([problems.usage('there is no name to compare with', 'write git:main, or a file')])
  if (written === '.') return { kind: 'tree' }
  if (!written.startsWith('git:')) return { kind: 'file', path: written }
  const ref = written.slice('git:'.length)
  if (ref === '') throw new InputError([problems.usage('git: needs a branch, tag or commit', 'write git:main')])
  return { kind: 'git', ref }
}
