import { InputError, problems } from '../../errors/index.ts'

/** The names of a flag such as `a, b,c`, in order; the same name may stand twice. */
export const splitNames = (given: string): string[] =>
  given
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)

/** What a flag lists, in words, and names to write. */
interface Listed {
  readonly flag: string
  readonly what: string
  readonly such: string
}

/** The names of a flag, each once; undefined without the flag. @throws {InputError} USAGE if it names none */
export const namesOf = (given: string | undefined, { flag, what, such }: Listed): string[] | undefined => {
  if (given === undefined) return undefined
  const names = [...new Set(splitNames(given))]
  if (names.length > 0) return names
  throw new InputError([problems.usage(`${flag} names no ${what}`, `write ${flag} ${such}`)])
}

/** The models of `--models`; see `namesOf`. */
export const modelNames = (given: string | undefined): string[] | undefined =>
  namesOf(given, { flag: '--models', what: 'model', such: 'deepseek-v4-pro,gpt-5.5' })
