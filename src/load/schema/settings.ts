import * as z from 'zod/mini'
import { scenarioSchema } from '../../model/scenario/scenario-schema.ts'
import { schemaParts } from './schema-parts.ts'

/** A scenario key that `--set` accepts. */
export interface Setting {
  /** Dotted path; ends in a dot if the user chooses the last key: `tags.` */
  readonly path: string
  /** The schema's description, or an empty string. */
  readonly about: string
  /** The values that the schema allows; empty if any are. */
  readonly values: readonly string[]
  /** The key of which this is the long form: `cache` for `cache.ttl`; `null` if none. */
  readonly longFormOf: string | null
}

/** Every scenario key that `--set` accepts, in schema order. */
export const listSettings = (): Setting[] => walk(scenarioSchema, '', { about: '', longFormOf: null })

const walk = (schema: z.core.$ZodType, path: string, above: Pick<Setting, 'about' | 'longFormOf'>): Setting[] => {
  const { type, inner, options, shape } = schemaParts(schema)
  const own = { ...above, about: z.globalRegistry.get(schema)?.description ?? above.about }
  if (inner) return walk(inner, path, own)
  if (shape) {
    return Object.entries(shape).flatMap(([key, child]) =>
      walk(child, path === '' ? key : `${path}.${key}`, { ...own, about: '' }),
    )
  }
  const setting = { ...own, path: type === 'record' ? `${path}.` : path, values: valuesOf(schema) }
  const longForms = (options ?? []).filter(option => schemaParts(option).shape)
  return [setting, ...longForms.flatMap(option => walk(option, path, { about: '', longFormOf: path }))]
}

const valuesOf = (schema: z.core.$ZodType): readonly string[] => {
  const { type, inner, options, choices } = schemaParts(schema)
  if (inner) return valuesOf(inner)
  if (options) return options.flatMap(valuesOf)
  return type === 'boolean' ? ['true', 'false'] : choices
}
