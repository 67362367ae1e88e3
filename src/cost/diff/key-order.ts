import type * as z from 'zod/mini'

/** The order of a scenario's keys, derived from its schema. */

type Schema = z.core.$ZodType

interface Insides {
  readonly type: z.core.$ZodTypeDef['type']
  readonly innerType: Schema
  readonly shape: Readonly<Record<string, Schema>>
}

/** The shape of an object's schema, also if the object is optional, nullable or built later; `null` for other schemas. */
const shapeOf = (schema: Schema): Readonly<Record<string, Schema>> | null => {
  const def = schema._zod.def as unknown as Insides
  switch (def.type) {
    case 'object':
      return def.shape
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return shapeOf(def.innerType)
    case 'lazy':
      return shapeOf((schema as z.core.$ZodLazy)._zod.innerType)
    default:
      return null
  }
}

/** Keys in the schema's order, by the key of the object that has them; those of the scenario itself under `''`. */
export type KeyOrder = ReadonlyMap<string, readonly string[]>

/** The order of the keys of a schema and of the objects in it, one level deep. */
export const keyOrderOf = (schema: Schema): KeyOrder => {
  const top = shapeOf(schema) ?? {}
  const inner = Object.entries(top).map(([key, own]) => [key, Object.keys(shapeOf(own) ?? {})] as const)
  return new Map([['', Object.keys(top)], ...inner])
}
