import * as z from 'zod/mini'
import { collect, collectLater, type Problem } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { nearest } from '../../model/nearest.ts'
import { selfHostSchema, type WrittenSelfHost } from '../../model/scenario/self-host-schema.ts'
import { inner } from '../../model/scenario/set-key.ts'
import { missingModel } from '../book/book.ts'
import { readClusters } from '../book/clusters.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { openBook } from '../book/open-book.ts'
import type { NamedPath } from '../source/named.ts'
import type { Source } from '../source/places.ts'

/** Finds names in a scenario that the books do not have, even if the file has other problems. */

/** Where a scenario's names are taken from: its raw data, or the parts that passed the schema. */
interface Named {
  readonly data: unknown
  /** Id or alias that overrides the scenario's model. */
  readonly model?: string | undefined
  readonly selfHost: WrittenSelfHost | undefined
}

interface Books {
  readonly priced: LoadedBook
  readonly files: Files
}

/** Problems for models that the book does not have, each at its key. */
export const missingModels = (named: Named, { priced, files }: Books): Problem[] =>
  modelPlaces(named).flatMap(({ name, path }) => missingModel(priced, name, files, path) ?? [])

/** Problems for unknown names in an invalid scenario; none if the books themselves cannot be read. */
export const nameFaultsOf = async (
  { data }: Pick<Source, 'data'>,
  { asked, book, files }: { readonly asked: readonly string[]; readonly book: NamedPath | null; readonly files: Files },
): Promise<Problem[]> => {
  // The scenario names a book that may not be read, so its models are not known.
  if (book === null && inner(data, 'pricing') !== undefined) return []
  // The key `pricing` seems misspelt: do not check names against another book.
  const misspelt = Object.keys(data ?? {}).some(key => key !== 'pricing' && nearest(key, ['pricing']).length > 0)
  if (misspelt) return []
  const { data: selfHost } = z.safeParse(selfHostSchema, inner(data, 'self_host'))
  // Problems in the books are reported when the books are actually loaded.
  const opening = { names: modelNamesIn(data), own: book === null ? [] : [book] }
  const priced = await collectLater([], () => openBook(asked, files, opening))
  if (!priced) return []
  const books = { priced, files }
  return [...missingModels({ data, selfHost }, books), ...(await clusterFaults({ data, selfHost }, books))]
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

type Place = { readonly name: string; readonly path: readonly (string | number)[] }

/** Every model that serves the workload, with the key that names it. */
const modelPlaces = ({ data, model }: Named): Place[] => {
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

/** Every model that a scenario names, of whatever use it is. */
export const modelNamesIn = (data: unknown): string[] => {
  const self = inner(inner(data, 'self_host'), 'model')
  const owners = ['request', 'totals'].map(key => inner(inner(data, key), 'tokens_of'))
  const served = modelPlaces({ data, selfHost: undefined }).map(({ name }) => name)
  const scored = Object.keys(inner(data, 'quality') ?? {})
  return [...served, ...[self, ...owners].filter(name => typeof name === 'string'), ...scored]
}

// Memory fit and speed depend on the model and its calls, which are not counted yet.
const LATER: ReadonlySet<string> = new Set(['NO_SPEED', 'DOES_NOT_FIT'])

/** Problems of a cluster that do not depend on its load. */
export const clusterFaults = async ({ data, model, selfHost }: Named, { priced, files }: Books): Promise<Problem[]> => {
  if (!selfHost) return []
  const own = selfHost.model ?? model ?? inner(data, 'model')
  const run = (inner(inner(data, 'traffic'), 'per') ?? 'run') === 'run'
  const { resolveSelfHost } = await import('../../cost/cluster/lookup/resolve-cluster.ts')
  const { loadFor } = await import('../../cost/result/resolve-cluster.ts')
  const faults: Problem[] = []
  const load = loadFor(typeof own === 'string' ? own : null, priced.book, run)
  collect(faults, () => resolveSelfHost(selfHost, load, readClusters(files)))
  return faults.filter(({ code }) => !LATER.has(code))
}
