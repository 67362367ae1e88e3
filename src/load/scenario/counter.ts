import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { type Counter, loadCounter } from '../../tokens/index.ts'

/**
 * Loads the token counter of a tokenizer.
 *
 * @param tokenizer - its name in the price book; `null`: the book has none for the model
 * @param model - its name on the command line or in the scenario, for the message
 * @throws {InputError} NO_TOKENIZER
 */
export const requireCounter = async (
  tokenizer: string | null,
  model: string,
  files: Pick<Files, 'shipped'>,
): Promise<Counter> => {
  const counter = tokenizer === null ? null : await loadCounter(tokenizer, files.shipped)
  if (counter) return counter
  const why = tokenizer === null ? 'its vocabulary is not known' : `there is no tokenizer for ${tokenizer}`
  throw new InputError([problems.noTokenizer(model, why)])
}
