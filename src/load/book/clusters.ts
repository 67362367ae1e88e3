import type { Files } from '../../io.ts'
import type { Clusters } from '../../model/book/clusters.ts'

const read = new WeakMap<Files['shipped'], Clusters>()

/** Reads the newest bundled cluster book. Tests validate it against its schema, so a run does not spend time on it. */
export const readClusters = ({ shipped, shippedNames }: Pick<Files, 'shipped' | 'shippedNames'>): Clusters => {
  const known = read.get(shipped)
  if (known) return known
  const newest = shippedNames('pricing')
    .filter(name => /^clusters-\d{4}-\d{2}-\d{2}\.json$/.test(name))
    .sort()
    .at(-1)
  if (newest === undefined) throw new Error('no cluster book ships with this package')
  const bytes = shipped(`pricing/${newest}`)
  const clusters = JSON.parse(new TextDecoder().decode(bytes)) as Clusters
  read.set(shipped, clusters)
  return clusters
}
