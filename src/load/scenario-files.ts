import { dirname, join, relative } from 'node:path'
import { InputError, type Problem, problems } from '../errors.ts'
import type { Files } from '../io.ts'

/** What an argument of a command may stand for: files, and what was not found. */
export interface ScenarioFiles {
  readonly paths: readonly string[]
  readonly faults: readonly Problem[]
}

/** The name of the file that limits are set in; it is no scenario. */
export const CONFIG_NAME = 'dsprice.config.yaml'

/**
 * The scenario files that names, folders and globs stand for, in the order of the call.
 * A folder stands for every YAML file in it.
 *
 * @returns faults: NO_MATCH and NO_SCENARIOS; a plain name is taken as it is, also where there is no such file
 */
export const expandScenarios = async (names: readonly string[], files: Files): Promise<ScenarioFiles> => {
  const paths: string[] = []
  // A file named twice in the call counts twice; one that is found as well does not.
  const add = (found: readonly string[]): void => {
    const there = new Set(paths)
    paths.push(...found.filter(path => !there.has(path)))
  }
  const faults: Problem[] = []
  for (const name of names) {
    const kind = name === '-' ? 'file' : files.kind(name)
    if (kind === 'folder') {
      const found = scenariosIn(await files.glob('**/*.{yaml,yml}', name), name)
      if (found.length === 0) faults.push(problems.noScenarios(`in the folder ${JSON.stringify(name)}`))
      add(found)
    } else if (kind === null && /[*?[{]/.test(name)) {
      const found = scenariosIn(await files.glob(name, '.'), name)
      if (found.length === 0) faults.push({ ...problems.noMatch(name), mend: 'check the pattern' })
      add(found)
    } else paths.push(name)
  }
  return { paths, faults }
}

/** What was found and may be a scenario: not in node_modules, not hidden unless the name itself says so. */
const scenariosIn = (found: readonly string[], name: string): string[] => {
  const hidden = (path: string): number => path.split(/[\\/]/).filter(part => /^\.[^.]/.test(part)).length
  return found.filter(
    path =>
      !path.split(/[\\/]/).includes('node_modules') && !path.endsWith(CONFIG_NAME) && hidden(path) <= hidden(name),
  )
}

/**
 * Where `dsprice.config.yaml` is: in this folder, or above it up to the one that holds `.git`.
 *
 * @returns its path relative to `cwd`; `null` where there is none
 */
export const findConfig = (files: Files): string | null => {
  for (let folder = files.cwd; ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_NAME)
    if (files.kind(path) === 'file') return relative(files.cwd, path)
    if (files.kind(join(folder, '.git')) !== null || dirname(folder) === folder) return null
  }
}

/** @throws {InputError} where anything was not found */
export const requireFound = ({ paths, faults }: ScenarioFiles): readonly string[] => {
  if (faults.length > 0) throw new InputError(faults)
  return paths
}
