import type * as z from 'zod/mini'
import { entryOf } from '../../model/entry-of.ts'
import { scenarioSchema } from '../../model/scenario/scenario-schema.ts'
import { type ScalarText, scalarText } from '../../model/units.ts'
import { schemaParts } from './schema-parts.ts'

/** One form that a scenario's key may have. */
export interface KeyForm {
  /** The kind of its schema: `number`, `string`, `object` … */
  readonly type: string
  /** What is parsed from text; `undefined` for plain schemas. */
  readonly scalar: ScalarText | undefined
  /** Its default, parsed; `undefined`: none. */
  readonly fallback: unknown
}

/** Every form that a key of the scenario may have, by its path; none for a key that there is not. */
export const keyAt = (path: readonly string[]): KeyForm[] => formsAt(scenarioSchema, path, undefined)

const formsAt = (schema: z.core.$ZodType, path: readonly string[], fallback: unknown): KeyForm[] => {
  const scalar = scalarText(schema)
  const { type, inner, options, shape = {}, item } = schemaParts(schema)
  if (scalar) return path.length === 0 ? [{ type, scalar, fallback }] : []
  if (inner) return formsAt(inner, path, path.length === 0 && type === 'default' ? defaultOf(schema) : fallback)
  if (options) return options.flatMap(option => formsAt(option, path, fallback))
  const [step, ...rest] = path
  if (step === undefined) return [{ type, scalar, fallback }]
  const next = type === 'array' && !/^\d+$/.test(step) ? undefined : (entryOf(shape, step) ?? item)
  return next ? formsAt(next, rest, undefined) : []
}

const defaultOf = (schema: z.core.$ZodType): unknown => (schema._zod.def as Partial<z.core.$ZodDefaultDef>).defaultValue
