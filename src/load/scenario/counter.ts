import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { type Counter, loadCounter } from '../../tokens/index.ts'
import type { CountedBy } from '../book/loaded-book.ts'

/**
 * Loads the token counter of a tokenizer: one that ships, or a file of the user's.
 *
 * @param tokenizer - its name in the price book; `null`: the book has none for the model
 * @param model - its name on the command line or in the scenario, for the message
 * @param refuse - the problem if it cannot be counted
 * @param priced - the book, with the tokenizer files that its names stand for
 * @throws {InputError} NO_TOKENIZER; for a file what `ownTokenizer` throws
 */
export const requireCounter = async (
  tokenizer: string | null,
  model: string,
  {
    files,
    priced,
    refuse = problems.noTokenizer,
  }: {
    readonly files: Pick<Files, 'shipped'>
    readonly priced: Pick<CountedBy, 'tokenizers'>
    readonly refuse?: typeof problems.noTokenizer
  },
): Promise<Counter> => {
  const own = tokenizer === null ? undefined : priced.tokenizers?.get(tokenizer)
  if (own) return own.load()
  const counter = tokenizer === null ? null : await loadCounter(tokenizer, files.shipped)
  if (counter) return counter
  const why = tokenizer === null ? 'its vocabulary is not known' : `there is no tokenizer for ${tokenizer}`
  throw new InputError([refuse(model, why)])
}
