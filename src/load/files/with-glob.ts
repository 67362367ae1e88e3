import type { Files } from '../../io.ts'

/** Files that can be searched as well: the disk's and a commit's by the same rules. */
export const withGlob = <T extends Omit<Files, 'glob'>>(files: T): T & Pick<Files, 'glob'> => ({
  ...files,
  glob: async (pattern, folder, search) => {
    // Loaded here, as few runs search.
    const { findFiles } = await import('./find-files.ts')
    return findFiles(pattern, folder, files, search)
  },
})
