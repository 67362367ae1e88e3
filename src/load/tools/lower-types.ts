import { isJsonObject, type Json, type JsonObject } from '../../tokens/index.ts'

/** Keys of a JSON Schema whose values are schemas, lists of schemas, or schemas by name. */
const SCHEMAS = ['items', 'additionalProperties', 'not']
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const NAMED = ['properties', 'patternProperties', '$defs', 'definitions', 'defs']

/** A schema with its types in lower case: Gemini's API also takes `STRING`, which other providers do not. */
export const lowerTypes = (schema: JsonObject): JsonObject =>
  new Map([...schema].map(([key, value]) => [key, lowered(key, value)]))

const lowered = (key: string, value: Json): Json => {
  if (key === 'type') return typeof value === 'string' ? value.toLowerCase() : value
  if (SCHEMAS.includes(key)) return inSchema(value)
  if (LISTS.includes(key) && Array.isArray(value)) return value.map(inSchema)
  if (NAMED.includes(key) && isJsonObject(value)) {
    return new Map([...value].map(([name, inner]) => [name, inSchema(inner)]))
  }
  return value
}

const inSchema = (value: Json): Json => (isJsonObject(value) ? lowerTypes(value) : value)
