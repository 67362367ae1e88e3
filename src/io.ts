import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** One of the two streams that a command writes to. */
export interface Out {
  write(text: string): void
  readonly isTTY: boolean
  /** Width of the terminal, where there is one. */
  readonly columns: number | undefined
}

/** Everything a command needs from outside. Paths are relative to `cwd`. */
export interface Io {
  readonly stdout: Out
  readonly stderr: Out
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Today in UTC, YYYY-MM-DD. */
  today(): string
  /** Bytes of a file, or of standard input for `-`; throws what the system says. */
  read(path: string): Uint8Array
  /** Replaces a file whole or not at all; throws what the system says. */
  replace(path: string, text: string): Promise<void>
  /** Files that match a glob in a folder, sorted; both relative to `cwd`. */
  glob(pattern: string, folder: string): Promise<string[]>
  /** Bytes of a file that ships with dsprice, such as `pricing/2026-05-15.json`. */
  shipped(path: string): Uint8Array
  /** Names of the files in a folder that ships with dsprice. */
  shippedNames(folder: string): string[]
}

/** The parts of Io that the library needs: files only. */
export type Files = Pick<Io, 'cwd' | 'read' | 'glob' | 'shipped' | 'shippedNames'>

/** @param root - where package.json stands */
export const nodeFiles = (root: string, names: (folder: string) => string[]): Files => ({
  cwd: process.cwd(),
  read: path => readFileSync(path === '-' ? 0 : resolve(path)),
  glob: async (pattern, folder) => {
    const { glob } = await import('tinyglobby')
    const found = await glob(pattern, { cwd: resolve(folder), onlyFiles: true, expandDirectories: false, dot: true })
    return found.sort().map(name => join(folder, name))
  },
  shipped: path => readFileSync(join(root, path)),
  shippedNames: names,
})
