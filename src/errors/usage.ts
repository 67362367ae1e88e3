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
