import type * as z from 'zod/mini'
import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { entryOf } from '../../model/entry-of.ts'
import { parseInstant } from '../../model/instant.ts'
import { lazily } from '../../model/remembered.ts'
import { ADVICE_SCHEMA, type Advice, adviceSchema } from '../../model/result/advice.ts'
import { DIFF_SCHEMA, type Difference, differenceSchema } from '../../model/result/difference.ts'
import { FORECAST_SCHEMA, type Forecast, forecastSchema } from '../../model/result/forecast.ts'
import { REPLAY_SCHEMA, type Replay, replaySchema } from '../../model/result/replay.ts'
import {
  COMPARE_SCHEMA,
  type Comparison,
  compareSchema,
  RESULT_SCHEMA,
  type Result,
  resultSchema,
} from '../../model/result/result.ts'
import { SWEEP_SCHEMA, type Sweep, sweepSchema } from '../../model/result/sweep.ts'
import { USAGE_SCHEMA, type UsageReport, usageSchema } from '../../model/result/usage.ts'
import { readText } from '../files/read-text.ts'
import { checkSchema, strayKeys } from './check-schema.ts'
import { isTooDeep } from './json-text.ts'
import { locateBy, type PlaceOf, type Source } from './places.ts'
import { refuseProto } from './proto-keys.ts'
import { parseSource } from './source.ts'

const RESULT_LIMIT = 256 * 2 ** 20

/** A document that `--json` prints. */
export type Document = Result | Comparison | Difference | Forecast | Sweep | Advice | UsageReport | Replay

const SCHEMAS = {
  [RESULT_SCHEMA]: resultSchema,
  [COMPARE_SCHEMA]: compareSchema,
  [DIFF_SCHEMA]: differenceSchema,
  [FORECAST_SCHEMA]: forecastSchema,
  [SWEEP_SCHEMA]: sweepSchema,
  [ADVICE_SCHEMA]: adviceSchema,
  [USAGE_SCHEMA]: usageSchema,
  [REPLAY_SCHEMA]: replaySchema,
} as const

const isKnown = (schema: unknown): schema is keyof typeof SCHEMAS =>
  typeof schema === 'string' && Object.hasOwn(SCHEMAS, schema)

/** Renames `mend` to `fix`, for results of 0.1.0. Keys keep their order. */
const fromOlder = (data: unknown): unknown => {
  if (typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) return data.map(fromOlder)
  const isOlder = 'mend' in data && typeof data.mend === 'string' && ('what' in data || 'state' in data)
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [isOlder && key === 'mend' ? 'fix' : key, fromOlder(value)]),
  )
}

// Shows nothing of a file that is not a dsprice result.
const schemaInWords = (schema: unknown): string => {
  if (schema === undefined) return 'it has no key "schema"'
  const isOurs = typeof schema === 'string' && /^dsprice\/[a-z]+\/\d+$/.test(schema)
  return isOurs ? `its schema is "${schema}"` : 'its schema is none of dsprice'
}

/**
 * Reads what `--json` printed. Unknown keys of later versions are accepted; keys missing in earlier ones get defaults.
 *
 * @throws {InputError} NOT_A_RESULT; problems with its schema, located
 */
export const readDocument = (path: string, files: Pick<Files, 'read'>): Document => {
  const text = readText(path, files, RESULT_LIMIT)
  const name = path === '-' ? 'stdin' : path
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new InputError([problems.notAResult(name, text.trim() === '' ? 'it is empty' : 'it is not JSON')])
  }
  if (isTooDeep(data)) throw new InputError([problems.notAResult(name, 'its values are nested too deeply')])
  // Positions are looked up only if there is a problem.
  const parsed = lazily(() => parseSource(name, text, 'never'))
  const placeOf: PlaceOf = (path, part) => parsed().placeOf(path, part)
  const source = { name, data, shown: false, placeOf, locate: locateBy(placeOf) }
  refuseProto(text, source)
  data = fromOlder(data)
  const schema = typeof data === 'object' && data !== null && 'schema' in data ? data.schema : undefined
  if (!isKnown(schema)) {
    throw new InputError([problems.notAResult(name, schemaInWords(schema))])
  }
  const checked = checkDocument(schema, { ...source, data })
  // The original data, with keys in order, so that rendering gives the same bytes as the run that wrote it.
  return fillIn(data, checked) as Document
}

/** Adds defaults for keys that an earlier version did not print. */
const fillIn = (data: unknown, checked: unknown): unknown => {
  if (typeof data !== 'object' || data === null || typeof checked !== 'object' || checked === null) return data
  if (Array.isArray(data)) return data.map((item, i) => fillIn(item, (checked as unknown[])[i]))
  const known = Object.entries(data).map(([key, value]) => [
    key,
    fillIn(value, entryOf(checked as Record<string, unknown>, key)),
  ])
  return { ...Object.fromEntries(known), ...missingFrom(data, checked) }
}

const missingFrom = (data: object, checked: object): object =>
  Object.fromEntries(Object.entries(checked).filter(([key]) => !Object.hasOwn(data, key)))

/**
 * Validates a document. Unknown keys, as a later version may have added, are accepted; anything else is a problem.
 *
 * @returns the document with defaults for keys that an earlier version did not print, without unknown keys
 */
const checkDocument = (schema: keyof typeof SCHEMAS, source: Source): unknown => {
  const known = structuredClone(source.data)
  for (let strays = strayKeys(SCHEMAS[schema], known); strays.length > 0; strays = strayKeys(SCHEMAS[schema], known)) {
    for (const path of strays) deleteAt(known, path)
  }
  return checkSchema<z.core.$ZodType>(SCHEMAS[schema], { ...source, data: known })
}

const deleteAt = (data: unknown, path: readonly (string | number)[]): void => {
  const holder = path.slice(0, -1).reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], data)
  delete (holder as Record<string, unknown>)[path.at(-1) ?? '']
}

/** Reads a saved result; other documents are refused. @throws {InputError} NOT_A_RESULT, NO_FILE, located problems … */
export const readResult = (path: string, files: Pick<Files, 'read'>): Result => {
  const document = readDocument(path, files)
  if (document.schema === RESULT_SCHEMA) {
    const whys = document.scenarios.flatMap((one, i) => whyNot(`scenarios.${i}`, one, document.prices))
    if (whys.length > 0) throw new InputError(whys.map(why => problems.notAResult(path, why)))
    return document
  }
  throw new InputError([problems.notAResult(path, `it is a ${document.schema}, not a ${RESULT_SCHEMA}`)])
}

/** Why a scenario of a saved result cannot be priced again: it was edited or is incomplete. */
const whyNot = (
  name: string,
  { at, input }: Result['scenarios'][number],
  { models, providers }: Result['prices'],
): string[] => [
  ...(parseInstant(at) === undefined ? [`the date that ${name} is priced at is none`] : []),
  ...(input.cache.policy === 'hit_share' && input.cache.hit_share === undefined ? [`${name} has no hit share`] : []),
  ...(models.every(({ provider }) => Object.hasOwn(providers, provider)) ? [] : ['its prices lack a provider']),
]
