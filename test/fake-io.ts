import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { run } from '../src/cli.ts'
import { createFile, replaceFile } from '../src/disk/write-file.ts'
import { runGit } from '../src/git.ts'
import { type Io, nodeFiles, type Piece } from '../src/io.ts'
import { withGlob } from '../src/load/files/with-glob.ts'

/** The day that every test runs on. */
export const TODAY = '2026-11-24'

export const repository = resolve(import.meta.dirname, '..')

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>
  /** Width of the terminal; left out: stdout is a pipe. */
  readonly terminal?: number
  readonly stdin?: string | Uint8Array
  /** Whether the fixture's catalogue ships; left out: none does. */
  readonly catalogue?: boolean
  /** Whether the released book of the README's first run ships too, as the newest; left out: it does not. */
  readonly newer?: boolean
  /** When the user ends a command that runs until then; left out: at once. */
  readonly stopped?: Promise<void>
}

export interface FakeIo extends Io {
  /** All that was written so far. */
  readonly out: string
  readonly err: string
}

/** Books that every test prices with: released ones, which never change, so newer prices break no test. */
export const TEST_BOOKS = ['2026-05-15', '2026-11-23'] as const

const SHIPPED_BOOKS: readonly string[] = [...TEST_BOOKS.map(version => `${version}.json`), 'clusters-2026-11-23.json']

/** A later released book, which never changes either. */
const NEWER_BOOK = '2026-11-29.json'

/** What ships: of its books only the tests' own, and what gateways call providers and models as a fixture says. */
const shippedFiles = (
  { shipped, shippedNames }: Pick<Io, 'shipped' | 'shippedNames'>,
  { catalogue = false, newer = false }: Surroundings,
) => ({
  shipped: (path: string) => shipped(FIXTURES[path] ?? path),
  shippedNames: (folder: string) => [
    ...shippedNames(folder).filter(name => SHIPPED_BOOKS.includes(name) || (newer && name === NEWER_BOOK)),
    ...(catalogue && folder === 'pricing' ? ['catalogue-2026-11-20.json'] : []),
  ],
})

const FIXTURES: Readonly<Record<string, string>> = {
  'dist/gateways.json': 'test/fixtures/gateways.json',
  'pricing/catalogue-2026-11-20.json': 'test/fixtures/catalogue.json',
}

/** A command's outside: the real files of a folder, a still clock, streams that remember. */
export const fakeIo = (folder: string, around: Surroundings = {}): FakeIo => {
  const { env = {}, terminal, stdin = '' } = around
  const written = { out: '', err: '' }
  const stream = (name: keyof typeof written): Io['stdout'] => ({
    write: text => {
      written[name] += text
    },
    isTTY: terminal !== undefined,
    columns: terminal,
  })
  const typed = typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin
  const files = withGlob(nodeFiles({ root: repository, cwd: folder }))
  return {
    ...files,
    ...shippedFiles(files, around),
    get out() {
      return written.out
    },
    get err() {
      return written.err
    },
    stdout: stream('out'),
    stderr: stream('err'),
    env,
    today: () => TODAY,
    read: (path, limit) => (path === '-' ? typed : files.read(path, limit)),
    pieces: (path, size) => (path === '-' ? piecesOf(typed, size) : files.pieces(path, size)),
    replace: (path, text) => replaceFile(resolve(folder, path), text),
    create: (path, text) => createFile(resolve(folder, path), text),
    append: (path, text) => appendFileSync(resolve(folder, path), text),
    git: runGit,
    elapsed: () => 0,
    afresh: () => fakeIo(folder, around),
    untilStopped: () => around.stopped ?? Promise.resolve(),
  }
}

/** Bytes in pieces, as Io reads a stream. */
export function* piecesOf(bytes: Uint8Array, size: number): Generator<Piece> {
  for (let from = 0; from < bytes.length; from += size) yield { bytes: bytes.subarray(from, from + size), all: null }
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
