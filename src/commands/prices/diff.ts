import type { Io } from '../../io.ts'
import { readBook } from '../../load/book.ts'
import type { Book, Model, Price, Rate } from '../../model/book.ts'
import { METERS } from '../../model/meters.ts'
import type { Sheet } from '../../report/sheet.ts'
import { rateCell } from './rate-cell.ts'

interface Change {
  readonly model: string
  readonly from: string | null
  readonly what: string
  readonly a: Rate | string
  readonly b: Rate | string
}

/** `dsprice prices diff`: models that came or went, rows that came or went, rates that differ. */
export const diffSheet = async (io: Io, a: string, b: string): Promise<Sheet> => {
  const [first, second] = [(await readBook([a], io)).book, (await readBook([b], io)).book]
  const changes = diffBooks(first, second)
  const cell = (value: Rate | string): string =>
    typeof value === 'string' && !/^[\d.]+$/.test(value) && value !== 'not_offered' ? value : rateCell(value)
  return {
    title: `Price books ${first.version} and ${second.version}: ${changes.length} ${changes.length === 1 ? 'difference' : 'differences'}`,
    columns: [
      { title: 'model', shortens: true },
      { title: 'row from' },
      { title: 'what', wraps: true },
      { title: first.version, align: 'right' },
      { title: second.version, align: 'right' },
    ],
    rows: changes.map(({ model, from, what, a: old, b: now }) => [model, from ?? '', what, cell(old), cell(now)]),
    notes: [],
    data: { a: first.version, b: second.version, changes },
  }
}

const diffBooks = (a: Book, b: Book): Change[] => {
  const ids = [...new Set([...a.models, ...b.models].map(({ id }) => id))].sort()
  return ids.flatMap(id => {
    const [old, now] = [a, b].map(({ models }) => models.find(model => model.id === id))
    if (old && now) return diffRows(old, now)
    return [{ model: id, from: null, what: 'model', a: old ? 'there' : 'absent', b: now ? 'there' : 'absent' }]
  })
}

const diffRows = (a: Model, b: Model): Change[] => {
  const starts = [...new Set([...a.prices, ...b.prices].map(({ from }) => from))].sort()
  return starts.flatMap(from => {
    const [old, now] = [a, b].map(({ prices }) => prices.find(row => row.from === from))
    if (old && now) return diffRates(a.id, old, now)
    return [{ model: a.id, from, what: 'row', a: old ? 'there' : 'absent', b: now ? 'there' : 'absent' }]
  })
}

const diffRates = (model: string, a: Price, b: Price): Change[] => {
  const changes: Change[] = METERS.flatMap(({ key }) => {
    const [old, now] = [a[key] ?? (key in a ? null : 'not_offered'), b[key] ?? (key in b ? null : 'not_offered')]
    return old === now ? [] : [{ model, from: a.from, what: key, a: old, b: now }]
  })
  for (const key of ['tiers', 'windows', 'batch', 'cache'] as const) {
    if (JSON.stringify(a[key]) !== JSON.stringify(b[key])) {
      changes.push({ model, from: a.from, what: key, a: a[key] ? 'other' : 'none', b: b[key] ? 'other' : 'none' })
    }
  }
  if ((a.to ?? null) !== (b.to ?? null))
    changes.push({ model, from: a.from, what: 'to', a: a.to ?? 'open', b: b.to ?? 'open' })
  return changes
}
