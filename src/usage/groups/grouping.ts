import { METERS } from '../../model/meters.ts'
import type { UsageRecord } from '../record.ts'
import type { Group, RateKey } from './group.ts'
import { closed, type OpenGroup, opened } from './open-group.ts'

/** Groups of equal rates, by the report's keys. */
export interface Branch {
  readonly key: RateKey
  readonly inner: Map<string, Branch>
  group: OpenGroup | null
}

/** Sums records by what they have in common. */
export interface Grouping {
  /** The groups of what has these rates, and tells the same meters as a record. */
  branch(record: UsageRecord, key: RateKey): Branch
  /** @param values - of the report's keys, in their order */
  groupIn(branch: Branch, record: UsageRecord, values: readonly string[]): OpenGroup
  /** In the order of their first instants, whatever the order of the records. */
  groups(): Group[]
}

/** Branches are found value by value, without making a key of its own for every record. */
type Tree = Map<string | number | null, Tree | Branch>

export const grouping = (): Grouping => {
  const root: Tree = new Map()
  const open: OpenGroup[] = []
  return {
    branch: (record, key) => {
      const { model, at, end, band, service, region, rates } = key
      const tree = next(next(next(next(next(next(root, model), at), end), band), service), region)
      const last = next(tree, rates === null ? null : JSON.stringify(rates))
      const kind = kindOf(record, key)
      const known = last.get(kind) as Branch | undefined
      if (known) return known
      const made = newBranch(key)
      last.set(kind, made)
      return made
    },
    groupIn: (branch, record, values) => {
      let last = branch
      for (const value of values) last = innerBranch(last, value)
      if (last.group === null) {
        last.group = opened(record, { key: last.key, keys: values })
        open.push(last.group)
      }
      return last.group
    },
    groups: () => open.map(closed).sort(inTime),
  }
}

const newBranch = (key: RateKey): Branch => ({ key, inner: new Map(), group: null })

const innerBranch = ({ key, inner }: Branch, value: string): Branch => {
  const known = inner.get(value)
  if (known) return known
  const made = newBranch(key)
  inner.set(value, made)
  return made
}

/** What begins at the same instant comes by what rates depend on; what tells no time comes last. */
const inTime = (a: Group, b: Group): number =>
  (a.first ?? LAST) - (b.first ?? LAST) ||
  compare(a.model ?? '', b.model ?? '') ||
  a.band - b.band ||
  (a.end ?? 0) - (b.end ?? 0) ||
  compare(a.service ?? '', b.service ?? '') ||
  compare(a.region ?? '', b.region ?? '') ||
  Number(a.batch) - Number(b.batch) ||
  compareAll(a.keys, b.keys)

const LAST = Number.MAX_SAFE_INTEGER

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const compareAll = (a: readonly string[], b: readonly string[]): number => {
  for (const [i, one] of a.entries()) {
    const order = compare(one, b[i] ?? '')
    if (order !== 0) return order
  }
  return 0
}

const next = (tree: Tree, value: string | number | null): Tree => {
  const known = tree.get(value) as Tree | undefined
  if (known) return known
  const made: Tree = new Map()
  tree.set(value, made)
  return made
}

/** Meters without tokens and meters that are not told are told apart: a rate is missing only where there are tokens. */
export const kindOf = (record: UsageRecord, { batch, isMoney }: Pick<RateKey, 'batch' | 'isMoney'>): number => {
  const { input, cache_read, cache_write, cache_write_1h, output, stated_usd } = record
  let kind = (batch ? 1 : 0) + (isMoney ? 2 : 0) + (stated_usd === null ? 0 : 4)
  kind = kind * 3 + toldOf(input)
  kind = kind * 3 + toldOf(cache_read)
  kind = kind * 3 + toldOf(cache_write)
  kind = kind * 3 + toldOf(cache_write_1h)
  return kind * 3 + toldOf(output)
}

/** Kinds are below this. */
export const KINDS = 8 * 3 ** METERS.length

const toldOf = (tokens: number | null): number => (tokens === null ? 2 : tokens === 0 ? 0 : 1)
