import { dirname, isAbsolute, join, posix, relative } from 'node:path'
import { at, collect, InputError, type Problem, problems } from '../../errors/index.ts'
import { type Files, type Left, liesInGit } from '../../io.ts'
import { boundaryOf, liesIn } from '../files/boundary.ts'
import { readText } from '../files/read-text.ts'
import type { NamedText } from '../files/text-files.ts'
import type { Source } from './places.ts'

declare const held: unique symbol

/** A path named by a file and checked against that file's boundary; relative to `cwd`, as all paths are. */
export type NamedPath = string & { readonly [held]: true }

type Key = readonly (string | number)[]

/**
 * The files that a scenario or a configuration may name. Every path written in such a file is read through here.
 * Each method throws OUTSIDE, at the key, for a path outside the file's boundary or inside a `.git`.
 */
export interface Named {
  /** Checks a path, written relative to the file that names it. */
  path(written: string, key: Key): NamedPath
  /** Checks a glob before searching for its files. */
  pattern(written: string, key: Key): NamedPath
  /** Checks a price book: a path, unless it is a version, which has neither a dot nor a slash. */
  book(written: string, key: Key): NamedPath
  /** Reads a text. @throws {InputError} also NO_FILE, IS_FOLDER, NOT_TEXT, TOO_LARGE … */
  text(written: string, key: Key, limit: number): NamedText
  /** Reads every file of a glob; `left`: paths skipped. @throws {InputError} NO_MATCH, every problem of every file */
  texts(
    written: string,
    key: Key,
    limit: number,
  ): Promise<{ readonly texts: readonly NamedText[]; readonly left: readonly Left[] }>
}

/** The files that one file may name. A path typed by the user (`--set pricing=…`) is not checked. */
export const namedIn = ({ name: by, isTyped }: Pick<Source, 'name' | 'isTyped'>, files: Files): Named => {
  const base = dirname(by)
  const full = (written: string): NamedPath => (isAbsolute(written) ? written : join(base, written)) as NamedPath
  const faultOf = (path: string, boundary: string): Problem | null => {
    if (liesInGit(path) || liesInGit(files.real(path))) return problems.gitInput(path)
    if (liesIn(path, boundary, files)) return null
    return problems.outside(path, relative(files.real(files.cwd), boundary) || '.')
  }
  const hold = (paths: readonly string[], key: Key): void => {
    if (isTyped?.(key) || files.allowOutside) return
    const boundary = boundaryFrom(base, files)
    const faults = paths.flatMap(path => faultOf(path, boundary) ?? [])
    if (faults.length > 0) fail(faults.map(fault => at(key, fault)))
  }
  const path: Named['path'] = (written, key) => {
    hold([full(written)], key)
    return full(written)
  }
  const pattern: Named['pattern'] = (written, key) => {
    hold([full(written)], key)
    hold([full(highestOf(written))], key)
    return full(written)
  }
  const read = (name: string, limit: number): NamedText => ({ file: name, text: readText(name, files, limit) })
  return {
    path,
    pattern,
    book: (written, key) => (/[./\\]/.test(written) ? path(written, key) : (written as NamedPath)),
    text: (written, key, limit) => read(path(written, key), limit),
    texts: async (written, key, limit) => {
      pattern(written, key)
      // Files in a .git never match.
      const found = await files.glob(written, base)
      const matching = found.files.map(file => file.path).filter(name => !liesInGit(name))
      if (matching.length === 0) fail([problems.noMatch(written)])
      hold(matching, key)
      return { texts: gather(matching, name => read(name, limit)), left: found.left }
    },
  }
}

const fail = (faults: readonly Problem[]): never => {
  throw new InputError(faults)
}

const gather = <T>(names: readonly string[], work: (name: string) => T): T[] => {
  const faults: Problem[] = []
  const done = names.flatMap(name => collect(faults, () => work(name)) ?? [])
  return faults.length > 0 ? fail(faults) : done
}

/** Cache of boundaries by folder, keyed by file system, as many files lie in one folder. */
const found = new WeakMap<Files['real'], Map<string, string>>()

const boundaryFrom = (folder: string, files: Files): string => {
  const known = found.get(files.real) ?? new Map<string, string>()
  found.set(files.real, known)
  const boundary = known.get(folder) ?? boundaryOf(folder, files)
  known.set(folder, boundary)
  return boundary
}

/** The highest folder that a glob can reach: its literal beginning, then one level up for each `..`. */
const highestOf = (glob: string): string => {
  const parts = glob.split('/')
  const end = parts.findIndex(part => /[*?[\]{}()!+@|]/.test(part))
  if (end < 0) return glob
  const ups = parts.slice(end).join('/').match(/\.\./g) ?? []
  return posix.join(parts.slice(0, end).join('/') || (glob.startsWith('/') ? '/' : '.'), ...ups)
}
