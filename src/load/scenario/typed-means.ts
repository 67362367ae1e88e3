import { findModel } from '../../cost/rates/price-at.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Template } from '../../model/scenario/counted.ts'
import { type Counter, findTemplate, isTokenizer, tokenizerOf, tokenizersFor } from '../../tokens/index.ts'
import { missingModel } from '../book/book.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { openBook } from '../book/open-book.ts'
import { type Split, typedTokenizer } from '../book/own-tokenizer.ts'
import { requireCounter } from './counter.ts'

/** What the user types of a model to count for. */
export interface Typed {
  /** A model, or the name of a tokenizer. */
  readonly model?: string | undefined
  /** A tokenizer's file or name, which is counted with in place of the model's own. */
  readonly tokenizer?: string | undefined
  readonly split?: Split | undefined
  readonly pricing: readonly string[]
}

/** How texts are counted for what the user typed. */
export interface TypedMeans {
  /** The model; the tokenizer where there is none. */
  readonly model: string
  /** The model's id; `null`: it is in no book. */
  readonly id: string | null
  readonly counter: Counter
  readonly template: Template | null
}

/**
 * The token counter for what the user typed, and the chat template of a model of the book.
 *
 * @throws {InputError} USAGE without a model or a tokenizer; UNKNOWN_MODEL, NO_TOKENIZER; as `ownTokenizer` does
 */
export const typedMeans = async (typed: Typed, files: Files): Promise<TypedMeans> => {
  const { model: name, tokenizer } = typed
  const own = typedTokenizer(typed, files)
  if (name === undefined && tokenizer === undefined) {
    throw new InputError([
      problems.usage('tokens differ from model to model: name one', 'write --model deepseek-v4-pro'),
    ])
  }
  const isModel = name !== undefined && !isTokenizer(name)
  const priced = await openBook(typed.pricing, files, { names: isModel ? [name] : [] })
  const model = name === undefined ? undefined : findModel(priced.book, name)
  if (isModel && !model && tokenizer === undefined) refuseUnknown(priced, name, files)
  const asked = name ?? tokenizer ?? ''
  return {
    model: model?.id ?? asked,
    id: model?.id ?? null,
    counter: own
      ? await own.load()
      : await requireCounter(tokenizer ?? (model ? tokenizerOf(model) : asked), asked, {
          ...{ files, priced, refuse: problems.noCount },
        }),
    template: findTemplate(model?.chat_template),
  }
}

/** @throws {InputError} UNKNOWN_MODEL, with the tokenizers that its texts can be counted with */
const refuseUnknown = (priced: LoadedBook, name: string, files: Files): void => {
  const missing = missingModel(priced, name, files)
  if (!missing) return
  const names = tokenizersFor(name)
  const fix =
    names.length === 1
      ? `count it with --model ${names[0]}; ${missing.fix}`
      : `${missing.fix}; or name a tokenizer: ${names.join(', ')}, or the file of its maker: --tokenizer tokenizer.json`
  throw new InputError([{ ...missing, fix }])
}
