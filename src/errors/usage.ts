// Records of real usage.
import type { Problem } from './problem.ts'
import { quoted } from './words.ts'

export const noTime = (model: string): Problem => ({
  code: 'NO_TIME',
  exit: 3,
  what: `records of ${model} tell no time, so no price is known to hold`,
  why: { why: 'the records tell no time' },
  fix: 'name the time that they cover with --since and --until',
})

export const noModelTold = (): Problem => ({
  code: 'UNKNOWN_MODEL',
  exit: 3,
  what: 'the records do not tell the model',
  why: { why: 'the records do not tell the model' },
  fix: 'take a source that names the model of each record',
})

/** @param why - what is wrong with the first of it; `null`: it can be read */
export const noFormat = (
  file: string,
  { formats, why }: { readonly formats: readonly string[]; readonly why: string | null },
): Problem => ({
  code: 'NO_RECORDS',
  exit: 3,
  about: file,
  what: `${quoted(file)} has no record of usage in a form that is known${why === null ? '' : `; ${why}`}`,
  fix: `bring it into one of them, or name it with --input-format: ${formats.join(', ')}`,
})

/** @param found - what was found instead */
export const noRecords = (sources: string, found: readonly string[]): Problem => ({
  code: 'NO_RECORDS',
  exit: 3,
  what: [`no record of usage was found in ${sources}`, ...found].join('; '),
  fix: 'check the file and --since, --until and --input-format',
})

/** @param near - columns of the source with such a name */
export const noColumn = (source: string, column: string, near: readonly string[]): Problem => ({
  code: 'NO_COLUMN',
  exit: 2,
  about: source,
  what: `${quoted(source)} has no column "${column}"`,
  fix: `name it in a file for --columns: ${column}: ${near[0] ?? 'its_name'}`,
})

export const columnType = (source: string, column: string, type: string): Problem => ({
  code: 'NO_COLUMN',
  exit: 2,
  about: source,
  what: `"${column}" of ${quoted(source)} is of the type ${type}, which cannot be read as such`,
  fix: `give an expression in a file for --columns: ${column}: cast(… as …)`,
})

export const repeatedIds = (source: string, ids: number): Problem => ({
  code: 'REPEATED_IDS',
  exit: 2,
  about: source,
  what: `${quoted(source)} has ${ids} ids more than once, and its rows have no order by which the first could be told`,
  fix: 'leave out "id" in the file for --columns if repeats are wanted, or name a table without them',
})

export const tooManyGroups = (by: readonly string[], most: number): Problem => ({
  code: 'TOO_MANY_GROUPS',
  exit: 2,
  what: `the breakdown by ${by.join(', ')} has more than ${most} groups`,
  fix: 'break it down by fewer keys, or a shorter time at once with --since and --until',
})

export const countsDiffer = (counted: number, summed: number): Problem => ({
  code: 'COUNTS_DIFFER',
  exit: 3,
  what: `${counted} records were counted, but the sums have ${summed}`,
  fix: 'name a time that is over with --until: the table may have been written meanwhile',
})

export const sumsTooLarge = (): Problem => ({
  code: 'COUNTS_DIFFER',
  exit: 3,
  what: 'its counts are so large that a sum of them could wrap',
  fix: 'take a shorter time with --since and --until, and check the counts',
})

/** @param why - worded to follow the package's name */
export const noEngine = (source: string, packageName: string, why: string): Problem => ({
  code: 'NO_ENGINE',
  exit: 2,
  about: source,
  what: `${quoted(source)} is read by the package ${packageName}, which ${why}`,
  fix: `install it beside dsprice, on this machine: npm install ${packageName}`,
})

export const engineFailed = (source: string, why: string): Problem => ({
  code: 'ENGINE_FAILED',
  exit: 2,
  about: source,
  what: `cannot read ${quoted(source)}: ${why}`,
  fix: 'check the source, and the expressions of --columns if there are any',
})

/** @param first - a model without a price, if there is any */
export const noScenarioIn = (first: { readonly name: string; readonly why: string } | null): Problem => ({
  code: 'NO_RECORDS',
  exit: 3,
  what:
    first === null
      ? 'the records tell no tokens of a model, so no scenario can be made of them'
      : `no scenario can be made of the records: ${quoted(first.name)} has no price: ${first.why}`,
  fix: first === null ? 'take a source that tells tokens and models' : 'give its rates with --pricing mine.json',
})

/** Requests of a replay without a price, where no other has one. `model`: `null` if none is named. */
export const unpriced = ({
  model,
  code,
  reason,
}: Pick<Problem, 'code'> & { model: string | null; reason: string }): Problem => ({
  code,
  exit: 3,
  what: `no request of ${model ?? 'no model named'} has a price: ${reason}`,
  fix: 'name another model with --model, another time with --at, or add prices with --pricing',
})
