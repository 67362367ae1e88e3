import { collect, faultsOf, InputError, type Problem } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { findConfig } from '../files/find-config.ts'
import type { NamedPath } from '../source/named.ts'
import type { ConfigSetting } from '../source/places.ts'
import { bundledVersions, readBook } from './book.ts'
import type { LoadedBook } from './loaded-book.ts'

/** The price book that a configuration names for all commands. */
export interface ConfigBook {
  readonly name: NamedPath
  readonly file: string
  /** Places a problem with the book at the key that names it. */
  locate(problem: Problem): Problem
}

/** Which configuration names the book. */
export interface ConfigOptions {
  /** The file given on the command line; default: the one found in this folder or above it. `null`: none is read. */
  readonly config?: string | null | undefined
  /** Whether a configuration with faults counts as none: that of a commit, which nobody can correct. */
  readonly lenient?: boolean
}

/**
 * The price book that the configuration names; it is read only where it decides.
 *
 * @param asked - books from the command line; a version among them decides
 * @returns `null` if there is no configuration, or it names no book
 * @throws {InputError} every problem in the configuration, located
 */
export const configBook = async (
  asked: readonly string[],
  files: Files,
  { config, lenient = false }: ConfigOptions = {},
): Promise<ConfigBook | null> => {
  const versions = bundledVersions(files)
  if (asked.some(name => versions.includes(name))) return null
  const file = config === undefined ? findConfig(files) : config
  if (file === null || files.kind(file) !== 'file') return null
  const { readConfig } = await import('../source/read-config.ts')
  const loaded = lenient ? (collect([], () => readConfig(file, files)) ?? null) : readConfig(file, files)
  if (!loaded || loaded.pricing === null) return null
  const { pricing: name, locate } = loaded
  return { name, file, locate: problem => locate({ ...problem, path: ['pricing'] }) }
}

/** The scenario keys that the configuration found sets. Most folders have none, and reading one takes time. */
export const configSettings = async (files: Files): Promise<readonly ConfigSetting[]> =>
  findConfig(files) === null ? [] : (await import('../source/read-config.ts')).readSettings(files)

export interface Opening extends ConfigOptions {
  /** The models that will be asked for by name; those that the book lacks come from the catalogue. `null`: all of it. */
  readonly names: readonly string[] | null
  /** Books that scenarios name. Left out: the configuration's. */
  readonly own?: readonly NamedPath[]
}

/**
 * Loads the price book of a command: the one asked for, else the configuration's, else the newest.
 *
 * @throws {InputError} see `readBook` and `configBook`
 */
export const openBook = async (
  asked: readonly string[],
  files: Files,
  { names, own, ...options }: Opening,
): Promise<LoadedBook> => {
  if (own && own.length > 0) return readBook(asked, files, { own, names })
  const configured = await configBook(asked, files, options)
  return configured ? readConfigured(asked, files, { configured, own: [], names }) : readBook(asked, files, { names })
}

/** Loads a book that a configuration names, with its problems at the key that names it. */
export const readConfigured = async (
  asked: readonly string[],
  files: Files,
  {
    configured,
    own,
    names,
  }: {
    readonly configured: ConfigBook
    readonly own: readonly NamedPath[]
    readonly names: readonly string[] | null
  },
): Promise<LoadedBook> => {
  try {
    return await readBook(asked, files, { own: [...own, configured.name], names })
  } catch (error) {
    throw new InputError(
      faultsOf(error).map(problem =>
        problem.at === undefined && problem.about === configured.name ? configured.locate(problem) : problem,
      ),
    )
  }
}
