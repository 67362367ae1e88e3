import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { type Counter, loadCounter } from '../../tokens/index.ts'

/**
 * The counter of a tokenizer.
 *
 * @param tokenizer - as price books name it; `null`: the book knows none for the model
 * @param model - as the call or the scenario names it
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
