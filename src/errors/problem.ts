import type { Code } from './codes.ts'

/** Why something is left out or unknown. */
export interface Reason {
  readonly why: string
  /** The reason without details, to group by; default: `why`. */
  readonly kind?: string | undefined
}

/** A problem with the user's input. Its code and exit code are documented and stable. */
export interface Problem {
  readonly code: Code
  /** 2: the input or usage is invalid. 3: the input is valid but there is no answer. */
  readonly exit: 2 | 3
  /** What is wrong: the rule and what was found. */
  readonly what: string
  /** Why a model is left out, worded to follow the model's name. */
  readonly why?: Reason
  /** How to fix it, if possible something to type. */
  readonly fix: string
  /** The path of the key in its file; `load/source/` converts it to a position. */
  readonly path?: readonly (string | number)[]
  /** The scenario concerned: its file, else its name. */
  readonly scenario?: string
  /** The file or name concerned, as written. */
  readonly about?: string
  /** `file:line:column`, once known. */
  readonly at?: string
  /** The line of the file with a marker below it, once known. */
  readonly excerpt?: string
}

/** Thrown for invalid input. Carries every problem found, not just the first. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(({ what, at }) => (at === undefined ? what : `${at}: ${what}`)).join('; '), options)
    this.problems = problems
  }
}

/** Thrown to set the exit code once the answer is written. */
export class ExitWith extends Error {
  override readonly name = 'ExitWith'
  readonly exit: number

  constructor(exit: number) {
    super(`exit ${exit}`)
    this.exit = exit
  }
}

/** Sets the path of the key that a problem concerns. */
export const at = (path: readonly (string | number)[], problem: Problem): Problem => ({ ...problem, path })
