import type { PricedBook } from '../../cost/result/estimate.ts'
import { parseInstant } from '../../model/instant.ts'
import type { Control } from './control.ts'

/** The date or instant whose prices hold, and the price book. */
export const priceControls = ({
  at,
  books,
}: {
  readonly at: string
  readonly books: readonly PricedBook[]
}): Control[] => [
  {
    key: 'at',
    label: 'Prices in force on',
    group: 'Prices',
    field: { kind: 'moment' },
    read: ({ scenario }) => scenario.at ?? at,
    write: ({ scenario, self_host }, text) =>
      parseInstant(text) === undefined ? null : { self_host, scenario: { ...scenario, at: text } },
    toFile: text => text,
  },
  ...(books.length < 2 ? [] : [bookControl(books)]),
]

/** Of the page rather than of a scenario: a result has one price book. */
const bookControl = (books: readonly PricedBook[]): Control => ({
  key: 'pricing',
  label: 'Price book',
  group: 'Prices',
  field: { kind: 'choice', options: books.map(({ book }) => ({ value: book.version, label: book.version })) },
  read: () => books[0]?.book.version ?? '',
  write: (shown, text) => (books.some(({ book }) => book.version === text) ? shown : null),
  toFile: text => text,
})
