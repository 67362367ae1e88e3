import type { Io } from '../../io.ts'
import type { Warning } from '../../model/result/result.ts'
import type { FileReading } from '../../usage/formats/tally.ts'
import { readTables } from '../../usage/sql/read-tables.ts'
import { readAddress } from '../clickhouse/address.ts'
import { engineOf } from '../clickhouse/engine.ts'
import { findTable } from '../clickhouse/find-table.ts'
import { openSession } from '../clickhouse/session.ts'
import { MOST_PLACED, type Reading } from '../usage/read-usage.ts'
import { mapColumns } from './map-columns.ts'
import { readingOf } from './reading-of.ts'
import type { SourceOptions } from './source-options.ts'

/**
 * Reads usage from tables in ClickHouse. Every address is checked before the first connection is made.
 *
 * @throws {InputError} BAD_ADDRESS, NO_SERVER, SERVER_REFUSES, UNSAFE_SERVER, NO_COLUMN …
 */
export const readClickhouse = async (
  sources: readonly string[],
  { env }: Pick<Io, 'env'>,
  { columns, collecting, addSums }: Pick<SourceOptions, 'columns' | 'collecting' | 'addSums'>,
): Promise<Required<Pick<Reading, 'files' | 'warnings'>>> => {
  const addresses = sources.map(readAddress)
  const files: FileReading[] = []
  const warnings: Warning[] = []
  for (const address of addresses) {
    const session = await openSession({ address, password: env['DSPRICE_CLICKHOUSE_PASSWORD'] ?? '' })
    const engine = engineOf(session)
    const { from, warnings: own } = await findTable(session)
    warnings.push(...own)
    const table = {
      name: address.name,
      format: 'clickhouse',
      from,
      ...(await mapColumns(from, engine, columns)),
      row: null,
    }
    const read = await readTables([table], engine, { ...collecting, placed: MOST_PLACED })
    if (read) addSums(read.sums)
    files.push(...(read?.readings ?? []).map(one => readingOf(one, address.name)))
  }
  return { files, warnings }
}
