import { sizesOf } from '../cost/split-routes.ts'
import { at, InputError, type Problem, problems } from '../errors.ts'
import type { Files } from '../io.ts'
import type { Counted } from '../model/counted.ts'
import { modelsIn, type Routing, toRouting } from '../model/routing.ts'
import { cachePolicy, type Scenario } from '../model/scenario.ts'
import { type LoadedBook, missingModel } from './book.ts'
import { countWorkload } from './count-workload.ts'
import type { Draft } from './scenario.ts'

interface CountOptions {
  readonly book: LoadedBook['book']
  readonly files: Pick<Files, 'shipped'>
  /** Id or alias, instead of what the scenario names. */
  readonly model?: string | undefined
  /** Models beside the scenario's own that its texts are to be counted for. */
  readonly also?: readonly string[]
}

/**
 * Counts a draft's texts for the models that serve it; numbers are the same for all.
 *
 * @throws {InputError} MISSING_KEY without a model; NO_TOKENIZER, TEXT_TOO_HARD, REASONING_OVER_OUTPUT, located
 */
export const countScenario = async (
  draft: Draft,
  { book, files, model, also = [] }: CountOptions,
): Promise<Scenario> => {
  const { written, file, defaults } = draft
  const { name, description, at: moment, tags, traffic, totals, cache, budget, quality } = written
  const routing = written.routing && toRouting(written.routing)
  const names = namesIn({ model, written, routing })
  const [first] = names
  if (first === undefined) throw new InputError([draft.locate(at(['model'], problems.noRoute()))])
  const counted = await countFor(draft, [...new Set([...names, ...also])], { book, files })
  const own = counted[first]
  const alone = model ?? written.model ?? null
  return {
    name,
    ...(description === undefined ? {} : { description }),
    file,
    ...(moment === undefined ? {} : { at: moment }),
    model: alone,
    ...(alone === null && routing ? { routing } : {}),
    tags,
    traffic,
    request: own?.request ?? null,
    ...(alone === null && own?.counting ? { counted } : {}),
    ...(alone !== null && routing ? sizesIn(routing) : {}),
    totals: totals ?? null,
    cache: cachePolicy(cache),
    ...(budget === undefined ? {} : { budget }),
    ...(quality === undefined ? {} : { quality }),
    counting: own?.counting ?? null,
    defaults,
  }
}

/** The models to count for: the one asked for, else what the scenario names. */
const namesIn = ({
  model,
  written,
  routing,
}: {
  model: string | undefined
  written: Draft['written']
  routing: Routing | undefined
}): string[] => {
  const alone = model ?? written.model
  if (alone !== undefined) return [alone]
  return routing ? modelsIn(routing) : []
}

/** A fleet's requests keep their sizes when one model is to serve them all. */
const sizesIn = (routing: Routing): Pick<Scenario, 'sizes'> => {
  const sizes = sizesOf(routing)
  return sizes.every(({ tokens }) => tokens === '1') ? {} : { sizes }
}

/** The workload once for each model; without text they are all the same. */
const countFor = async (
  draft: Draft,
  names: readonly string[],
  { book, files }: Pick<CountOptions, 'book' | 'files'>,
): Promise<Record<string, Counted>> => {
  const counted: Record<string, Counted> = {}
  const faults: Problem[] = []
  for (const name of names) {
    try {
      counted[name] = await countWorkload(draft, name, { book, files })
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems)
    }
  }
  const found = new Map(faults.map(fault => [JSON.stringify(fault), fault]))
  if (found.size > 0) throw new InputError([...found.values()])
  return counted
}

/**
 * Counts a draft's texts for models that the book must have.
 *
 * @throws {InputError} UNKNOWN_MODEL for each at its key, and what `countScenario` throws, located
 */
export const countPriced = async (
  draft: Draft,
  priced: LoadedBook,
  files: Files,
  options: Pick<CountOptions, 'model' | 'also'> = {},
): Promise<Scenario> => {
  const missing = placesOf(draft.written, options.model).flatMap(
    ({ name, path }) => missingModel(priced, name, files, path) ?? [],
  )
  if (missing.length > 0) throw new InputError(missing.map(draft.locate))
  return countScenario(draft, { book: priced.book, files, ...options })
}

/** Every model that serves, with the key that names it. */
const placesOf = ({ model, routing }: Draft['written'], asked: string | undefined) => {
  const alone = asked ?? model
  if (alone !== undefined) return [{ name: alone, path: ['model'] }]
  if (!routing) return []
  return [
    ...routing.legs.map((leg, i) => ({ name: leg.model, path: ['routing', 'legs', i, 'model'] })),
    ...routing.fallback.map((name, i) => ({ name, path: ['routing', 'fallback', i] })),
    ...(routing.baselines ?? []).map((name, i) => ({ name, path: ['routing', 'baselines', i] })),
  ]
}
