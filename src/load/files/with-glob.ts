import type { Files } from '../../io.ts'

/** Adds glob search, with the same rules for the disk and for a commit. */
export const withGlob = <T extends Omit<Files, 'glob'>>(files: T): T & Pick<Files, 'glob'> => ({
  ...files,
  glob: async (pattern, folder, search) => {
    // Loaded on demand, as few runs search.
    const { findFiles } = await import('./find-files.ts')
    return findFiles(pattern, folder, files, search)
  },
})
