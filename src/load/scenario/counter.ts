import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { type Counter, loadCounter } from '../../tokens/index.ts'

/**
 * Loads the token counter of a tokenizer.
 *
 * @param tokenizer - its name in the price book; `null`: the book has none for the model
 * @param model - its name on the command line or in the scenario, for the message
 * @param refuse - the problem if it cannot be counted
 * @throws {InputError} NO_TOKENIZER
 */
export const requireCounter = async (
  tokenizer: string | null,
  model: string,
  {
    shipped,
    refuse = problems.noTokenizer,
  }: Pick<Files, 'shipped'> & { readonly refuse?: typeof problems.noTokenizer },
): Promise<Counter> => {
  const counter = tokenizer === null ? null : await loadCounter(tokenizer, shipped)
  if (counter) return counter
  const why = tokenizer === null ? 'its vocabulary is not known' : `there is no tokenizer for ${tokenizer}`
  throw new InputError([refuse(model, why)])
}
