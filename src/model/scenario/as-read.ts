import * as z from 'zod/mini'
import { doc, scalarText } from '../units.ts'

/** Derives the schema of a parsed scenario from that of a file, so that keys are declared once. */

type Schema = z.core.$ZodType
type Shape = Readonly<Record<string, Schema>>

interface Insides {
  readonly type: z.core.$ZodTypeDef['type']
  readonly innerType: Schema
  readonly in: Schema
  readonly shape: Shape
  readonly element: Schema
  readonly valueType: Schema
  readonly options: readonly Schema[]
}

/**
 * The schema of a schema's output: numbers for sizes, digits for amounts. A key that earlier versions did not print has
 * its default.
 *
 * @returns typed like the written schema, since both have the same output
 */
export const asRead = <T extends Schema>(schema: T): T => {
  const read = formOfParts(schema)
  const description = z.globalRegistry.get(schema)?.description
  return (description === undefined ? read : doc(read, description)) as T
}

const formOfParts = (schema: Schema): Schema => {
  const def = schema._zod.def as unknown as Insides
  const having = (insides: Partial<Insides>): Schema => z.clone(schema, { ...schema._zod.def, ...insides })
  switch (def.type) {
    case 'lazy':
      return openedLater(schema as z.core.$ZodLazy)
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return having({ innerType: asRead(def.innerType) })
    case 'object':
      return having({ shape: shapeAsRead(def.shape, {}) })
    case 'array':
      return having({ element: asRead(def.element) })
    case 'record':
      return having({ valueType: asRead(def.valueType) })
    case 'union':
      return having({ options: def.options.map(asRead) })
    case 'string':
      // Restrictions on text apply to the file; parsed text is made safe where it is printed.
      return z.string()
    case 'pipe':
      return scalarText(schema)?.form?.() ?? having({})
    default:
      return having({})
  }
}

const openedLater = (schema: z.core.$ZodLazy): Schema => {
  const own = z.lazy(() => asRead(schema._zod.innerType))
  // An optional schema parses `undefined` with its inner schema, which would build it.
  own._zod.optin = undefined
  return own
}

/** The keys that are replaced when they are counted, looked up or expanded, and their replacements. */
export type Becoming<S extends Shape> = { readonly [K in keyof S]?: Shape }

type Both<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer All) => void ? All : never

/** The keys of `S` that are kept, and the replacements of the others. */
export type ShapeAsRead<S extends Shape, B extends Becoming<S>> = Omit<S, keyof B> & Both<B[keyof B]>

/** Every key as parsed, except those that are replaced; keys not listed there are kept. */
export const shapeAsRead = <S extends Shape, B extends Becoming<S>>(shape: S, becoming: B): ShapeAsRead<S, B> => {
  const others: Readonly<Record<string, Shape | undefined>> = becoming
  const keys = Object.entries(shape).flatMap(([key, own]) => Object.entries(others[key] ?? { [key]: asRead(own) }))
  return Object.fromEntries(keys) as ShapeAsRead<S, B>
}
