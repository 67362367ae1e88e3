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

export const noFormat = (file: string, formats: readonly string[]): Problem => ({
  code: 'NO_RECORDS',
  exit: 3,
  about: file,
  what: `${quoted(file)} has no record of usage in a form that is known`,
  fix: `bring it into one of them, or name it with --input-format: ${formats.join(', ')}`,
})

export const noRecords = (sources: string): Problem => ({
  code: 'NO_RECORDS',
  exit: 3,
  what: `no record of usage was found in ${sources}`,
  fix: 'check the file and --since, --until and --input-format',
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
