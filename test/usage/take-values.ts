import { openUsage } from '../../src/usage/formats/open-usage.ts'
import type { FileReading } from '../../src/usage/formats/tally.ts'
import type { Format, Shape } from '../../src/usage/reading/format.ts'
import type { UsageRecord } from '../../src/usage/record.ts'

/** What a format makes of files of values, one list a file. */
export const takeFiles = (
  format: Format,
  form: Shape['form'],
  ...files: readonly (readonly object[])[]
): { readonly records: readonly UsageRecord[]; readonly readings: readonly FileReading[] } => {
  const records: UsageRecord[] = []
  const run = openUsage([format], record => records.push(record))
  const readings = files.map((values, nth) => {
    const file = run.open(`file-${nth + 1}`)
    for (const [i, value] of values.entries()) file.take(value, form, { line: i + 1, byte: 0 })
    file.end()
    return file.reading
  })
  run.end()
  return { records, readings }
}
