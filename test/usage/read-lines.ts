import { FORMATS } from '../../src/usage/formats/index.ts'
import { openUsage } from '../../src/usage/formats/open-usage.ts'
import type { FileReading } from '../../src/usage/formats/tally.ts'
import type { UsageRecord } from '../../src/usage/record.ts'

/** What is found in a log of these values, one a line. */
export const readLines = (...values: readonly unknown[]): { records: UsageRecord[]; reading: FileReading } => {
  const records: UsageRecord[] = []
  const run = openUsage(FORMATS, record => records.push(record))
  const file = run.open('log')
  values.forEach((value, i) => {
    file.take(value, 'json', { line: i + 1, byte: 0 })
  })
  file.end()
  run.end()
  return { records, reading: file.reading }
}

/** Input, reads, writes, writes of an hour, output and reasoning of the only record, or why there is none. */
export const countsOf = (value: unknown): readonly (number | null)[] | string => {
  const { records, reading } = readLines(value)
  const [record] = records
  if (!record) return reading.places[0]?.why ?? 'nothing'
  const { input, cache_read, cache_write, cache_write_1h, output, reasoning } = record
  return [input, cache_read, cache_write, cache_write_1h, output, reasoning]
}
