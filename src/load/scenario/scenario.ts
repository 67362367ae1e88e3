import * as z from 'zod/mini'
import { at, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Left } from '../../io.ts'
import { REQUEST_LENGTHS } from '../../model/scenario/counted.ts'
import { lengthSchema, scenarioSchema, type WrittenScenario } from '../../model/scenario/scenario.ts'
import { readText } from '../files/read-text.ts'
import { checkSchema } from '../source/check-schema.ts'
import { type Named, type NamedPath, namedIn } from '../source/named.ts'
import { inFileOrder, type PlaceOf, type Source } from '../source/places.ts'
import { inner, overlay, parseSource } from '../source/source.ts'
import { routingFaults } from './check-routing.ts'
import { nameFaultsOf } from './name-faults.ts'
import { type ReadLength, readLength } from './prompts.ts'

const SCENARIO_LIMIT = 2 ** 20

/** One of each length that a scenario gives. */
export type Lengths<T> = Readonly<Record<(typeof REQUEST_LENGTHS)[number], T>>

/** A scenario whose file is read and checked, whose texts are read but not yet counted. */
export interface Draft {
  readonly file: string
  readonly written: WrittenScenario
  readonly lengths: Lengths<ReadLength> | null
  /** The price book that it names, held to its boundary. */
  readonly book: NamedPath | null
  readonly defaults: readonly string[]
  /** What a search for its samples did not go into. */
  readonly left: readonly Left[]
  readonly placeOf: PlaceOf
  locate(problem: Problem): Problem
}

/**
 * Reads a scenario and the texts it names.
 *
 * @param set - settings `key.path=value` laid over the file
 * @param needsModel - whether a scenario without a model is a fault
 * @param pricing - books asked for in the call: a broken file is held to the names in them as well
 * @param parse - where files are read twice, one that remembers what it has parsed
 * @throws {InputError} every fault of the file at once, located, in the order of the file
 */
export const readScenario = async (
  file: string,
  {
    files,
    set = [],
    needsModel = true,
    pricing = [],
    parse = parseSource,
  }: {
    files: Files
    set?: readonly string[]
    needsModel?: boolean
    pricing?: readonly string[]
    parse?: typeof parseSource
  },
): Promise<Draft> => {
  const name = file === '-' ? 'stdin' : file
  const source = overlay(parse(name, readText(file, files, SCENARIO_LIMIT), KEYS), set)
  const named = namedIn(source, files)
  const faults: Problem[] = []
  const book = bookOf(source, named, faults)
  const served = inner(source.data, 'model') !== undefined || inner(source.data, 'routing') !== undefined
  if (needsModel && !served && isObject(source.data)) faults.push(source.locate(at(['model'], problems.noRoute())))
  let draft: Draft | null = null
  try {
    draft = draftOf(source)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    faults.push(...error.problems)
  }
  // What a broken file of another's names is neither followed nor told.
  const left: Left[] = []
  const lengths = draft || source.shown ? await readLengths(source, { named, left }, faults) : null
  if (faults.length > 0 || !draft) {
    const own = needsModel && source.shown ? await nameFaultsOf(source, { asked: pricing, book, files }) : []
    throw new InputError(inFileOrder([...faults, ...own.map(source.locate)]))
  }
  return { ...draft, left, lengths: draft.written.request ? lengths : null, book }
}

const KEYS: readonly string[] = Object.keys(scenarioSchema.shape)

/** The price book that a scenario names; a fault of its path is added to the others. */
const bookOf = (source: Source, named: Named, faults: Problem[]): NamedPath | null => {
  const written = inner(source.data, 'pricing')
  if (typeof written !== 'string' || !(source.shown || source.isTyped?.(['pricing']))) return null
  try {
    return named.book(written, ['pricing'])
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    faults.push(...error.problems.map(source.locate))
    return null
  }
}

/** Reads the texts of every length that is well formed, whatever else is wrong with the file; adds their faults. */
const readLengths = async (
  source: Source,
  { named, left }: { readonly named: Named; readonly left: Left[] },
  faults: Problem[],
): Promise<Lengths<ReadLength>> => {
  const lengths: Partial<Record<keyof Lengths<ReadLength>, ReadLength>> = {}
  for (const key of REQUEST_LENGTHS) {
    const parsed = z.safeParse(lengthSchema, inner(inner(source.data, 'request'), key) ?? 0)
    if (!parsed.success) continue
    try {
      lengths[key] = await readLength(parsed.data, ['request', key], { named, left })
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems.map(problem => (problem.at === undefined ? source.locate(problem) : problem)))
    }
  }
  return lengths as Lengths<ReadLength>
}

/**
 * Holds a source against the scenario's schema and rules; its texts are not read yet.
 *
 * @throws {InputError} every fault at once, located
 */
export const draftOf = (source: Source): Draft => {
  const { data } = source
  const faults: Problem[] = []
  if (isObject(data) && 'request' in data === 'totals' in data) {
    const both = 'request' in data
    faults.push(source.locate(at(both ? ['totals'] : [], problems.oneWorkload(both ? 'both' : 'neither'))))
  }
  let written: WrittenScenario | null = null
  try {
    written = checkSchema(scenarioSchema, source)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    faults.push(...error.problems)
  }
  if (isObject(data) && 'model' in data && 'routing' in data) {
    faults.push(source.locate(at(['model'], problems.oneRoute())))
  }
  if (source.shown) faults.push(...routingFaults(data).map(source.locate))
  if (!written || faults.length > 0) throw new InputError(inFileOrder(faults))
  return {
    file: source.name,
    written,
    lengths: null,
    book: null,
    left: [],
    defaults: leftOut(data),
    placeOf: source.placeOf,
    locate: source.locate,
  }
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

const MATTERS = ['at', 'traffic.profile', 'request.turn_gap', 'cache']

const leftOut = (data: unknown): string[] =>
  MATTERS.filter(path => path.split('.').reduce<unknown>(inner, data) === undefined)
