import { findModel, unknownModel } from '../../cost/rates/price-at.ts'
import { at, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { exact, quotient, toDecimals } from '../../model/number/money.ts'
import type { Conversion, Counted, Estimation } from '../../model/scenario/counted.ts'
import type { WrittenScenario } from '../../model/scenario/scenario-schema.ts'
import type { Count } from '../../tokens/index.ts'
import { convertTokens, factorOf, ratioBetween, tokenizerOf } from '../../tokens/index.ts'

/** What a draft says of its numbers, and where. */
interface Numbers {
  readonly written: WrittenScenario
  locate(problem: Problem): Problem
}

/** Converts numbers that are one model's tokens into another's. */
export interface Converter extends Conversion {
  convert(tokens: number): Count
}

/**
 * How a draft's numbers become tokens of a model: by the factors of both tokenizers.
 *
 * @returns `null` if they are taken as they stand: `tokens_of` is left out, or both models have one tokenizer
 * @throws {InputError} UNKNOWN_MODEL; NO_TOKENIZER if either model's tokenizer or its factor is not known; at `tokens_of`
 */
export const converterFor = ({ written, locate }: Numbers, name: string, book: Book): Converter | null => {
  const { request, totals } = written
  const owner = (request ?? totals)?.tokens_of
  if (owner === undefined) return null
  const path = [request ? 'request' : 'totals', 'tokens_of']
  const theirs = findModel(book, owner)
  if (!theirs) throw new InputError([locate(at(path, unknownModel(book, owner)))])
  const own = findModel(book, name)
  const [source, target] = [tokenizerOf(theirs), own ? tokenizerOf(own) : null]
  if (theirs === own || (source !== null && source === target)) return null
  const [from, to] = [
    { name: owner, tokenizer: source },
    { name, tokenizer: target },
  ].map(({ name, tokenizer }): { tokenizer: string; factor: Estimation } => {
    const factor = tokenizer === null ? null : factorOf(tokenizer)
    if (tokenizer !== null && factor) return { tokenizer, factor }
    const why = tokenizer === null ? 'its vocabulary is not known' : `no factor is known for ${tokenizer}`
    throw new InputError([locate(at(path, problems.noFactor(name, why)))])
  })
  if (!from || !to) throw new Error('there are two models')
  return {
    model: theirs.id,
    from: from.tokenizer,
    to: to.tokenizer,
    ratio: ratioBetween(from.factor, to.factor),
    low: decimals(to.factor.low, from.factor.high),
    high: decimals(to.factor.high, from.factor.low),
    convert: tokens => convertTokens(tokens, from.factor, to.factor),
  }
}

const decimals = (a: number, b: number): string => toDecimals(quotient(exact(a), exact(b)), 2)

/** The converter as results print it. */
export const conversionOf = (converter: Converter | null): Pick<Counted, 'conversion'> => {
  if (!converter) return {}
  const { convert, ...conversion } = converter
  return { conversion }
}

/** A draft's totals as one model has them: converted, with both ends of their band, or as they stand. */
export const convertTotals = (
  { written: { totals } }: Pick<Numbers, 'written'>,
  converter: Converter | null,
): Pick<Counted, 'totals'> => {
  if (!totals || totals.tokens_of === undefined) return {}
  if (!converter) return { totals }
  const [input, output] = [converter.convert(totals.input), converter.convert(totals.output)]
  return {
    totals: {
      ...totals,
      input: input.tokens,
      output: output.tokens,
      band: {
        low: { input: input.low, output: output.low },
        high: { input: input.high, output: output.high },
      },
    },
  }
}
