import { NEEDED } from '../../usage/sessions/plain.ts'

const PARTS = [
  { part: ';', name: 'semicolons' },
  { part: '\t', name: 'tabs' },
  { part: '|', name: 'bars' },
]

/** What may be wrong with the header of a CSV file that no format knows; `null`: nothing that is known. */
export const headerFault = (columns: readonly string[]): string | null => {
  const parted = PARTS.find(({ part }) => columns.length === 1 && columns[0]?.includes(part))
  if (parted) return `its cells are parted by ${parted.name}: write commas`
  const plain = columns.map(column => column.trim().toLowerCase())
  if (!NEEDED.every(name => plain.includes(name)) || NEEDED.every(name => columns.includes(name))) return null
  return `names of columns are lower case, without spaces: write ${NEEDED.join(',')}`
}
