/** The kinds of file that have a JSON Schema, by their names in `dsprice schema` and `schema/`. */
export const SCHEMA_NAMES = [
  'scenario',
  'pricing',
  'clusters',
  'result',
  'diff',
  'config',
  'compare',
  'forecast',
  'sweep',
  'advice',
  'usage',
  'replay',
] as const

export type SchemaName = (typeof SCHEMA_NAMES)[number]
