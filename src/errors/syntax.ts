// Syntax, keys, values and flags in files and on the command line.
import type { Code } from './codes.ts'
import type { Problem } from './problem.ts'
import { list, quoted } from './words.ts'

export const syntax = (what: string, fix: string): Problem => ({ code: 'SYNTAX', exit: 2, what, fix })

export const tooMuchYaml = (file: string, limit: number): Problem => ({
  code: 'TOO_MUCH',
  exit: 2,
  what: `${quoted(file)} is not JSON, and as YAML it has more than ${limit} words and marks`,
  fix: 'split it up, or write it as JSON',
})

export const invalid = (what: string, fix: string): Problem => ({ code: 'INVALID', exit: 2, what, fix })

export const unknownKey = (key: string, near: readonly string[], known: readonly string[]): Problem => ({
  code: 'UNKNOWN_KEY',
  exit: 2,
  what: `there is no key ${quoted(key)} here`,
  fix: near.length > 0 ? `did you mean ${list(near)}?` : known.length > 0 ? `use one of ${list(known)}` : 'remove it',
})

export const noName = (name: string): Problem => ({
  code: 'UNKNOWN_KEY',
  exit: 2,
  what: `${quoted(name)} cannot be a name`,
  fix: 'use another name',
})

export const moreKeys = (count: number): Problem => ({
  code: 'UNKNOWN_KEY',
  exit: 2,
  what: `${count === 1 ? '1 more key is' : `${count} more keys are`} unknown here`,
  fix: 'check that this is the right kind of file',
})

export const moreFaults = (count: number): Problem => ({
  code: 'INVALID',
  exit: 2,
  what: `${count} more values are invalid`,
  fix: 'fix those above, then run again',
})

export const missingKey = (key: string, example = '…'): Problem => ({
  code: 'MISSING_KEY',
  exit: 2,
  what: `the key ${quoted(key)} is missing`,
  fix: `add ${key}: ${example}`,
})

export const badSet = (setting: string, why = 'is not key=value'): Problem => ({
  code: 'BAD_SET',
  exit: 2,
  what: `${quoted(setting)} ${why}`,
  fix: 'write a setting such as --set request.turns=20',
})

export const noMultiple = (setting: string, why: string, fix: string): Problem => ({
  code: 'NO_MULTIPLE',
  exit: 2,
  what: `${quoted(setting)} ${why}`,
  fix,
})

export const noItem = (item: string, length: number): Problem => ({
  code: 'BAD_SET',
  exit: 2,
  what: `--set names item ${item} of a list that has ${length}`,
  fix: `items count from 0; ${length} adds one at the end`,
})

export const usage = (what: string, fix: string): Problem => ({ code: 'USAGE', exit: 2, what, fix })

/** A warning as an error under `--strict`; a saved result may have a code from a later version. */
export const strict = (code: string, what: string, fix: string): Problem => ({
  code: code as Code,
  exit: 2,
  what: `${what} (--strict)`,
  fix,
})
