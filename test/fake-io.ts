import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { glob } from 'tinyglobby'
import writeFileAtomic from 'write-file-atomic'
import { run } from '../src/cli.ts'
import type { Io } from '../src/io.ts'

/** The day that every test runs on. */
export const TODAY = '2026-11-24'

export const repository = resolve(import.meta.dirname, '..')

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>
  /** Width of the terminal; left out: stdout is a pipe. */
  readonly terminal?: number
  readonly stdin?: string | Uint8Array
}

export interface FakeIo extends Io {
  /** All that was written so far. */
  readonly out: string
  readonly err: string
}

/** A command's outside: the real files of a folder, a still clock, streams that remember. */
export const fakeIo = (folder: string, { env = {}, terminal, stdin = '' }: Surroundings = {}): FakeIo => {
  const written = { out: '', err: '' }
  const stream = (name: keyof typeof written): Io['stdout'] => ({
    write: text => {
      written[name] += text
    },
    isTTY: terminal !== undefined,
    columns: terminal,
  })
  return {
    get out() {
      return written.out
    },
    get err() {
      return written.err
    },
    stdout: stream('out'),
    stderr: stream('err'),
    env,
    cwd: folder,
    today: () => TODAY,
    read: path => {
      if (path !== '-') return readFileSync(resolve(folder, path))
      return typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin
    },
    replace: (path, text) => writeFileAtomic(resolve(folder, path), text),
    glob: async (pattern, base) => {
      const found = await glob(pattern, {
        cwd: resolve(folder, base),
        onlyFiles: true,
        expandDirectories: false,
        dot: true,
      })
      return found.sort().map(name => join(base, name))
    },
    shipped: path => readFileSync(join(repository, path)),
    shippedNames: name => readdirSync(join(repository, name)),
  }
}

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs one command in a folder. */
export const dsprice = async (argv: readonly string[], folder = repository, around?: Surroundings): Promise<Ran> => {
  const io = fakeIo(folder, around)
  const code = await run(argv, io)
  return { code, out: io.out, err: io.err }
}
