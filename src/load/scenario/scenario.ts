import * as z from 'zod/mini'
import { at, collect, collectLater, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Left } from '../../io.ts'
import { REQUEST_LENGTHS } from '../../model/scenario/counted.ts'
import { lengthSchema } from '../../model/scenario/length.ts'
import { scenarioSchema, type WrittenScenario } from '../../model/scenario/scenario-schema.ts'
import { inner } from '../../model/scenario/set-key.ts'
import { readText } from '../files/read-text.ts'
import { endShared } from '../lengths/end-shared.ts'
import { type ReadLength, readLength } from '../lengths/read-length.ts'
import { checkSchema } from '../source/check-schema.ts'
import { type Named, type NamedPath, namedIn } from '../source/named.ts'
import { type ConfigSetting, inFileOrder, type PlaceOf, type Source } from '../source/places.ts'
import { type Given, overlay, parseSource, underlay } from '../source/source.ts'
import { routingFaults } from './check-routing.ts'
import { nameFaultsOf } from './name-faults.ts'

const SCENARIO_LIMIT = 2 ** 20

/** One value for each length of a request. */
export type Lengths<T> = Readonly<Record<(typeof REQUEST_LENGTHS)[number], T>>

/** A scenario that is read and validated, with texts not yet counted. */
export interface Draft {
  readonly file: string
  readonly written: WrittenScenario
  readonly lengths: Lengths<ReadLength> | null
  /** The price book that it names, checked against its boundary. */
  readonly book: NamedPath | null
  readonly defaults: readonly string[]
  /** What it was read from, so that keys can be changed. */
  readonly source: Source
  /** The keys that the configuration set. */
  readonly configured: readonly ConfigSetting[]
  /** Paths skipped when searching for its samples. */
  readonly left: readonly Left[]
  readonly placeOf: PlaceOf
  locate(problem: Problem): Problem
}

interface ReadingOptions {
  readonly files: Files
  /** Whether the scenario must name a model. */
  readonly needsModel?: boolean
  /** Books from the command line, used to check the names in an invalid file too. */
  readonly pricing?: readonly string[]
  /** Reads the texts of a length; a caching one if a scenario is read with several settings. */
  readonly read?: typeof readLength
}

/**
 * Reads a scenario and its texts.
 *
 * @param set - overrides, as `key.path=value`
 * @param under - keys that the configuration sets where the file leaves them out
 * @param parse - the parser; a caching one if files are read twice
 * @throws {InputError} every problem in the file at once, located, in file order
 */
export const readScenario = async (
  file: string,
  {
    set = [],
    under = [],
    parse = parseSource,
    ...options
  }: ReadingOptions & {
    readonly set?: readonly Given[]
    readonly under?: readonly ConfigSetting[]
    readonly parse?: typeof parseSource
  },
): Promise<Draft> => {
  const name = file === '-' ? 'stdin' : file
  const source = underlay(parse(name, readText(file, options.files, SCENARIO_LIMIT), KEYS), under)
  return readDraft(overlay(source, set), options)
}

/**
 * The scenario as `--set` with further keys would give it.
 *
 * @param set - overrides, as `key.path=value`, on top of those that it was read with
 * @throws {InputError} every problem at once, located
 */
export const changed = (draft: Draft, set: readonly string[], options: ReadingOptions): Promise<Draft> =>
  readDraft(overlay(draft.source, set), options)

/**
 * Reads a scenario that is parsed, and its texts.
 *
 * @throws {InputError} every problem at once, located, in file order
 */
export const readDraft = async (
  source: Source,
  { files, needsModel = true, pricing = [], read = readLength }: ReadingOptions,
): Promise<Draft> => {
  const named = namedIn(source, files)
  const faults: Problem[] = []
  const book = bookOf(source, named, faults)
  const served = inner(source.data, 'model') !== undefined || inner(source.data, 'routing') !== undefined
  if (needsModel && !served && isObject(source.data)) faults.push(source.locate(at(['model'], problems.noRoute())))
  const draft = collect(faults, () => draftOf(source))
  // If an invalid file does not look like a scenario, the files that it names are neither read nor mentioned.
  const left: Left[] = []
  const lengths = draft || source.shown ? await readLengths(source, { named, left, read }, faults) : null
  if (faults.length > 0 || !draft) {
    const own = needsModel && source.shown ? await nameFaultsOf(source, { asked: pricing, book, files }) : []
    throw new InputError(inFileOrder([...faults, ...own.map(source.locate)]))
  }
  return { ...draft, left, lengths: lengths && draft.written.request ? endShared(lengths) : null, book }
}

const KEYS: readonly string[] = Object.keys(scenarioSchema.shape)

/** The price book that a scenario names; a problem with its path is added to `faults`. */
const bookOf = (source: Source, named: Named, faults: Problem[]): NamedPath | null => {
  const written = inner(source.data, 'pricing')
  if (typeof written !== 'string' || !(source.shown || source.isTyped?.(['pricing']))) return null
  return collect(faults, () => named.book(written, ['pricing']), source.locate) ?? null
}

/** Reads the texts of every well-formed length, even if the file has other problems; adds theirs to `faults`. */
const readLengths = async (
  source: Source,
  { named, left, read }: { readonly named: Named; readonly left: Left[]; readonly read: typeof readLength },
  faults: Problem[],
): Promise<Lengths<ReadLength>> => {
  const lengths: Partial<Record<keyof Lengths<ReadLength>, ReadLength>> = {}
  for (const key of REQUEST_LENGTHS) {
    const parsed = z.safeParse(lengthSchema, inner(inner(source.data, 'request'), key) ?? 0)
    if (!parsed.success) continue
    const located = (problem: Problem): Problem => (problem.at === undefined ? source.locate(problem) : problem)
    const work = () => read(parsed.data, ['request', key], { named, left })
    const length = await collectLater(faults, work, located)
    if (length !== undefined) lengths[key] = length
  }
  return lengths as Lengths<ReadLength>
}

/**
 * Validates a source against the scenario's schema and rules; its texts are not read yet.
 *
 * @throws {InputError} every problem at once, located
 */
export const draftOf = (source: Source): Draft => {
  const { data } = source
  const faults: Problem[] = []
  if (isObject(data) && 'request' in data === 'totals' in data) {
    const both = 'request' in data
    faults.push(source.locate(at(both ? ['totals'] : [], problems.oneWorkload(both ? 'both' : 'neither'))))
  }
  const written: WrittenScenario | undefined = collect(faults, () => checkSchema(scenarioSchema, source))
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
    source,
    configured: (source.configured ?? []).filter(({ path }) => !source.isTyped?.(path)),
    placeOf: source.placeOf,
    locate: source.locate,
  }
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

const MATTERS = ['at', 'traffic.profile', 'request.turn_gap', 'cache']

const leftOut = (data: unknown): string[] =>
  MATTERS.filter(path => path.split('.').reduce<unknown>(inner, data) === undefined)
