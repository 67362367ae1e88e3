import { findModel, rowAt } from '../../cost/rates/price-at.ts'
import { span } from '../../cost/rates/span.ts'
import type { Book, Layer, Model, Price, Rate } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { METERS } from '../../model/meters.ts'
import { exact } from '../../model/number/money.ts'

/** Relative difference above which two rates disagree. */
const TOLERANCE = '0.005'

/** A rate on which a catalogue and a book disagree: both figures, with where and when they were read. */
export interface Disagreement {
  readonly model: string
  readonly from: string
  readonly meter: string
  readonly ours: Rate
  readonly theirs: Rate
  readonly source: { readonly ours: string; readonly theirs: string }
}

type Meter = (typeof METERS)[number]['key']

/** Rates that both rows state and that differ by more than 0.5%. A window's or a tier's rates are not compared. */
const differing = (theirs: Price, ours: Price): Meter[] =>
  METERS.map(({ key }) => key).filter(key => {
    const [a, b] = [theirs[key], ours[key]]
    if (typeof a !== 'string' || typeof b !== 'string' || a === 'not_offered' || b === 'not_offered') return false
    return exact(a).minus(b).abs().gt(exact(b).times(TOLERANCE))
  })

/** The row of ours in force when theirs begins; a row with hours has no one rate to compare. */
const matching = (theirs: Price, ours: Model): Price | undefined => {
  const row = rowAt(ours, span(theirs).from)
  return row?.windows === undefined ? row : undefined
}

/** Whether any row of a catalogue's model differs from the book's row of that day by more than 0.5%. */
export const disagreesWith = (theirs: Model, ours: Model): boolean =>
  theirs.prices.some(row => {
    const own = matching(row, ours)
    return own !== undefined && differing(row, own).length > 0
  })

/** A file with a catalogue's rows: its models, and its sources. */
interface Listing {
  readonly models?: Layer['models']
  readonly sources?: Book['sources'] | undefined
}

/**
 * Rates on which a catalogue's rows and the book disagree by more than 0.5%, for the same provider and a shared name.
 * Rows of any other grade are not compared: your own contract is meant to differ.
 */
export const disagreements = (book: Book, listing: Listing): Disagreement[] =>
  (listing.models ?? []).flatMap(({ id, aliases = [], provider, prices = [] }) => {
    const same = [id, ...aliases].map(name => findModel(book, name))
    const ours = same.find(one => one !== undefined && (provider === undefined || provider === one.provider))
    if (!ours) return []
    return prices
      .filter(({ grade }) => grade === 'catalogue')
      .flatMap(theirs => {
        const row = matching(theirs, ours)
        if (!row) return []
        const source = {
          ours: sourceOf(row, book.sources),
          theirs: sourceOf(theirs, { ...book.sources, ...listing.sources }),
        }
        return differing(theirs, row).map(meter => ({
          ...{
            model: ours.id,
            from: theirs.from,
            meter,
            ours: row[meter] ?? null,
            theirs: theirs[meter] ?? null,
            source,
          },
        }))
      })
  })

/** A row's source and the day of its evidence. */
const sourceOf = ({ source, seen }: Price, sources: Book['sources']): string => {
  const day = seen ?? entryOf(sources, source)?.retrieved
  return day == null ? source : `${source}, ${day}`
}
