import type { Command } from 'commander'
import type { Io } from '../../io.ts'

/** A command's entry in the help, and how to load it. */
export interface CommandRow {
  readonly name: string
  readonly summary: string
  readonly examples: readonly string[]
  /** Loads the command and only what it needs. */
  readonly load: (io: Io) => Promise<Command>
  /** Whether it needs the list of the program's other commands. */
  readonly tellsOfOthers?: true
}
