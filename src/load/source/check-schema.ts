import * as z from 'zod/mini'
import { InputError, MOST_TOLD, type Problem, problems } from '../../errors/index.ts'
import { entryOf } from '../../model/entry-of.ts'
import { nearest } from '../../model/nearest.ts'
import { schemaParts } from '../schema/schema-parts.ts'
import { inFileOrder, type Source } from './places.ts'

type Issue = z.core.$ZodIssue
type Path = readonly (string | number)[]

/**
 * Validates a source against a schema.
 *
 * @throws {InputError} every problem at once, located: UNKNOWN_KEY, MISSING_KEY, INVALID
 */
export const checkSchema = <T extends z.core.$ZodType>(schema: T, source: Source): z.core.output<T> => {
  const parsed = z.safeParse(schema, source.data)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  const told = issues
    .slice(0, MOST_FAULTS)
    .flatMap(issue => explain(issue, { schema, source }))
    .slice(0, MOST_FAULTS)
  const rest = issues.length - MOST_FAULTS
  throw new InputError([...inFileOrder(told), ...(rest > 0 ? [{ ...problems.moreFaults(rest), at: source.name }] : [])])
}

/** A schema and the source to validate. For an unrelated file only the place and kind of a problem are reported. */
interface Held {
  readonly schema: z.core.$ZodType
  readonly source: Source
}

/** Locates a problem; for an unrelated file, the path is cut where names of its own begin. */
const placed = (problem: Problem, path: Path, { schema, source }: Held): Problem => {
  const located = source.locate({ ...problem, path })
  if (source.shown) return located
  const end = path.findIndex((step, i) => typeof step === 'string' && !keysAt(schema, path.slice(0, i)).includes(step))
  return end < 0 ? located : { ...located, path: path.slice(0, end) }
}

/** A value as it may appear in a message: quoted, or only its type. */
const say = (value: unknown, { source }: Held): string => (source.shown ? shown(value) : typeInWords(value))

const typeInWords = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (value === null || value === undefined) return 'nothing'
  return typeof value === 'object' ? 'keys with values' : (TYPES[typeof value] ?? 'something else')
}

// One mistake in a generated file can repeat in every row. Including the count of the rest, a hundred are reported.
const MOST_FAULTS = MOST_TOLD - 1

// A file of another kind may have thousands of unknown keys.
const MOST_KEYS = 20

/** Converts a schema issue to problems. @param base - the path of the value that was validated */
const explain = (issue: Issue, held: Held, base: Path = []): Problem[] => {
  const path = [...base, ...issue.path.map(step => (typeof step === 'number' ? step : String(step)))]
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, path, held)
  const value = valueAt(held.source.data, path)
  const last = path.at(-1)
  if (value === undefined && typeof last === 'string') {
    return [placed(problems.missingKey(last, exampleAt(held.schema, path)), path, held)]
  }
  if (issue.code === 'invalid_union') {
    const meant = meantIn(issue.errors)
    if (meant) return meant.flatMap(one => explain(one, held, path))
    const rule = issue.errors.flat().findLast(error => error.code === 'custom' && error.path.length === 0)
    if (rule && typeof value === 'object') return [placed(invalid(rule, value, held), path, held)]
  }
  return [placed(invalid(issue, value, held), path, held)]
}

/** Cached tokens under the names of usage records, which users expect under `totals` or `request`. */
const CACHED_KEYS: ReadonlySet<string> = new Set(['cached', 'cache_read', 'cache_write', 'cache_write_1h'])
const KNOWN_USAGE = 'write cache: {read: …, write: …} beside it, known usage as a part of the input'

const unknownKeys = (keys: readonly string[], path: Path, held: Held): Problem[] => {
  const known = keysAt(held.schema, path)
  const named = keys.slice(0, MOST_KEYS).map(key => {
    const near = nearest(key, known)
    const unknown = problems.unknownKey(key, near, known)
    const problem = path.length === 1 && CACHED_KEYS.has(key) ? { ...unknown, fix: KNOWN_USAGE } : unknown
    if (held.source.shown) return placed(problem, [...path, key], held)
    // A misspelt key of ours may be named; any other may come from an unrelated file.
    return near.length > 0
      ? held.source.locate({ ...problem, path: [...path, key] })
      : placed({ ...problem, what: 'there is an unknown key here' }, [...path, key], held)
  })
  const rest = keys.length - named.length
  if (rest <= 0) return named
  return [...named, placed(problems.moreKeys(rest), [...path, keys[MOST_KEYS] ?? ''], held)]
}

