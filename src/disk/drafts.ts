import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Drafts: temporary files that are renamed once complete. A run that is killed leaves its draft behind. */

const NAMED = /^\.dsprice-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}$/
const HOUR_MS = 3_600_000

const pidSpace = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

/** Identifies the scope in which process ids are unique: this machine, or this container on it. */
const MACHINE = createHash('sha256').update(`${hostname()} ${pidSpace()}`).digest('hex').slice(0, 8)

/** The name of a draft, which identifies its process. */
export const draftName = (pid: number, machine: string = MACHINE): string =>
  `.dsprice-${machine}-${pid}-${randomUUID().slice(-12)}`

/** Deletes the drafts that killed runs left in a folder, but none that a run may still be writing. */
export const clearDrafts = (folder: string): void => {
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch {
    // Opening the draft reports what is wrong with the folder.
  }
  for (const name of names) {
    const [, machine, pid] = NAMED.exec(name) ?? []
    if (pid === undefined) continue
    const path = join(folder, name)
    if ((machine === MACHINE && !isAlive(Number(pid))) || ageOf(path) > HOUR_MS) takeAway(path)
  }
}

const takeAway = (path: string): void => {
  try {
    rmSync(path, { force: true })
  } catch {
    // It belongs to another user in a shared folder: one of their runs will delete it.
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const ageOf = (path: string): number =>
  Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY)
