import type { Io } from '../../io.ts'
import { bundledVersions } from '../../load/book/book.ts'
import { lintFile } from '../../load/book/lint-file.ts'
import { collectAll } from '../../load/scenario/drafts.ts'
import type { Sheet } from '../../report/sheet.ts'

/**
 * `dsprice prices lint`: finds what has gone wrong in other catalogues.
 *
 * @throws {InputError} every finding of every book, located
 */
export const lintSheet = async (io: Io, books: readonly string[]): Promise<Sheet> => {
  const versions = bundledVersions(io)
  const wanted = books.length > 0 ? books : versions
  const clean = await collectAll(wanted, async name => {
    const book = await lintFile(name, io)
    return {
      name,
      models: book.models.length,
      rows: book.models.flatMap(({ prices }) => prices).length,
    }
  })
  return {
    title: 'Nothing found',
    columns: [{ title: 'book' }, { title: 'models', align: 'right' }, { title: 'rows', align: 'right' }],
    rows: clean.map(({ name, models, rows }) => [name, String(models), String(rows)]),
    notes: [],
    data: { books: clean.map(({ name, models, rows }) => ({ book: name, models, rows, findings: [] })) },
  }
}
