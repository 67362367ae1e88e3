import { findModel } from '../cost/price-at.ts'
import { at, InputError, type Problem, problems } from '../errors.ts'
import type { Files } from '../io.ts'
import type { Book, Model } from '../model/book.ts'
import {
  type Counted,
  type Counting,
  type Length,
  type Part,
  REQUEST_LENGTHS,
  type Request,
  type Template,
} from '../model/counted.ts'
import { type Counter, findTemplate } from '../tokens/index.ts'
import { requireCounter } from './counter.ts'
import { addParts, asPart, countLength, hasText, type ReadLength } from './prompts.ts'
import type { Draft, Lengths } from './scenario.ts'

/** What counts a model's text, and what its chat template puts around it. */
interface Means {
  readonly counter: Counter | null
  readonly template: Template | null
}

/**
 * Counts a draft's request for one model; without text it is the same for all.
 *
 * @throws {InputError} NO_TOKENIZER, TEXT_TOO_HARD, REASONING_OVER_OUTPUT, located
 */
export const countWorkload = async (
  draft: Draft,
  name: string,
  { book, files }: { readonly book: Book; readonly files: Pick<Files, 'shipped'> },
): Promise<Counted> => {
  const { lengths, written } = draft
  const { request } = written
  if (!request || !lengths) return { request: null, counting: null }
  const texts = REQUEST_LENGTHS.filter(key => hasText(lengths[key]))
  const means = texts.length > 0 ? await meansOf(draft, { texts, files, model: findModel(book, name), name }) : NONE
  return {
    request: {
      turns: request.turns,
      turn_gap_s: request.turn_gap,
      history: request.history,
      ...countRequest(draft, lengths, means),
    },
    counting: countingOf(means),
  }
}

const NONE: Means = { counter: null, template: null }

const countingOf = ({ counter, template }: Means): Counting | null => {
  if (!counter) return null
  const { name, vocabulary, estimation, source } = counter
  return { tokenizer: name, vocabulary, estimation, source, template }
}

/** @throws {InputError} NO_TOKENIZER at every key that has text */
const meansOf = async (
  draft: Draft,
  {
    texts,
    files,
    model,
    name,
  }: { texts: readonly string[]; files: Pick<Files, 'shipped'>; model: Model | undefined; name: string },
): Promise<Means> => {
  const thinking = draft.lengths !== null && draft.lengths.reasoning !== 0
  try {
    const counter = await requireCounter(model?.tokenizer ?? null, name, files)
    return { counter, template: findTemplate(model?.chat_template, { thinking }) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(texts.flatMap(key => error.problems.map(one => draft.locate(at(['request', key], one)))))
  }
}

const countRequest = (
  draft: Draft,
  lengths: Lengths<ReadLength>,
  means: Means,
): Omit<Request, 'turns' | 'turn_gap_s' | 'history'> => {
  const faults: Problem[] = []
  const around = aroundOf(lengths, means)
  const counted: Partial<Record<(typeof REQUEST_LENGTHS)[number], Length>> = {}
  for (const key of REQUEST_LENGTHS) {
    try {
      counted[key] = countLength(lengths[key], means, around[key])
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems.map(problem => at(['request', key], problem)))
    }
  }
  const { output = 0, reasoning = 0 } = counted
  const [most, least] = [longest(reasoning), shortest(output)]
  if (faults.length === 0 && most > least)
    faults.push(at(['request', 'reasoning'], problems.reasoningOverOutput(most, least)))
  if (faults.length > 0) throw new InputError(faults.map(draft.locate))
  const answer = hasText(lengths.output) && draft.written.request?.history ? aroundAnswer(means) : []
  return { ...(counted as Lengths<Length>), answer_overhead: answer.length > 0 ? addParts(answer) : 0 }
}

// The two are counted by one tokenizer, so their estimates err the same way: both are taken at the stated factor.
const longest = (length: Length): number => (typeof length === 'number' ? length : length.max)
const shortest = (length: Length): number => (typeof length === 'number' ? length : length.min)

/**
 * What the chat template puts around the texts of a prompt: `shared` is the system message, `turn` a user message, or
 * `session` where no turn has text; whichever text comes first also begins the prompt.
 */
const aroundOf = (lengths: Lengths<ReadLength>, { counter, template }: Means): Partial<Record<string, Part[]>> => {
  if (!counter || !template) return {}
  const texts = (['shared', 'session', 'turn'] as const).filter(key => hasText(lengths[key]))
  const speaks = texts.includes('turn') ? 'turn' : 'session'
  return Object.fromEntries(
    texts.map((key, i) => {
      const tokens =
        (i === 0 ? template.start : 0) + (key === 'shared' ? template.system : key === speaks ? template.user : 0)
      return [key, tokens === 0 ? [] : [templatePart(tokens, counter, template)]]
    }),
  )
}

const aroundAnswer = ({ counter, template }: Means): Part[] =>
  counter && template && template.answer > 0 ? [templatePart(template.answer, counter, template)] : []

const templatePart = (tokens: number, { name: tokenizer }: Counter, { name, exact }: Template): Part =>
  asPart({ source: `chat template ${name}`, kind: 'template', tokenizer }, [
    { tokens, low: tokens, high: tokens, exact },
  ])
