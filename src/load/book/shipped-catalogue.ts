import type { Files } from '../../io.ts'
import type { Book } from '../../model/book/book.ts'

/**
 * Reads the catalogue that ships under the books; `null` if there is none. Tests validate it against its schema, so a
 * run does not spend time on it.
 */
export const readShippedCatalogue = ({
  shipped,
  shippedNames,
}: Pick<Files, 'shipped' | 'shippedNames'>): Book | null => {
  const newest = shippedNames('pricing')
    .filter(name => /^catalogue-\d{4}-\d{2}-\d{2}\.json$/.test(name))
    .sort()
    .at(-1)
  return newest === undefined ? null : (JSON.parse(new TextDecoder().decode(shipped(`pricing/${newest}`))) as Book)
}
