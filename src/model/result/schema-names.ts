/** The kinds of file that have a JSON Schema, by the name that `dsprice schema` takes and `schema/` has. */
export const SCHEMA_NAMES = ['scenario', 'pricing', 'clusters', 'result', 'diff', 'config', 'compare'] as const

export type SchemaName = (typeof SCHEMA_NAMES)[number]
