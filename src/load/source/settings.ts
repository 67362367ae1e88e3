import * as z from 'zod/mini'
import { scenarioSchema } from '../../model/scenario/scenario-schema.ts'
import { partsOf } from './schema-parts.ts'

/** A key of a scenario that `--set` takes. */
export interface Setting {
  /** Dotted; it ends in a dot where the user names the last key: `tags.` */
  readonly path: string
  /** What the schema says of it, or nothing. */
  readonly about: string
  /** The values that the schema names; empty where it is open. */
  readonly values: readonly string[]
  /** The key that may be written in this longer form instead of as one value: `cache` of `cache.ttl`. */
  readonly longFormOf: string | null
}

/** Every key of a scenario that a setting can give, in the order of the schema. */
export const listSettings = (): Setting[] => walk(scenarioSchema, '', { about: '', longFormOf: null })

const walk = (schema: z.core.$ZodType, path: string, above: Pick<Setting, 'about' | 'longFormOf'>): Setting[] => {
  const { type, inner, options, shape } = partsOf(schema)
  const own = { ...above, about: z.globalRegistry.get(schema)?.description ?? above.about }
  if (inner) return walk(inner, path, own)
  if (shape) {
    return Object.entries(shape).flatMap(([key, child]) =>
      walk(child, path === '' ? key : `${path}.${key}`, { ...own, about: '' }),
    )
  }
  const setting = { ...own, path: type === 'record' ? `${path}.` : path, values: valuesOf(schema) }
  const longForms = (options ?? []).filter(option => partsOf(option).shape)
  return [setting, ...longForms.flatMap(option => walk(option, path, { about: '', longFormOf: path }))]
}

const valuesOf = (schema: z.core.$ZodType): readonly string[] => {
  const { type, inner, options, choices } = partsOf(schema)
  if (inner) return valuesOf(inner)
  if (options) return options.flatMap(valuesOf)
  return type === 'boolean' ? ['true', 'false'] : choices
}
