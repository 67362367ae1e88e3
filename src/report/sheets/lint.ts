import type { Note } from '../../book/lint/lint-notes.ts'
import type { Book } from '../../model/book/book.ts'
import { gathered } from '../../model/gathered.ts'
import { plural } from '../../model/plural.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'

/** A book or a file without errors. */
interface Clean {
  readonly name: string
  readonly book: Book
  readonly notes: readonly Note[]
}

/** `dsprice prices lint`: the books without errors, and what looks odd in them. */
export const lintSheet = (books: readonly Clean[]): Sheet => {
  const clean = books.map(({ name, book: { models }, notes }) => ({
    book: name,
    models: models.length,
    rows: models.flatMap(({ prices }) => prices).length,
    notes,
  }))
  const noted = clean.reduce((sum, { notes }) => sum + notes.length, 0)
  return {
    title: noted === 0 ? 'Nothing found' : `No errors, ${plural(noted, 'note')}`,
    columns: [left('book'), right('models'), right('rows'), ...(noted === 0 ? [] : [right('notes')])],
    rows: clean.map(({ book, models, rows, notes }) => [
      ...[book, String(models), String(rows)],
      ...(noted === 0 ? [] : [String(notes.length)]),
    ]),
    notes: clean.flatMap(({ book, notes }) =>
      inShort(notes).map(line => (clean.length > 1 ? `${book}: ${line}` : line)),
    ),
    data: { books: clean.map(({ notes, ...one }) => ({ ...one, findings: [], notes })) },
  }
}

const MOST_NAMED = 5

/** One line for each code, with the first models that it is about. */
const inShort = (notes: readonly Note[]): string[] =>
  [...gathered(notes.map(note => [note.code, note] as const))].map(([code, own]) => {
    const named = own.slice(0, MOST_NAMED).map(({ model, what }) => `${model} (${what})`)
    const more = own.length > MOST_NAMED ? `; and ${own.length - MOST_NAMED} more, with --json` : ''
    return `${code}, ${own.length}: ${named.join('; ')}${more}.`
  })
