import { dirname, join, relative } from 'node:path'
import type { Files } from '../../io.ts'

/** The name of the configuration file; it is not a scenario. */
export const CONFIG_NAME = 'dsprice.config.yaml'

/**
 * Finds `dsprice.config.yaml`: in this folder or above it, up to the folder that contains `.git`.
 *
 * @returns its path relative to `cwd`; `null` if there is none
 */
export const findConfig = (files: Pick<Files, 'cwd' | 'kind'>): string | null => {
  for (let folder = files.cwd; ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_NAME)
    if (files.kind(path) === 'file') return relative(files.cwd, path)
    if (files.kind(join(folder, '.git')) !== null || dirname(folder) === folder) return null
  }
}
