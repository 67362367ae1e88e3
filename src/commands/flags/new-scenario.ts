import { basename, dirname, extname, isAbsolute, join } from 'node:path'
import { estimate } from '../../cost/result/estimate.ts'
import { InputError, type Problem, problems, typed } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { pathFrom } from '../../load/files/path-from.ts'
import { readDrafts } from '../../load/scenario/drafts.ts'

/** Scenarios that a command writes: they are priced before, and overwrite nothing. */

/** Prices a scenario before it is written. @throws {InputError} any problem that prevents it */
export const tryOut = async (
  file: string,
  text: string,
  { io, pricing = [] }: { readonly io: Io; readonly pricing?: readonly string[] },
): Promise<void> => {
  const read: Io['read'] = (path, limit) => (path === file ? new TextEncoder().encode(text) : io.read(path, limit))
  const { priced, drafts, count } = await readDrafts([file], { ...io, read }, { pricing })
  estimate(await count(drafts), priced, io.today())
}

/**
 * Creates a file, whole or not at all.
 *
 * @param flag - by which it was named
 * @throws {InputError} FILE_EXISTS, NOT_WRITABLE
 */
export const createFile = async (
  file: string,
  text: string,
  { io, flag = '-o' }: { readonly io: Io; readonly flag?: string },
): Promise<void> => {
  try {
    await io.create(file, text)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    if (code === null) throw error
    throw new InputError([code === 'EEXIST' ? fileExists(file, flag) : problems.notWritable(file, code)])
  }
}

/** A file is there that would be written. */
export const fileExists = (file: string, flag: string): Problem =>
  problems.fileExists(file, `${flag} ${typed(join(dirname(file), `${basename(file, extname(file))}-2.yaml`))}`)

/** A path relative to `cwd`; outside it, only the file's name, since full paths reveal details of the machine. */
export const fromHere = (file: string, io: Io): string => {
  const path = pathFrom('.', file, io.cwd)
  return /^\.\.($|\/)/.test(path) || isAbsolute(path) ? basename(file) : path
}
