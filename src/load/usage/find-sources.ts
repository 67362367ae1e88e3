import { basename } from 'node:path'
import { InputError, type Problem, problems } from '../../errors/index.ts'
import { type Io, type Left, liesInGit } from '../../io.ts'

/** The parts of Io by which sources are found and read. */
export type UsageFiles = Pick<Io, 'cwd' | 'kind' | 'real' | 'glob' | 'pieces' | 'size'>

export interface Sources {
  /** Paths, or `-`, in the order in which they are read. */
  readonly paths: readonly string[]
  /** Paths skipped by a search. */
  readonly left: readonly Left[]
}

/**
 * Files by name or glob; `-` is standard input. A file named or found twice, by real path, is read once. The cost file of
 * a DeepSeek export comes before its amounts, whose currency it tells.
 *
 * @throws {InputError} every problem at once: NO_FILE, NO_MATCH, IS_FOLDER, BAD_GLOB …
 */
export const findSources = async (names: readonly string[], files: UsageFiles): Promise<Sources> => {
  const paths = new Map<string, string>()
  const left: Left[] = []
  const faults: Problem[] = []
  const add = (path: string, real: string): void => void (paths.has(real) || paths.set(real, path))
  for (const name of names) {
    const kind = name === '-' ? 'file' : files.kind(name)
    if (kind === 'file') add(name, name === '-' ? name : files.real(name))
    else if (kind === 'folder') {
      faults.push({
        ...problems.isFolder(name),
        fix: `name its files: "${name.replace(/\/+$/, '')}/**/*.{jsonl,json,csv}"`,
      })
    } else if (/[*?[{]/.test(name)) {
      // A name that is not a file may be a pattern that the shell did not expand.
      const found = await files.glob(name, '.')
      left.push(...found.left)
      const matches = found.files.filter(({ path }) => !liesInGit(path))
      if (matches.length === 0) faults.push(problems.noMatch(name, 'check the pattern'))
      for (const { path, real } of matches) add(path, real)
    } else faults.push(problems.noFile(name, 'check the path'))
  }
  if (faults.length > 0) throw new InputError(faults)
  const isCost = (path: string): number => (/(?:^|[-_])cost-/.test(basename(path)) ? 0 : 1)
  return { paths: [...paths.values()].sort((a, b) => isCost(a) - isCost(b)), left }
}
