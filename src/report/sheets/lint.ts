import type { Book } from '../../model/book/book.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'

/** `dsprice prices lint`: the books without findings. */
export const lintSheet = (books: readonly { readonly name: string; readonly book: Book }[]): Sheet => {
  const clean = books.map(({ name, book: { models } }) => ({
    book: name,
    models: models.length,
    rows: models.flatMap(({ prices }) => prices).length,
  }))
  return {
    title: 'Nothing found',
    columns: [left('book'), right('models'), right('rows')],
    rows: clean.map(({ book, models, rows }) => [book, String(models), String(rows)]),
    notes: [],
    data: { books: clean.map(one => ({ ...one, findings: [] })) },
  }
}
