import { AROUND } from '../bodies/find-body.ts'
import { isMissing, NO_MODEL } from '../reading/bad-record.ts'
import { type Fields, fieldsAt, hasKey, isFields, textAt } from '../reading/fields.ts'
import { NEEDED } from '../sessions/plain.ts'

const MODELS = ['model', 'model_name', 'modelName', 'model_id', 'modelId', 'Model']

/** Names of counts of tokens; those of limits, rates and prices are none. */
const TOKENS = /[Tt]okens|TOKENS|[Tt]oken_?[Cc]ount/
const NO_COUNT = /max|limit|budget|context|window|per|rate|price|cost/i
/** How deep counts are looked for. */
const DEEPEST = 3

/** Whether a value of JSON or a cell of CSV is a number of tokens. */
const isCount = (value: unknown): boolean =>
  typeof value === 'number' ? value > 0 : typeof value === 'string' && /^[1-9]\d*$/.test(value)

/** Whether a value names a model, itself or in a body around which it stands. */
export const namesModel = (value: Fields): boolean =>
  textAt(value, ...MODELS) !== null || AROUND.some(key => textAt(fieldsAt(value, key), ...MODELS) !== null)

const hasTokens = (value: Fields, depth: number): boolean =>
  Object.entries(value).some(([key, inner]) =>
    isFields(inner)
      ? depth < DEEPEST && hasTokens(inner, depth + 1)
      : TOKENS.test(key) && !NO_COUNT.test(key) && isCount(inner),
  )

/** The one key that a value lacks to be of our own form; `null`: it has all, or lacks more. */
const lacks = (value: Fields): string | null => {
  const missing = NEEDED.filter(key => !hasKey(value, key))
  const hasCounts = (['input', 'output'] as const).every(
    key => missing.includes(key) || isCount(value[key]) || isZero(value[key]),
  )
  const hasModel = missing.includes('model') || textAt(value, 'model') !== null
  return missing.length === 1 && hasCounts && hasModel ? (missing[0] ?? null) : null
}

const isZero = (value: unknown): boolean => value === 0 || value === '0'

/** Why a value that no format knows is a record that cannot be read; `null`: nothing says that it is one. */
export const strangeRecord = (value: Fields): string | null => {
  const missing = lacks(value)
  if (missing !== null) return missing === 'model' ? NO_MODEL : isMissing(missing)
  return namesModel(value) && hasTokens(value, 1) ? 'it names a model and tokens, but in no form that is known' : null
}
