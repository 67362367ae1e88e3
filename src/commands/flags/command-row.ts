import type { Command } from 'commander'
import type { Io } from '../../io.ts'

/** A command as help lists it, and how it is loaded. */
export interface CommandRow {
  readonly name: string
  readonly summary: string
  readonly examples: readonly string[]
  /** Loads the command, and only what it needs; `null` where it is not built yet. */
  readonly load: ((io: Io) => Promise<Command>) | null
  /** Whether it looks at the program's other commands. */
  readonly tellsOfOthers?: true
}
