import { findModel } from '../../cost/rates/price-at.ts'
import { addParts } from '../../cost/workload/add-parts.ts'
import { at, collect, faultsOf, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Model } from '../../model/book/book.ts'
import { remembered } from '../../model/remembered.ts'
import {
  type Counted,
  type CountedLength,
  type Counting,
  type Length,
  REQUEST_LENGTHS,
  type Request,
} from '../../model/scenario/counted.ts'
import { findTemplate, type ImageRule, imageRuleOf, tokenizerOf } from '../../tokens/index.ts'
import type { CountedBy } from '../book/loaded-book.ts'
import { aroundTexts, isCovered, PROMPT_LENGTHS } from '../lengths/around-texts.ts'
import { contentNotes } from '../lengths/content-notes.ts'
import { countLength, type Means, templateParts } from '../lengths/count-length.ts'
import { hasContents, hasText, hasTokens, type ReadLength } from '../lengths/read-length.ts'
import { conversionOf, converterFor, convertTotals } from './convert-numbers.ts'
import { requireCounter } from './counter.ts'
import type { Draft, Lengths } from './scenario.ts'

/**
 * Counts a draft's request for one model; without text and `tokens_of` the result is the same for all.
 *
 * @throws {InputError} UNKNOWN_MODEL, NO_TOKENIZER, REASONING_OVER_OUTPUT, located
 */
export const countWorkload = async (
  draft: Draft,
  name: string,
  { priced, files }: { readonly priced: CountedBy; readonly files: Pick<Files, 'shipped'> },
): Promise<Counted> => {
  const { book } = priced
  const { lengths, written } = draft
  const { request } = written
  const converter = converterFor(draft, name, book)
  if (!request || !lengths)
    return { request: null, counting: null, ...convertTotals(draft, converter), ...conversionOf(converter) }
  if (!converter && !REQUEST_LENGTHS.some(key => hasContents(lengths[key]))) return plain(draft)
  const texts = REQUEST_LENGTHS.filter(key => hasText(lengths[key]))
  const model = findModel(book, name)
  const counted = texts.length === 0 ? NONE : await meansOf(draft, { texts, files, priced, model, name })
  const images = (): ImageRule => imageRuleOf(model?.id ?? name)
  const means: Means = { ...counted, model: model?.id ?? null, images, conversion: converter }
  const found = toRequest(draft, lengths, means)
  const contents = contentNotes(Object.values(lengths), images)
  return {
    request: found,
    counting: countingOf(means),
    ...conversionOf(converter),
    ...(contents.length > 0 ? { contents } : {}),
  }
}

/** Counts a draft without text; cached, so that all models share one object and are priced together. */
const plain = remembered((draft: Draft): Counted => {
  const { lengths } = draft
  return { request: lengths && toRequest(draft, lengths, NONE), counting: null }
})

const toRequest = (draft: Draft, lengths: Lengths<ReadLength>, means: Means): Request | null => {
  const { request } = draft.written
  if (!request) return null
  // Keys that are not lengths are passed through unchanged.
  const { turns, turn_gap, history, ...kept } = request
  return { turns, turn_gap_s: turn_gap, history, ...kept, ...countRequest(draft, lengths, means) }
}

const NONE: Means = {
  counter: null,
  template: null,
  model: null,
  images: () => imageRuleOf(''),
  conversion: null,
}

const countingOf = ({ counter, template }: Means): Counting | null => {
  if (!counter) return null
  const { name, vocabulary, estimation, source } = counter
  return { tokenizer: name, vocabulary, estimation, source, template }
}

/**
 * Loads the counter and template of a model.
 *
 * @throws {InputError} NO_TOKENIZER at every key that has text; of a tokenizer file where the price file names it
 */
const meansOf = async (
  draft: Draft,
  {
    texts,
    model,
    name,
    ...loading
  }: {
    texts: readonly string[]
    files: Pick<Files, 'shipped'>
    priced: CountedBy
    model: Model | undefined
    name: string
  },
): Promise<Pick<Means, 'counter' | 'template'>> => {
  const thinking = draft.lengths !== null && hasTokens(draft.lengths.reasoning)
  try {
    const counter = await requireCounter(model ? tokenizerOf(model) : null, name, loading)
    return { counter, template: findTemplate(model?.chat_template, { thinking }) }
  } catch (error) {
    throw new InputError(
      faultsOf(error).flatMap(one =>
        one.at === undefined ? texts.map(key => draft.locate(at(['request', key], one))) : [one],
      ),
    )
  }
}

const countRequest = (draft: Draft, lengths: Lengths<ReadLength>, means: Means): Pick<Request, CountedLength> => {
  const faults: Problem[] = []
  const around = aroundTexts(lengths, means)
  const covered = isCovered(lengths, means.template)
  const counted: Partial<Record<(typeof REQUEST_LENGTHS)[number], Length>> = {}
  for (const key of REQUEST_LENGTHS) {
    const atKey = (problem: Problem): Problem => at(['request', key], problem)
    const length = collect(
      faults,
      () => countLength(lengths[key], means, { around: around[key] ?? [], covered }),
      atKey,
    )
    if (length !== undefined) counted[key] = length
  }
  const { output = 0, reasoning = 0 } = counted
  const [most, least] = [longest(reasoning), shortest(output)]
  if (faults.length === 0 && most > least)
    faults.push(at(['request', 'reasoning'], problems.reasoningOverOutput(most, least)))
  if (faults.length > 0) throw new InputError(faults.map(draft.locate))
  return { ...(counted as Lengths<Length>), ...aroundPrompt(draft, lengths, means) }
}

// Reasoning and output are counted by one tokenizer and err the same way, so the bands are ignored when comparing them.
const longest = (length: Length): number => (typeof length === 'number' ? length : length.max)
const shortest = (length: Length): number => (typeof length === 'number' ? length : length.min)

/** Tokens that the template adds once per prompt, if any part of it is text, and to each earlier answer sent again. */
const aroundPrompt = (
  { written }: Draft,
  lengths: Lengths<ReadLength>,
  means: Means,
): Pick<Request, 'start_overhead' | 'end_overhead' | 'answer_overhead'> => {
  const { template } = means
  const again = written.request?.history === true && hasText(lengths.output)
  const inPrompt = PROMPT_LENGTHS.some(key => hasText(lengths[key])) || (again && (written.request?.turns ?? 1) > 1)
  const length = (tokens: number, counts: boolean): Length => {
    const parts = counts ? templateParts(tokens, means) : []
    return parts.length > 0 ? addParts(parts) : 0
  }
  return {
    start_overhead: length(template?.start ?? 0, inPrompt),
    end_overhead: length(template?.end ?? 0, inPrompt),
    answer_overhead: length(template?.answer ?? 0, again),
  }
}
