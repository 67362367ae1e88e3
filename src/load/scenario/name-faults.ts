import * as z from 'zod/mini'
import type { Load } from '../../cost/cluster/lookup/serving-rates.ts'
import { findModel } from '../../cost/rates/price-at.ts'
import { InputError, type Problem } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { nearest } from '../../model/nearest.ts'
import { selfHostSchema, type WrittenSelfHost } from '../../model/scenario/self-host-schema.ts'
import { type LoadedBook, missingModel, readBook } from '../book/book.ts'
import { readClusters } from '../book/clusters.ts'
import type { NamedPath } from '../source/named.ts'
import type { Source } from '../source/places.ts'
import { inner } from '../source/source.ts'

/** Faults of what a scenario names and the books do not have, found whatever else is wrong with its file. */

/** What says what a scenario names: its file's data, or those that passed the schema. */
interface Named {
  readonly data: unknown
  /** Id or alias, instead of what the scenario names. */
  readonly model?: string | undefined
  readonly selfHost: WrittenSelfHost | undefined
}

interface Books {
  readonly priced: LoadedBook
  readonly files: Files
}

/** Models that the book does not have, each at its key. */
export const missingModels = (named: Named, { priced, files }: Books): Problem[] =>
  placesOf(named).flatMap(({ name, path }) => missingModel(priced, name, files, path) ?? [])

/** What a broken file names and the books do not have; nothing where the books themselves cannot be read. */
export const nameFaultsOf = async (
  { data }: Pick<Source, 'data'>,
  { asked, book, files }: { readonly asked: readonly string[]; readonly book: NamedPath | null; readonly files: Files },
): Promise<Problem[]> => {
  // A book that may not be read says nothing of what it has.
  if (book === null && inner(data, 'pricing') !== undefined) return []
  // What names its book by a misspelt key is not held to another one.
  const misspelt = Object.keys(data ?? {}).some(key => key !== 'pricing' && nearest(key, ['pricing']).length > 0)
  if (misspelt) return []
  const { data: selfHost } = z.safeParse(selfHostSchema, inner(data, 'self_host'))
  try {
    const books = { priced: await readBook(asked, files, book === null ? [] : [book]), files }
    return [...missingModels({ data, selfHost }, books), ...(await clusterFaults({ data, selfHost }, books))]
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return []
  }
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

type Place = { readonly name: string; readonly path: readonly (string | number)[] }

/** Every model that serves, with the key that names it. */
const placesOf = ({ data, model }: Named): Place[] => {
  const place = (name: unknown, ...path: Place['path']): Place[] => (typeof name === 'string' ? [{ name, path }] : [])
  const alone = model ?? inner(data, 'model')
  if (alone !== undefined) return place(alone, 'model')
  const routing = inner(data, 'routing')
  const legs = list(inner(routing, 'legs'))
  return [
    ...legs.flatMap((leg, i) => place(inner(leg, 'model'), 'routing', 'legs', i, 'model')),
    ...(legs.some(leg => inner(leg, 'self_host') === true)
      ? place(inner(inner(data, 'self_host'), 'model'), 'self_host', 'model')
      : []),
    ...['fallback', 'baselines'].flatMap(key =>
      list(inner(routing, key)).flatMap((name, i) => place(name, 'routing', key, i)),
    ),
  ]
}

// Whether weights fit and how fast they are hangs on the model and on its calls, which are not counted yet.
const LATER: ReadonlySet<string> = new Set(['NO_SPEED', 'DOES_NOT_FIT'])

/** What is known of a cluster's work before it is counted. @param name - the model whose weights it runs */
export const loadFor = (name: string | null, book: LoadedBook['book'], run: boolean): Load => {
  const known = name === null ? null : findModel(book, name)
  return {
    model: known?.id ?? name,
    openWeights: known ? (known.open_weights ?? null) : undefined,
    run,
    prompt: null,
    output: null,
    lengthKnown: false,
  }
}

/** What is wrong with a cluster, whatever it serves. */
export const clusterFaults = async ({ data, model, selfHost }: Named, { priced, files }: Books): Promise<Problem[]> => {
  if (!selfHost) return []
  const own = selfHost.model ?? model ?? inner(data, 'model')
  const run = (inner(inner(data, 'traffic'), 'per') ?? 'run') === 'run'
  const load = loadFor(typeof own === 'string' ? own : null, priced.book, run)
  const { resolveSelfHost } = await import('../../cost/cluster/lookup/resolve-cluster.ts')
  try {
    resolveSelfHost(selfHost, load, readClusters(files))
    return []
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.problems.filter(({ code }) => !LATER.has(code))
  }
}
