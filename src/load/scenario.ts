import * as z from 'zod/mini'
import { findModel } from '../cost/price-at.ts'
import { at, InputError, type Problem, problems } from '../errors.ts'
import type { Files } from '../io.ts'
import type { Book } from '../model/book.ts'
import {
  cachePolicy,
  type Length,
  lengthSchema,
  NOT_YET,
  REQUEST_LENGTHS,
  type Request,
  type Scenario,
  scenarioSchema,
  type WrittenScenario,
} from '../model/scenario.ts'
import { loadTokenizer } from '../tokens/index.ts'
import { checkSchema } from './check-schema.ts'
import { countLength, hasText, type ReadLength, readLength } from './prompts.ts'
import { readText } from './read-text.ts'
import { inFileOrder, overlay, parseSource, type Source } from './source.ts'

const SCENARIO_LIMIT = 2 ** 20

type Lengths<T> = Readonly<Record<(typeof REQUEST_LENGTHS)[number], T>>

/** A scenario whose file is read and checked, whose texts are read but not yet counted. */
export interface Draft {
  readonly file: string
  readonly written: WrittenScenario
  readonly lengths: Lengths<ReadLength> | null
  readonly defaults: readonly string[]
  locate(problem: Problem): Problem
}

/**
 * Reads a scenario and the texts it names.
 *
 * @param set - settings `key.path=value` laid over the file
 * @param needsModel - whether a scenario without a model is a fault
 * @throws {InputError} every fault of the file at once, located, in the order of the file
 */
export const readScenario = async (
  file: string,
  { files, set = [], needsModel = true }: { files: Files; set?: readonly string[]; needsModel?: boolean },
): Promise<Draft> => {
  const name = file === '-' ? 'stdin' : file
  const source = overlay(parseSource(name, readText(file, files, SCENARIO_LIMIT)), set)
  const { lengths, faults } = await readLengths(source, { file, files })
  if (needsModel && inner(source.data, 'model') === undefined && isObject(source.data)) {
    faults.push(source.locate(at(['model'], problems.missingKey('model'))))
  }
  let draft: Draft | null = null
  try {
    draft = draftOf(source)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    faults.push(...error.problems)
  }
  if (faults.length > 0 || !draft) throw new InputError(inFileOrder(faults))
  return { ...draft, lengths: draft.written.request ? lengths : null }
}

/** Reads the texts of every length that is well formed, whatever else is wrong with the file. */
const readLengths = async (
  source: Source,
  { file, files }: { file: string; files: Files },
): Promise<{ lengths: Lengths<ReadLength>; faults: Problem[] }> => {
  const faults: Problem[] = []
  const lengths: Partial<Record<keyof Lengths<ReadLength>, ReadLength>> = {}
  for (const key of REQUEST_LENGTHS) {
    const parsed = z.safeParse(lengthSchema, inner(inner(source.data, 'request'), key) ?? 0)
    if (!parsed.success) continue
    try {
      lengths[key] = await readLength(parsed.data, ['request', key], { file, files })
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems.map(source.locate))
    }
  }
  return { lengths: lengths as Lengths<ReadLength>, faults }
}

/**
 * Holds a source against the scenario's schema and rules; its texts are not read yet.
 *
 * @throws {InputError} every fault at once, located
 */
export const draftOf = (source: Source): Draft => {
  const { early, rest } = setApart(source.data)
  const faults = early.map(key => source.locate(at([key], problems.notYet(`the key ${key}`))))
  if (isObject(rest) && 'request' in rest === 'totals' in rest) {
    const both = 'request' in rest
    faults.push(source.locate(at(both ? ['totals'] : [], problems.oneWorkload(both ? 'both' : 'neither'))))
  }
  let written: WrittenScenario | null = null
  try {
    written = checkSchema(scenarioSchema, { ...source, data: rest })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    faults.push(...error.problems)
  }
  if (!written || faults.length > 0) throw new InputError(inFileOrder(faults))
  return { file: source.name, written, lengths: null, defaults: leftOut(source.data), locate: source.locate }
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

/** The keys that later versions read, and the data without them. */
const setApart = (data: unknown): { early: string[]; rest: unknown } => {
  if (!isObject(data)) return { early: [], rest: data }
  const early = NOT_YET.filter(key => key in data)
  return { early, rest: Object.fromEntries(Object.entries(data).filter(([key]) => !early.some(name => name === key))) }
}

const MATTERS = ['at', 'traffic.profile', 'request.turn_gap', 'cache']

const leftOut = (data: unknown): string[] =>
  MATTERS.filter(path => path.split('.').reduce<unknown>(inner, data) === undefined)

const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

/**
 * Counts a draft's texts for one model of a book; numbers are the same for all.
 *
 * @param model - id or alias; left out: the scenario's own
 * @throws {InputError} MISSING_KEY without a model; NO_TOKENIZER, TEXT_TOO_HARD, REASONING_OVER_OUTPUT, located
 */
export const countScenario = async (draft: Draft, book: Book, model = draft.written.model): Promise<Scenario> => {
  const { written, lengths, file, defaults } = draft
  if (model === undefined) throw new InputError([draft.locate(at(['model'], problems.missingKey('model')))])
  const { name, description, at: moment, tags, traffic, request, totals, cache } = written
  return {
    name,
    ...(description === undefined ? {} : { description }),
    file,
    ...(moment === undefined ? {} : { at: moment }),
    model,
    tags,
    traffic,
    request:
      request && lengths
        ? {
            turns: request.turns,
            turn_gap_s: request.turn_gap,
            history: request.history,
            ...(await countRequest(draft, lengths, { book, model })),
          }
        : null,
    totals: totals ?? null,
    cache: cachePolicy(cache),
    defaults,
  }
}

const countRequest = async (
  draft: Draft,
  lengths: Lengths<ReadLength>,
  { book, model }: { book: Book; model: string },
): Promise<Pick<Request, (typeof REQUEST_LENGTHS)[number]>> => {
  const texts = REQUEST_LENGTHS.filter(key => hasText(lengths[key]))
  const vocabulary = findModel(book, model)?.tokenizer ?? null
  const tokenizer = texts.length > 0 && vocabulary !== null ? await loadTokenizer(vocabulary) : null
  const faults: Problem[] = []
  const counted: Partial<Record<(typeof REQUEST_LENGTHS)[number], Length>> = {}
  for (const key of REQUEST_LENGTHS) {
    const path = ['request', key]
    if (texts.includes(key) && !tokenizer) {
      const why = vocabulary === null ? 'its vocabulary is not known' : `there is no tokenizer for ${vocabulary} yet`
      faults.push(at(path, problems.noTokenizer(model, why)))
      continue
    }
    try {
      counted[key] = countLength(lengths[key], tokenizer)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems.map(problem => at(path, problem)))
    }
  }
  const { output = 0, reasoning = 0 } = counted
  const [most, least] = [
    typeof reasoning === 'number' ? reasoning : reasoning.max,
    typeof output === 'number' ? output : output.min,
  ]
  if (faults.length === 0 && most > least)
    faults.push(at(['request', 'reasoning'], problems.reasoningOverOutput(most, least)))
  if (faults.length > 0) throw new InputError(faults.map(draft.locate))
  return counted as Lengths<Length>
}
