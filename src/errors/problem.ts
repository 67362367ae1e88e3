import type { Code } from './codes.ts'

/** Why something is left out or unknown. */
export interface Reason {
  readonly why: string
  /** What such reasons have in common, without the details of one; left out: all of it. */
  readonly kind?: string | undefined
}

/** One fault of the user's: its code and exit code are documented, hence stable. */
export interface Problem {
  readonly code: Code
  /** 2: the input or the call is wrong. 3: the input is right but there is no answer. */
  readonly exit: 2 | 3
  /** The rule and what was found. */
  readonly what: string
  /** The same as told beside the name of the model that it is about: why it is left out. */
  readonly why?: Reason
  /** Something to type. */
  readonly fix: string
  /** The key's path inside its file; `load/source.ts` turns it into a place. */
  readonly path?: readonly (string | number)[]
  /** The scenario that it is about: its file, or else its name. */
  readonly scenario?: string
  /** The file or name that it is about, as it was written. */
  readonly about?: string
  /** `file:line:column`, once it is known. */
  readonly at?: string
  /** The line of the file with a marker below, once it is known. */
  readonly excerpt?: string
}

/** The user's input is at fault. Carries every problem found, not just the first. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(({ what }) => what).join('; '), options)
    this.problems = problems
  }
}

/** The answer is written, and all that is left to say is the exit code. */
export class ExitWith extends Error {
  override readonly name = 'ExitWith'
  readonly exit: number

  constructor(exit: number) {
    super(`exit ${exit}`)
    this.exit = exit
  }
}

/** The same problem, known to stand at a key. */
export const at = (path: readonly (string | number)[], problem: Problem): Problem => ({ ...problem, path })
