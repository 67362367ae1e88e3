/** Thrown for a record that cannot be read. The message says why, and holds nothing of what stands in the record. */
export class BadRecord extends Error {
  override readonly name = 'BadRecord'
}
