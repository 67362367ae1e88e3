import { InputError, problems } from '../../errors/index.ts'

/** The names of a flag such as `a, b,c`, in order; the same name may stand twice. */
export const splitNames = (given: string): string[] =>
  given
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)

/** The models of `--models`, each once; undefined without the flag. @throws {InputError} USAGE if it names none */
export const modelNames = (given: string | undefined): string[] | undefined => {
  if (given === undefined) return undefined
  const names = [...new Set(splitNames(given))]
  if (names.length > 0) return names
  throw new InputError([problems.usage('--models names no model', 'write --models deepseek-v4-pro,gpt-5.5')])
}
