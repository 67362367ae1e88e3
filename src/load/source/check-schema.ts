import * as z from 'zod/mini'
import { InputError, MOST_TOLD, type Problem, problems } from '../../errors/index.ts'
import { entryOf } from '../../model/entry-of.ts'
import { nearest } from '../../model/nearest.ts'
import { inFileOrder } from './places.ts'
import { partsOf } from './schema-parts.ts'
import type { Source } from './source.ts'

type Issue = z.core.$ZodIssue
type Path = readonly (string | number)[]

/**
 * Holds a source against a schema.
 *
 * @throws {InputError} every fault at once, located: UNKNOWN_KEY, MISSING_KEY, INVALID
 */
export const checkSchema = <T extends z.core.$ZodType>(schema: T, source: Source): z.core.output<T> => {
  const parsed = z.safeParse(schema, source.data)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  const told = findProblems(schema, source.data, issues.slice(0, MOST_FAULTS)).slice(0, MOST_FAULTS)
  const rest = issues.length - MOST_FAULTS
  const placed = inFileOrder(told.map(source.locate))
  throw new InputError([
    ...(source.shown ? placed : placed.map(problem => withoutValues(problem, schema, source.data))),
    ...(rest > 0 ? [{ ...problems.moreFaults(rest), at: source.name }] : []),
  ])
}

/** A fault of a file that is another's: its place and kind, and nothing that stands in the file. */
export const withoutValues = (problem: Problem, schema: z.core.$ZodType, data: unknown): Problem => {
  const { code, what, fix, path = [] } = problem
  const end = path.findIndex((step, i) => typeof step === 'string' && !keysAt(schema, path.slice(0, i)).includes(step))
  const known = end < 0 ? path : path.slice(0, end)
  // A slip of a key of ours is as good as that key.
  if (code === 'UNKNOWN_KEY' && fix.startsWith('did you mean ')) return problem
  if (code === 'UNKNOWN_KEY') return { ...problem, what: 'there is an unknown key here', path: known }
  if (code !== 'INVALID') return { ...problem, path: known }
  const [rule = ''] = what.split(/, got |: /)
  return { ...problem, what: `${rule}, got ${kindOf(valueAt(data, path))}`, path: known }
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (value === null || value === undefined) return 'nothing'
  return typeof value === 'object' ? 'keys with values' : (TYPES[typeof value] ?? 'something else')
}

// One slip in a generated file can make as many faults as it has rows; with how many more there are, a hundred are told.
const MOST_FAULTS = MOST_TOLD - 1

// A file of another kind may have thousands of keys that are unknown here.
const MOST_KEYS = 20

// What a key that is needed may look like, where its name does not say it.
const EXAMPLES: Readonly<Record<string, string>> = {
  share: '80%',
  legs: '[{model: deepseek-v4, share: 100%}]',
  usd_per_1k_requests: '0.5',
  low: '40',
  high: '80',
  capex_usd: '30000',
  life_years: '5',
  kw: '1.275',
  usd_per_kwh: '0.08',
  months: '12',
  used_months: '6',
}

/** The faults that a schema found, as problems with their paths, in the order of the file's keys. */
const findProblems = (schema: z.core.$ZodType, data: unknown, issues: readonly Issue[], base: Path = []): Problem[] =>
  issues.flatMap(issue => explain(schema, data, { ...issue, path: [...base, ...issue.path] } as Issue))

const explain = (schema: z.core.$ZodType, data: unknown, issue: Issue): Problem[] => {
  const path = issue.path.map(step => (typeof step === 'number' ? step : String(step)))
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path)
    const named = issue.keys.slice(0, MOST_KEYS).map(key => ({
      ...problems.unknownKey(key, nearest(key, known), known),
      path: [...path, key],
    }))
    const rest = issue.keys.length - named.length
    return rest > 0 ? [...named, { ...problems.moreKeys(rest), path: [...path, issue.keys[MOST_KEYS] ?? ''] }] : named
  }
  const value = valueAt(data, path)
  const last = path.at(-1)
  if (value === undefined && typeof last === 'string') {
    return [{ ...problems.missingKey(last, EXAMPLES[last]), path }]
  }
  if (issue.code === 'invalid_union') {
    const meant = meantIn(issue.errors)
    if (meant) return findProblems(schema, data, meant, path)
    const rule = issue.errors.flat().findLast(error => error.code === 'custom' && error.path.length === 0)
    if (rule && typeof value === 'object') return [{ ...own(rule.message, value), path }]
  }
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String)
    const [near] = nearest(String(value), known)
    return [
      {
        ...problems.invalid(`must be one of ${known.join(', ')}, got ${shown(value)}`, `write ${near ?? known[0]}`),
        path,
      },
    ]
  }
  return [{ ...own(issue.message, value, issue), path }]
}

/** The alternative that the user was plainly writing: the one that got past the top of an object or a list. */
const meantIn = (alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined => {
  const inside = (error: Issue): boolean => error.path.length > 0 || error.code === 'unrecognized_keys'
  return alternatives.map(errors => errors.filter(inside)).find(errors => errors.length > 0)
}

/** Paths of all the keys that a schema does not know, whatever else is wrong with the data. */
export const strayKeys = (schema: z.core.$ZodType, data: unknown): Path[] => {
  const strays = (issues: readonly Issue[], base: Path): Path[] =>
    issues.flatMap(issue => {
      const path = [...base, ...issue.path.map(step => (typeof step === 'number' ? step : String(step)))]
      if (issue.code === 'unrecognized_keys') return issue.keys.map(key => [...path, key])
      return issue.code === 'invalid_union' ? strays(meantIn(issue.errors) ?? [], path) : []
    })
  return strays(z.safeParse(schema, data).error?.issues ?? [], [])
}

/** A schema's own words `what\nfix`, or plain ones for zod's bare types. */
const own = (message: string, value: unknown, issue?: Issue): Problem => {
  const [what = '', fix] = message.split('\n')
  if (fix !== undefined) return problems.invalid(/, got /.test(what) ? what : `${what}, got ${shown(value)}`, fix)
  if (issue?.code === 'invalid_type') {
    const type = TYPES[issue.expected] ?? issue.expected
    return problems.invalid(`must be ${type}, got ${shown(value)}`, `write ${type}`)
  }
  if (issue?.code === 'too_small')
    return problems.invalid(`must be at least ${issue.minimum}, got ${shown(value)}`, `write ${issue.minimum} or more`)
  if (issue?.code === 'too_big')
    return problems.invalid(`must be at most ${issue.maximum}, got ${shown(value)}`, `write ${issue.maximum} or less`)
  return problems.invalid(`is not valid here: ${shown(value)}`, 'see dsprice schema scenario or dsprice schema pricing')
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

/** The keys that a schema knows at a path. */
const keysAt = (schema: z.core.$ZodType, path: Path): string[] => {
  const { inner, options, shape = {}, item, keys } = partsOf(schema)
  if (inner) return keysAt(inner, path)
  if (options) return options.flatMap(option => keysAt(option, path))
  const [step, ...rest] = path
  if (step === undefined) return [...Object.keys(shape), ...(keys ? partsOf(keys).choices : [])]
  const next = entryOf(shape, String(step)) ?? item
  return next ? keysAt(next, rest) : []
}