/** The alternative of a union that the user evidently meant: the one whose object or list itself was valid. */
const meantIn = (alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined => {
  const inside = (error: Issue): boolean => error.path.length > 0 || error.code === 'unrecognized_keys'
  return alternatives.map(errors => errors.filter(inside)).find(errors => errors.length > 0)
}

/** Paths of all keys that a schema does not have, even if the data has other problems. */
export const strayKeys = (schema: z.core.$ZodType, data: unknown): Path[] => {
  const strays = (issues: readonly Issue[], base: Path): Path[] =>
    issues.flatMap(issue => {
      const path = [...base, ...issue.path.map(step => (typeof step === 'number' ? step : String(step)))]
      if (issue.code === 'unrecognized_keys') return issue.keys.map(key => [...path, key])
      return issue.code === 'invalid_union' ? strays(meantIn(issue.errors) ?? [], path) : []
    })
  return strays(z.safeParse(schema, data).error?.issues ?? [], [])
}

/** Problem for an invalid value: the schema's own `rule\nfix`, or our wording for zod's basic types. */
const invalid = (issue: Issue, value: unknown, held: Held): Problem => {
  const [rule, fix] = ruleOf(issue, value)
  return problems.invalid(`${rule}, got ${say(value, held)}`, fix)
}

const ruleOf = (issue: Issue, value: unknown): readonly [rule: string, fix: string] => {
  const [rule = '', fix] = issue.message.split('\n')
  if (fix !== undefined) return [rule, fix]
  switch (issue.code) {
    case 'invalid_value': {
      const known = issue.values.map(String)
      return [`must be one of ${known.join(', ')}`, `write ${nearest(String(value), known)[0] ?? known[0]}`]
    }
    case 'invalid_type': {
      const type = TYPES[issue.expected] ?? issue.expected
      return [`must be ${type}`, `write ${type}`]
    }
    case 'too_small':
      return [`must be at least ${issue.minimum}`, `write ${issue.minimum} or more`]
    case 'too_big':
      return [`must be at most ${issue.maximum}`, `write ${issue.maximum} or less`]
    default:
      return ['is not valid here', 'see dsprice schema scenario or dsprice schema pricing']
  }
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'keys with values',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  record: 'keys with values',
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? entryOf(value as Record<string, unknown>, String(step)) : undefined,
    data,
  )

/** The keys that a schema has at a path. */
const keysAt = (schema: z.core.$ZodType, path: Path): string[] => {
  const { inner, options, shape = {}, item, keys } = schemaParts(schema)
  if (inner) return keysAt(inner, path)
  if (options) return options.flatMap(option => keysAt(option, path))
  const [step, ...rest] = path
  if (step === undefined) return [...Object.keys(shape), ...(keys ? schemaParts(keys).choices : [])]
  const next = entryOf(shape, String(step)) ?? item
  return next ? keysAt(next, rest) : []
}

/** What a key may look like: the example that its schema publishes for editors; `undefined` if it has none. */
const exampleAt = (schema: z.core.$ZodType, path: Path): string | undefined => {
  const examples = path.length === 0 ? z.globalRegistry.get(schema)?.['examples'] : undefined
  if (Array.isArray(examples) && examples.length > 0) return inFlow(examples[0])
  const { inner, options, shape = {}, item } = schemaParts(schema)
  if (inner) return exampleAt(inner, path)
  if (options) return options.map(option => exampleAt(option, path)).find(found => found !== undefined)
  const [step, ...rest] = path
  const next = step === undefined ? undefined : (entryOf(shape, String(step)) ?? item)
  return next && exampleAt(next, rest)
}

/** A value as YAML on one line. */
const inFlow = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${inFlow(inner)}`)
    .join(', ')}}`
}
