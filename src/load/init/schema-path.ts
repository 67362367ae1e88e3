import { dirname, join, resolve } from 'node:path'
import type { Files } from '../../io.ts'
import { pathFrom } from '../files/path-from.ts'

const SCHEMA = 'schema/scenario.schema.json'
const INSTALLED = `node_modules/dsprice/${SCHEMA}`
const LIMIT = 2 ** 20

/**
 * The path of the scenario schema for an editor, relative to a folder: in the dsprice installed above the folder, or in
 * dsprice's own sources if the folder is inside them; else where the nearest package would have it installed.
 */
export const schemaPath = (folder: string, files: Files): string => {
  const above = ancestors(resolve(files.cwd, folder))
  const own = above.filter(one => nameIn(one, files) === 'dsprice').map(one => join(one, SCHEMA))
  const there = [...above.map(one => join(one, INSTALLED)), ...own].find(path => readOr(path, files) !== null)
  const home = above.find(one => readOr(join(one, 'package.json'), files) !== null) ?? folder
  return pathFrom(folder, there ?? join(home, INSTALLED), files.cwd)
}

/** A folder and its parents, innermost first. */
const ancestors = (folder: string): string[] => {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...ancestors(above)]
}

const readOr = (path: string, files: Files): string | null => {
  try {
    return new TextDecoder().decode(files.read(path, LIMIT))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return null
  }
}

const nameIn = (folder: string, files: Files): unknown => {
  try {
    const data: unknown = JSON.parse(readOr(join(folder, 'package.json'), files) ?? 'null')
    return typeof data === 'object' && data !== null && 'name' in data ? data.name : null
  } catch {
    return null
  }
}
