import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { clearDrafts, draftName } from './drafts.ts'
import { descriptorOf, refusal, systemCode } from './read-file.ts'

/**
 * Replaces a file atomically: writes a draft in the same folder with the file's mode and owner, then renames it.
 * Symlinks are followed. A device, a pipe or an open file (`/dev/stdout`) is written into.
 *
 * @throws the system's error: EISDIR, ENOENT, EACCES, ENOSPC …
 */
export const replaceFile = async (path: string, text: string): Promise<void> => {
  const target = targetOf(path)
  if (target.kind === 'stream') return writeInto(target, text)
  const draft = writeDraft(dirname(target.path), text, target.stat)
  try {
    renameSync(draft, target.path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/**
 * Creates a file atomically: writes a draft in the same folder, then hard-links it to the name, which fails if the name
 * exists. If two processes try, one succeeds. A device or pipe is written into.
 *
 * @throws the system's error: EEXIST, ENOENT, EACCES …
 */
export const createFile = async (path: string, text: string): Promise<void> => {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat?.isFile() || stat?.isDirectory()) throw refusal('EEXIST')
  const target = targetOf(path)
  if (target.kind === 'stream') return writeInto(target, text)
  const draft = writeDraft(dirname(resolve(path)), text, null)
  try {
    linkSync(draft, resolve(path))
  } finally {
    rmSync(draft, { force: true })
  }
}

type Target =
  | { readonly kind: 'file'; readonly path: string; readonly stat: Stats | null }
  | { readonly kind: 'stream'; readonly path: string; readonly descriptor: number | null; readonly isPipe: boolean }

const MOST_LINKS = 40

/** Resolves a path to what is written. @throws EISDIR, ELOOP, or an error that names what cannot be written to */
const targetOf = (path: string): Target => {
  let at = resolve(path)
  for (let links = 0; ; links++) {
    const descriptor = descriptorOf(at)
    if (descriptor !== null) return { kind: 'stream', path: at, descriptor, isPipe: false }
    const stat = lstatSync(at, { throwIfNoEntry: false }) ?? null
    if (!stat?.isSymbolicLink()) return targetAt(at, stat)
    if (links === MOST_LINKS) throw refusal('ELOOP')
    at = resolve(realpathSync(dirname(at)), readlinkSync(at))
  }
}

const targetAt = (path: string, stat: Stats | null): Target => {
  if (stat === null || stat.isFile()) return { kind: 'file', path, stat }
  if (stat.isDirectory()) throw refusal('EISDIR')
  if (stat.isSocket()) throw refusal('it is a socket')
  return { kind: 'stream', path, descriptor: null, isPipe: stat.isFIFO() }
}

/** Writes a draft into a folder. @returns its path */
const writeDraft = (folder: string, text: string, like: Stats | null): string => {
  clearDrafts(folder)
  const draft = join(folder, draftName(process.pid))
  const file = openSync(draft, 'wx', 0o666)
  try {
    writeAll(file, text)
    if (like) takeAfter(file, like)
    fsyncSync(file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  return draft
}

/** Gives a file the owner and mode of another; without the permission to change the owner, keeps the user's own. */
const takeAfter = (file: number, { uid, gid, mode }: Stats): void => {
  try {
    fchownSync(file, uid, gid)
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS'].includes(systemCode(error) ?? '')) throw error
  }
  fchmodSync(file, mode & 0o7777)
}

const PAUSE_MS = 10

/** Writes all the text to a file descriptor. @throws the system's error */
const writeAll = (file: number, text: string): void => {
  const bytes = new TextEncoder().encode(text)
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(file, bytes, done)
    } catch (error) {
      // The pipe is full: wait for the reader.
      if (systemCode(error) !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
  }
}

/** Writes into a device or pipe. The reader may stop early, as on stdout, which is not an error. */
const writeInto = async (target: Target & { readonly kind: 'stream' }, text: string): Promise<void> => {
  const file = target.descriptor ?? (await openStream(target))
  try {
    writeAll(file, text)
  } catch (error) {
    if (systemCode(error) !== 'EPIPE') throw error
  } finally {
    if (target.descriptor === null) closeSync(file)
  }
}

const PATIENCE_MS = 3000

/** Opens a device or pipe. A pipe can be opened only once it has a reader: waits for one, up to a limit. */
const openStream = async ({ path, isPipe }: { readonly path: string; readonly isPipe: boolean }): Promise<number> => {
  const flags = constants.O_WRONLY | (isPipe ? constants.O_NONBLOCK : 0) | (constants.O_NOCTTY ?? 0)
  for (let left = PATIENCE_MS; ; left -= PAUSE_MS) {
    try {
      return openSync(path, flags)
    } catch (error) {
      if (systemCode(error) !== 'ENXIO' || !isPipe) throw error
      if (left <= 0) throw refusal('nobody reads from this pipe')
    }
    await wait(PAUSE_MS)
  }
}
