import type * as z from 'zod/mini'

type Schema = z.core.$ZodType

/** The parts of a schema, so that other code does not depend on zod's internals. */
export interface SchemaParts {
  readonly type: string
  /** The schema inside a default, an `optional` or a transform, or before a transform. */
  readonly inner: Schema | undefined
  /** The alternatives of a union. */
  readonly options: readonly Schema[] | undefined
  /** The keys of an object. */
  readonly shape: Readonly<Record<string, Schema>> | undefined
  /** The items of a list, or the values of a record. */
  readonly item: Schema | undefined
  /** The schema of a record's keys. */
  readonly keys: Schema | undefined
  /** The choices of an enum. */
  readonly choices: readonly string[]
}

/** Resolves a `z.lazy`; returns any other schema as it is. */
const opened = <T extends Schema | undefined>(schema: T): T | Schema =>
  schema?._zod.def.type === 'lazy' ? opened((schema as z.core.$ZodType as z.core.$ZodLazy)._zod.innerType) : schema

/** The parts of a schema, one level deep, with `z.lazy` resolved. */
export const schemaParts = (schema: Schema): SchemaParts => {
  const def = opened(schema)._zod.def as {
    type: string
    innerType?: Schema
    in?: Schema
    options?: readonly Schema[]
    shape?: Readonly<Record<string, Schema>>
    element?: Schema
    valueType?: Schema
    keyType?: Schema
    entries?: Readonly<Record<string, string>>
  }
  return {
    type: def.type,
    inner: opened(def.innerType ?? def.in),
    options: def.options?.map(opened),
    shape: def.shape && Object.fromEntries(Object.entries(def.shape).map(([key, own]) => [key, opened(own)])),
    item: opened(def.element ?? def.valueType),
    keys: opened(def.keyType),
    choices: Object.values(def.entries ?? {}),
  }
}
