import { InputError, problems } from '../../errors/index.ts'
import type { Files, Found } from '../../io.ts'
import { taskOf } from '../files/find-files.ts'
import type { Source } from './places.ts'
import { parseSource } from './source.ts'

/** Maximum folder entries examined by all searches of a run together. */
const ENTRY_LIMIT = 1_000_000

/**
 * Caches reads and glob expansions, as scenarios in one folder share prompts and samples. For one run, in which files
 * are assumed not to change.
 *
 * @throws {InputError} TOO_MANY_FILES from a glob, once all globs together have examined `ENTRY_LIMIT` entries
 */
export const readOnce = (files: Files): Files => {
  const texts = new Map<string, Uint8Array>()
  const globs = new Map<string, Promise<Found>>()
  let entries = 0
  return {
    ...files,
    read: (path, limit) => {
      const known = texts.get(path)
      if (known && known.length <= limit) return known
      const bytes = files.read(path, limit)
      // Standard input can be read only once.
      if (path !== '-') texts.set(path, bytes)
      return bytes
    },
    glob: (pattern, folder, search) => {
      if (search) return files.glob(pattern, folder, search)
      // The same folder may be written in several ways, such as ../samples from each scenario's folder.
      const { start, rest } = taskOf(pattern, folder)
      const key = `${start}\n${rest}`
      const known = globs.get(key)
      if (known) return known
      if (entries > ENTRY_LIMIT) throw new InputError([problems.tooManyFiles(pattern, folder, ENTRY_LIMIT)])
      const found = files.glob(pattern, folder).then(one => {
        entries += one.entries
        return one
      })
      globs.set(key, found)
      return found
    },
  }
}

/** A parser with a cache by name and content, as most scenarios are the same in both commits. */
export const parseOnce = (): typeof parseSource => {
  const sources = new Map<string, Source>()
  return (name, text, showing) => {
    const key = `${name}\n${text}`
    const source = sources.get(key) ?? parseSource(name, text, showing)
    sources.set(key, source)
    return source
  }
}
