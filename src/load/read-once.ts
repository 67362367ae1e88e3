import type { Files } from '../io.ts'
import { parseSource, type Source } from './source.ts'

/**
 * The same files, each read and each glob expanded only once: scenarios of one folder share prompts and samples. For one
 * run, in which files do not change.
 */
export const readOnce = (files: Files): Files => {
  const texts = new Map<string, Uint8Array>()
  const globs = new Map<string, Promise<string[]>>()
  return {
    ...files,
    read: (path, limit) => {
      const known = texts.get(path)
      if (known && known.length <= limit) return known
      const bytes = files.read(path, limit)
      // Standard input has nothing to say a second time.
      if (path !== '-') texts.set(path, bytes)
      return bytes
    },
    glob: (pattern, folder, search) => {
      if (search) return files.glob(pattern, folder, search)
      const key = `${folder}\n${pattern}`
      const found = globs.get(key) ?? files.glob(pattern, folder)
      globs.set(key, found)
      return found
    },
  }
}

/** Parses texts, those of one name and wording once: most scenarios of a commit are those of the commit before. */
export const parseOnce = (): typeof parseSource => {
  const sources = new Map<string, Source>()
  return (name, text, showing) => {
    const key = `${name}\n${text}`
    const source = sources.get(key) ?? parseSource(name, text, showing)
    sources.set(key, source)
    return source
  }
}
