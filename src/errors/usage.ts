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
