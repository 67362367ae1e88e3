import type { Result, Vector } from '@duckdb/node-bindings'
import type { Row } from '../../usage/sql/engine.ts'

/** DuckDB's C API in Node, of which `@duckdb/node-api` is made. */
export type Bindings = typeof import('@duckdb/node-bindings')

/** The number of VARCHAR among its types. */
const VARCHAR = 17

/**
 * The rows of an answer whose every column is text.
 *
 * @throws {TypeError} if a column is none
 */
export const rowsOf = async (duckdb: Bindings, answer: Result): Promise<Row[]> => {
  const columns = Array.from({ length: duckdb.column_count(answer) }, (_, i) => i)
  for (const column of columns) {
    const type = duckdb.column_type(answer, column)
    if (type !== VARCHAR) throw new TypeError(`column ${column} has type ${type}, not VARCHAR`)
  }
  const chunks = []
  for (;;) {
    const chunk = await duckdb.fetch_chunk(answer)
    if (!chunk || duckdb.data_chunk_get_size(chunk) === 0) break
    chunks.push(chunk)
  }
  const rows: Row[] = []
  // A chunk's memory is freed with it, so all are kept until the last is read.
  for (const chunk of chunks) {
    const count = duckdb.data_chunk_get_size(chunk)
    const texts = columns.map(column => textsOf(duckdb, duckdb.data_chunk_get_vector(chunk, column), count))
    for (let i = 0; i < count; i++) rows.push(texts.map(own => own[i] ?? null))
  }
  return rows
}

/** Bytes of a text in a vector: its length, and either itself or its beginning and a pointer. */
const BYTES = 16
/** The longest text that stands in the vector. */
const SHORT = 12

/** The texts of a vector, as `duckdb_string_t` lays them out in DuckDB's C API. */
const textsOf = (duckdb: Bindings, vector: Vector, count: number): (string | null)[] => {
  const { buffer, byteOffset, byteLength } = duckdb.vector_get_data(vector, count * BYTES)
  const data = Buffer.from(buffer, byteOffset, byteLength)
  // Most texts are short and ASCII: they are cut from one.
  const all = data.toString('latin1')
  // None where every text is told.
  const told: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(count / 64) * 8)
  const texts: (string | null)[] = []
  for (let i = 0, at = 0; i < count; i++, at += BYTES) {
    const isTold = told === null || (((told[i >> 3] as number) >> (i & 7)) & 1) === 1
    texts.push(isTold ? textAt(at) : null)
  }
  return texts

  function textAt(at: number): string {
    const length = data.readUInt32LE(at)
    if (length > SHORT) {
      const own = duckdb.get_data_from_pointer(buffer as ArrayBuffer, byteOffset + at + 8, length)
      return Buffer.from(own.buffer, own.byteOffset, length).toString('utf8')
    }
    const text = all.slice(at + 4, at + 4 + length)
    return NOT_ASCII.test(text) ? data.toString('utf8', at + 4, at + 4 + length) : text
  }
}

const NOT_ASCII = /[\x80-\xff]/
