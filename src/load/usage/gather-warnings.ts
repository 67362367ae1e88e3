import { plural } from '../../model/plural.ts'
import type { Warning } from '../../model/result/result.ts'
import { type FileReading, skippedIn } from '../../usage/formats/tally.ts'
import { nameOf } from '../files/read-bytes.ts'

/** What several files have of one kind. */
interface Kind {
  readonly count: (file: FileReading) => number
  readonly what: (files: readonly FileReading[]) => string
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)

const reasonsOf = (files: readonly FileReading[]): string => {
  const reasons = [...new Set(files.flatMap(({ skipped }) => Object.keys(skipped)))]
  return reasons.map(why => `${sum(files.map(({ skipped }) => skipped[why] ?? 0))} ${why}`).join('; ')
}

/** By code. A file that cannot be read to its end has a warning of its own. */
const KINDS: Readonly<Record<string, Kind>> = {
  DUPLICATES: {
    count: ({ duplicates }) => duplicates,
    what: files => `${plural(sum(files.map(({ duplicates }) => duplicates)), 'record')} twice, counted once`,
  },
  RECORDS_SKIPPED: { count: skippedIn, what: files => `values without usage: ${reasonsOf(files)}` },
}

/** How many files are named. */
const NAMED = 3

const namesOf = (files: readonly FileReading[]): string => {
  const names = files.slice(0, NAMED).map(({ file }) => JSON.stringify(nameOf(file)))
  return names.join(', ') + (files.length > NAMED ? ` and ${files.length - NAMED} more` : '')
}

/** Makes one warning of those of a kind that several files have. */
export const gatherWarnings = (warnings: readonly Warning[], files: readonly FileReading[]): readonly Warning[] => {
  const told = new Set<string>()
  return warnings.flatMap(warning => {
    const kind = KINDS[warning.code]
    const those = kind ? files.filter(file => kind.count(file) > 0) : []
    if (!kind || those.length < 2) return [warning]
    if (told.has(warning.code)) return []
    told.add(warning.code)
    return [{ ...warning, what: `${those.length} files have ${kind.what(those)} (${namesOf(those)})` }]
  })
}
