import { IMPORT_CODES, type ImportCode } from '../../book/import/index.ts'
import { plural } from '../../model/plural.ts'
import { printable } from '../../model/printable.ts'

type Counts = readonly (readonly [code: ImportCode, count: number])[]

/** What an import did. */
export interface ImportDone {
  readonly catalogue: string
  /** Where the layer was written. */
  readonly file: string
  readonly asOf: string | null
  readonly models: number
  readonly providers: number
  readonly skipped: Counts
  readonly warnings: Counts
  /** What to type next. */
  readonly next: string | null
}

/** An import in words: what was converted, left out and doubted, by code with its meaning. */
export const importInWords = (done: ImportDone): string => {
  const { catalogue, file, asOf, models, providers, skipped, warnings, next } = done
  const day = asOf === null ? 'by the dates of its rows' : `as of ${asOf}`
  return [
    `note: ${printable(file)}: ${plural(models, 'model')} of ${plural(providers, 'provider')} from ${catalogue}, ${day}`,
    ...told('left out', skipped),
    ...told('in doubt', warnings),
    ...(next === null ? [] : [`  next: ${printable(next)}`]),
    '',
  ].join('\n')
}

const told = (title: string, counts: Counts): string[] => {
  if (counts.length === 0) return []
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const width = String(counts[0]?.[1] ?? '').length
  return [
    `  ${title}: ${total}`,
    ...counts.map(([code, count]) => `    ${String(count).padStart(width)} ${code}: ${IMPORT_CODES[code]}`),
  ]
}
