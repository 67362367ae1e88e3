import { distinct } from '../../model/distinct.ts'
import { plural } from '../../model/plural.ts'
import type { Warning } from '../../model/result/result.ts'
import { UNKNOWN } from '../../usage/formats/open-usage.ts'
import { COLUMNS_KEPT, type FileReading } from '../../usage/formats/tally.ts'
import { isUsual } from '../../usage/reading/from-prompt.ts'
import type { ReadReport } from '../../usage/result/usage-run.ts'
import { nameOf } from '../files/read-bytes.ts'
import { gatherWarnings } from './gather-warnings.ts'

/** What is to be known of files that were read, besides the records that cannot be. */
export const readWarnings = (files: readonly FileReading[]): Warning[] => [
  ...gatherWarnings(files.flatMap(fileWarnings), files),
  ...apartWarnings(files),
  ...countWarnings(files),
]

/** Records that cannot be read. @param placed - the first of them */
export const badWarnings = (bad: number, placed: ReadReport['malformed_at']): readonly Warning[] => {
  const [first] = placed
  if (!first) return []
  const what = `${plural(bad, 'record')} cannot be read and ${bad === 1 ? 'is' : 'are'} left out; the first: ${first.what}`
  return [{ code: 'BAD_RECORDS', what, fix: 'correct the source; --json lists the first of them', at: first.at }]
}

/** Ids that were compared among some of the sources alone. */
const apartWarnings = (files: readonly FileReading[]): readonly Warning[] => {
  const [one, ...others] = distinct(files.flatMap(({ comparedIn }) => comparedIn ?? []))
  if (one === undefined || others.length === 0) return []
  const firstOf = (compared: string): string =>
    JSON.stringify(nameOf(files.find(({ comparedIn }) => comparedIn === compared)?.file ?? compared))
  return [
    {
      code: 'IDS_NOT_COMPARED',
      what: `the ids in ${firstOf(one)} are not compared with those in ${others.map(firstOf).join(' or ')}: a request in both counts twice`,
      fix: 'nothing, if no request is in both; else take it from one of them',
      at: null,
    },
  ]
}

/** Counts that disagree with each other, once for each way. */
const countWarnings = (files: readonly FileReading[]): readonly Warning[] => {
  const ways = distinct(files.flatMap(({ conventions }) => Object.keys(conventions))).filter(way => !isUsual(way))
  return ways.map(way => {
    const [first, ...others] = files.filter(({ conventions }) => way in conventions)
    const records = files.reduce((sum, { conventions }) => sum + (conventions[way] ?? 0), 0)
    const name = nameOf(first?.file ?? '')
    const more = others.length === 0 ? '' : ` and ${plural(others.length, 'other')}`
    return {
      code: 'COUNTS_DISAGREE',
      what: `${plural(records, 'record')} of ${JSON.stringify(name)}${more}: ${way}`,
      fix: "compare a few of them with the provider's own figures; docs/usage.md says which count is taken",
      at: name,
    }
  })
}

/** What a file has that is no record: duplicates, what was skipped or not read, and an end that is missing. */
const fileWarnings = ({
  file,
  broken,
  lacksPages,
  ignored,
  duplicates,
  skipped,
  unknownAt,
}: FileReading): Warning[] => {
  const name = nameOf(file)
  const quoted = JSON.stringify(name)
  const warn = (code: string, isSo: boolean, what: string, fix: string): Warning[] =>
    isSo ? [{ code, what: `${quoted}${what}`, fix, at: name }] : []
  const reasons = Object.entries(skipped).map(
    ([why, count]) => `${count} ${why}${why === UNKNOWN ? `, the first in line ${unknownAt}` : ''}`,
  )
  const columns = Object.entries(ignored)
  const near = columns.map(([column, nearest]) => `${JSON.stringify(column.slice(0, LONGEST))} (${nearest}?)`)
  const those = columns.length === 1 ? 'a column that is none of ours and is' : 'columns that are none of ours and are'
  return [
    ...warn('SOURCE_BROKEN', broken !== null, `: ${broken}`, 'fetch the file again'),
    ...warn(
      'PAGES_MISSING',
      lacksPages,
      ' says that more pages follow it, which are not here',
      'fetch the pages after it too, and name them all in one run',
    ),
    ...warn(
      'COLUMN_IGNORED',
      columns.length > 0,
      ` has ${those} not counted: ${near.join(', ')}${columns.length < COLUMNS_KEPT ? '' : ' and maybe more'}`,
      'give it the name of ours if it is meant, else another',
    ),
    ...warn(
      'DUPLICATES',
      duplicates > 0,
      ` has ${plural(duplicates, 'record')} twice, counted once`,
      'nothing, if requests were retried or files overlap',
    ),
    ...warn(
      'RECORDS_SKIPPED',
      reasons.length > 0,
      ` has values without usage: ${reasons.join('; ')}`,
      'nothing, if they are what you expect',
    ),
  ]
}

/** Most characters that are shown of a column's name. */
const LONGEST = 40
