import { basename } from 'node:path'
import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, FoundFile, Left } from '../../io.ts'
import { CONFIG_NAME } from './find-config.ts'
import { taskOf } from './find-files.ts'

/** The files that the arguments of a command resolve to, and problems for those not found. */
export interface ScenarioFiles {
  readonly paths: readonly string[]
  readonly faults: readonly Problem[]
  /** Paths skipped by a search. */
  readonly left: readonly Left[]
}

/**
 * Expands names, folders and globs to scenario files, in the order given. A folder stands for every YAML file in it.
 * Files are identified by real path: one that is named or found twice counts once.
 *
 * @returns faults: NO_MATCH and NO_SCENARIOS; a plain name is kept even if there is no such file
 */
export const expandScenarios = async (names: readonly string[], files: Files): Promise<ScenarioFiles> => {
  const paths = new Map<string, string>()
  const left: Left[] = []
  const search = async (pattern: string, folder: string): Promise<readonly FoundFile[]> => {
    const { rest } = taskOf(pattern, folder)
    const found = await files.glob(pattern, folder, { skip: ['node_modules'], hidden: hiddenIn(rest) })
    left.push(...found.left)
    return found.files.filter(({ path }) => basename(path) !== CONFIG_NAME)
  }
  const add = (found: readonly FoundFile[]): void => {
    for (const { path, real } of found) if (!paths.has(real)) paths.set(real, path)
  }
  const faults: Problem[] = []
  for (const name of names) {
    const kind = name === '-' ? 'file' : files.kind(name)
    if (kind === 'folder') {
      const found = await search('**/*.{yaml,yml}', name)
      if (found.length === 0) faults.push(problems.noScenarios(`in the folder ${JSON.stringify(name)}`))
      add(found)
    } else if (kind === null && /[*?[{]/.test(name)) {
      const found = await search(name, '.')
      if (found.length === 0) faults.push(problems.noMatch(name, 'check the pattern'))
      add(found)
    } else add([{ path: name, real: name === '-' ? name : files.real(name) }])
  }
  return { paths: [...paths.values()], faults, left }
}

/** The number of names in a pattern that begin with a dot: a matching path may have that many. */
const hiddenIn = (pattern: string): number => pattern.split('/').filter(name => /^\.[^.]/.test(name)).length

/** @throws {InputError} if anything was not found */
export const requireFound = (found: ScenarioFiles): ScenarioFiles => {
  if (found.faults.length > 0) throw new InputError(found.faults)
  return found
}
