/** What rows of a table's engine are. */
export type Kept =
  /** As they were written. */
  | 'plain'
  /** The last of a key, or less, once merged: read before, a call may be there twice. */
  | 'merged'
  /** Sums of many calls. */
  | 'summed'
  /** Another query, which may do anything. */
  | 'view'
  /** Rows of other tables. */
  | 'distributed'
  /** Not known to hold a log. */
  | 'other'

/** Replicated and Shared tables are what their names end in. */
export const keptBy = (engine: string): Kept => {
  const own = engine.replace(/^(Replicated|Shared)+/, '')
  if (/^(MergeTree|Log|TinyLog|StripeLog|Memory)$/.test(own)) return 'plain'
  if (/^(Replacing|Collapsing|VersionedCollapsing|Coalescing)MergeTree$/.test(own)) return 'merged'
  if (/^(Summing|Aggregating|Graphite)MergeTree$/.test(own)) return 'summed'
  if (own === 'View') return 'view'
  return own === 'Distributed' ? 'distributed' : 'other'
}

/** The table behind a Distributed one. */
export interface Behind {
  readonly cluster: string
  readonly database: string
  readonly table: string
}

/** @param engine - such as `Distributed(pair, default, usage, rand())`; parts may stand in quotes */
export const readDistributed = (engine: string): Behind | null => {
  const parts: string[] = []
  const part = /\s*(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`|([^\s,()'`]+))\s*([,)])/y
  part.lastIndex = engine.indexOf('(') + 1
  while (parts.length < 3) {
    const found = part.exec(engine)
    if (!found) break
    parts.push((found[1] ?? found[2] ?? found[3] ?? '').replace(/\\(.)/g, '$1'))
    if (found[4] === ')') break
  }
  const [cluster, database, table] = parts
  return cluster === undefined || database === undefined || table === undefined ? null : { cluster, database, table }
}
