import type { Book, Model, Price, Rate } from '../model/book/book.ts'
import { entryOf } from '../model/entry-of.ts'
import { METERS } from '../model/meters.ts'

/** One difference between two books. */
export interface BookChange {
  readonly model: string
  /** The day from which the row is in force; `null`: the change is not in a row. */
  readonly from: string | null
  readonly what: string
  readonly a: Rate | string
  readonly b: Rate | string
  /** Whether only the evidence is newer, and no price changes. */
  readonly evidence?: true
}

/** Differences between two books: models and rows added or removed, and rates changed. */
export const diffBooks = (a: Book, b: Book): BookChange[] => {
  const providers = names(Object.keys(a.providers), Object.keys(b.providers)).flatMap(id =>
    diffWhole(`provider ${id}`, entryOf(a.providers, id), entryOf(b.providers, id)),
  )
  const [olds, news] = [byId(a), byId(b)]
  const models = names(
    a.models.map(({ id }) => id),
    b.models.map(({ id }) => id),
  ).flatMap(id => {
    const [old, now] = [olds.get(id), news.get(id)]
    const own = diffWhole(id, old && about(old), now && about(now))
    return old && now ? [...own, ...diffRows(old, now)] : own
  })
  return [...providers, ...models]
}

const byId = ({ models }: Book): ReadonlyMap<string, Model> => new Map(models.map(model => [model.id, model]))

const names = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])].sort()

/** A model's description without its prices. */
const about = ({ prices: _, ...rest }: Model): object => rest

/** Differences between two descriptions key by key, or the fact that only one exists. */
const diffWhole = (model: string, a: object | undefined, b: object | undefined): BookChange[] => {
  if (!a || !b) return [{ model, from: null, what: 'all', a: a ? 'there' : 'absent', b: b ? 'there' : 'absent' }]
  const [old, now] = [a, b] as [Record<string, unknown>, Record<string, unknown>]
  return names(Object.keys(old), Object.keys(now)).flatMap(key =>
    JSON.stringify(old[key]) === JSON.stringify(now[key])
      ? []
      : [{ model, from: null, what: key, a: inShort(old[key]), b: inShort(now[key]) }],
  )
}

const inShort = (value: unknown): string => {
  if (value === undefined) return 'none'
  const text = typeof value === 'object' ? '' : String(value)
  return text === '' || text.length > 24 ? 'other' : text
}

const diffRows = (a: Model, b: Model): BookChange[] => {
  const [olds, news] = [a, b].map(({ prices }) => new Map(prices.map(row => [row.from, row])))
  const starts = [...new Set([...a.prices, ...b.prices].map(({ from }) => from))].sort()
  return starts.flatMap(from => {
    const [old, now] = [olds?.get(from), news?.get(from)]
    if (old && now) return diffRates(a.id, old, now)
    return [{ model: a.id, from, what: 'row', a: old ? 'there' : 'absent', b: now ? 'there' : 'absent' }]
  })
}

/** Keys of a row that document its price rather than set it. */
const EVIDENCE: readonly string[] = ['source', 'also', 'grade', 'note', 'seen'] satisfies (keyof Price)[]

/** Keys of two rows that affect the price besides dates and rates, including any added in future. */
const termsOf = (a: Price, b: Price): (keyof Price)[] => {
  const told = new Set<string>([...METERS.map(({ key }) => key), 'from', 'to', ...EVIDENCE])
  return (Object.keys({ ...a, ...b }) as (keyof Price)[]).filter(key => !told.has(key))
}

const diffRates = (model: string, a: Price, b: Price): BookChange[] => {
  const changes: BookChange[] = METERS.flatMap(({ key }) => {
    const [old, now] = [a[key] ?? (key in a ? null : 'not_offered'), b[key] ?? (key in b ? null : 'not_offered')]
    return old === now ? [] : [{ model, from: a.from, what: key, a: old, b: now }]
  })
  for (const key of termsOf(a, b)) {
    if (JSON.stringify(a[key]) !== JSON.stringify(b[key])) {
      changes.push({ model, from: a.from, what: key, a: termOf(a[key]), b: termOf(b[key]) })
    }
  }
  if ((a.to ?? null) !== (b.to ?? null))
    changes.push({ model, from: a.from, what: 'to', a: a.to ?? 'open', b: b.to ?? 'open' })
  if (a.seen !== b.seen)
    changes.push({ model, from: a.from, what: 'seen', a: termOf(a.seen), b: termOf(b.seen), evidence: true })
  return changes
}

/** A term of a row: a day or a name as it is, anything larger as its presence. */
const termOf = (value: unknown): string =>
  value === undefined || value === null ? 'none' : typeof value === 'object' ? 'other' : String(value)
