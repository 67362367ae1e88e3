import * as z from 'zod/mini'
import { Expectation } from './number/expectation.ts'
import { exact } from './number/money.ts'

/**
 * Small schemas for the values in a user's files. A schema states its rule and its fix as `rule\nfix`; `load/source`
 * adds the value found and its position.
 */

/** A schema's fault for one value: the rule that it breaks, then the fix to type. */
export const fault = (rule: string, fix: string): string => `${rule}\n${fix}`

/** Text that is safe to print: a control character could take over the reader's terminal. */
export const printable = (what: string) =>
  z
    .string()
    .check(
      z.minLength(1, fault('must not be empty', `write ${what}`)),
      z.regex(
        /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u,
        fault('must have no control characters', `write ${what} in plain letters on one line`),
      ),
    )

/**
 * Attaches the description that editors show for a key: its meaning and unit, and an example. `schema scenario` and
 * docs/scenario.md publish both.
 */
export const doc = <T extends z.core.$ZodType>(schema: T, description: string, example?: unknown): T => {
  // A schema may be used for several keys, each with its own description.
  const own = z.clone(schema)
  z.globalRegistry.add(own, { description, ...(example === undefined ? {} : { examples: [example] }) })
  return own
}

/**
 * A rarely used part of a file, under an optional key. Its schema is a `z.lazy`, built only when a file has the key,
 * since building all parts takes longer than reading a file without them.
 */
export const part = <T extends z.core.$ZodType>(schema: z.ZodMiniLazy<T>, description: string, example?: unknown) => {
  const own = z.lazy(() => doc(schema._zod.innerType, description, example))
  // An optional schema parses `undefined` with its inner schema, which would build it.
  own._zod.optin = undefined
  return z.optional(own)
}

/** Most characters of a number, size, duration or date: no exact figure needs more. */
export const MOST_CHARACTERS = 100

/** What is known of a scalar beside its values. */
export interface ScalarText {
  /** Its name in docs/scenario.md. */
  readonly name: string
  readonly what: string
  readonly fix: string
  /** A fix for the value that was given, if there is a better one. */
  readonly fixOf?: (value: unknown) => string | undefined
  /** For editors only. */
  readonly pattern: string
  readonly numeric?: object
  /** Whether a multiple may make it a fraction. */
  readonly expectation?: true
  /** The schema of the parsed value; left out: the same as the input's. */
  readonly form?: () => z.core.$ZodType
}

const scalars = new WeakMap<z.core.$ZodType, ScalarText>()

/** The description of a scalar's schema; `undefined` for any other schema. */
export const scalarText = (schema: z.core.$ZodType): ScalarText | undefined => {
  const { in: written } = schema._zod.def as Partial<z.core.$ZodPipeDef>
  return written && scalars.get(written)
}

/** A scalar parsed by `parse`, which returns `undefined` for invalid input. */
export const scalar = <T>(about: ScalarText, parse: (value: string | number) => T | undefined) => {
  const { what, fix, fixOf, pattern, numeric, expectation } = about
  const written = z.unknown()
  const text = { type: 'string', maxLength: MOST_CHARACTERS, pattern }
  z.globalRegistry.add(written, { anyOf: [...(numeric ? [numeric] : []), text] })
  scalars.set(written, about)
  return z.pipe(
    written,
    z.transform((value, context): T => {
      if (expectation && value instanceof Expectation) return value.count as T
      const long = typeof value === 'string' && value.length > MOST_CHARACTERS
      const parsed = !long && (typeof value === 'string' || typeof value === 'number') ? parse(value) : undefined
      if (parsed !== undefined) return parsed
      const rule = long ? `must have at most ${MOST_CHARACTERS} characters` : what
      context.issues.push({ code: 'custom', input: value, message: fault(rule, fixOf?.(value) ?? fix) })
      return z.NEVER
    }),
  )
}

export const SCALES: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, B: 1e9 }
const MAX_SIZE = 1e12

/** `200K` → 200000; `undefined` if the text is not a whole number of tokens up to 1e12. */
export const parseSize = (value: string | number): number | undefined => {
  const match = /^(\d+)(?:\.(\d+))?\s*([KMB]?)$/i.exec(String(value).trim())
  if (!match) return undefined
  const [, whole = '', fraction = '', unit = ''] = match
  // Digits are shifted as text: 1.1K is 1100, not 1100.0000000000002.
  const zeros = Math.log10(SCALES[unit.toUpperCase()] ?? 1)
  // Not by /0+$/, which takes quadratic time in the number of zeros; sizes in options arrive here unchecked.
  if (/[1-9]/.test(fraction.slice(zeros))) return undefined
  const size = Number(whole + fraction.slice(0, zeros).padEnd(zeros, '0'))
  return size <= MAX_SIZE ? size : undefined
}

export const sizeText = {
  name: 'size',
  what: 'must be a whole number from 0 to 1e12, with K, M or B where wanted',
  fix: 'write a size such as 2000, 200K or 1.5M',
  pattern: '^\\d+(\\.\\d+)?\\s*[KkMmBb]?$',
  numeric: { type: 'integer', minimum: 0 },
  form: () => z.int().check(z.nonnegative()),
}

/** A count: an integer, `200K`, `1.5M`, `2B`. */
export const size = scalar(sizeText, parseSize)

export const positiveSizeText = {
  ...sizeText,
  name: 'size above 0',
  what: 'must be a whole number from 1 to 1e12',
  fix: 'write a number such as 4, 2000 or 200K',
  numeric: { type: 'integer', minimum: 1 },
  form: () => z.int().check(z.positive()),
}

/** A count of at least one. */
export const positiveSize = scalar(positiveSizeText, value => parseSize(value) || undefined)

/** `85%` → 0.85; `undefined` if the text is not a share from 0 to 1. */
export const parseShare = (value: string | number): number | undefined => {
  if (typeof value === 'number') return value >= 0 && value <= 1 ? value : undefined
  const match = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(String(value).trim())
  if (!match) return undefined
  // e-2 shifts the decimal point before the one rounding to a double.
  const parsed = Number(match[2] ? `${match[1]}e-2` : match[1])
  return parsed <= 1 ? parsed : undefined
}

const shareText = {
  name: 'share',
  what: 'must be a share from 0 to 1, or a percentage from 0% to 100%',
  fix: 'write a share such as 0.85 or 85%',
  pattern: '^\\d+(\\.\\d+)?\\s*%?$',
  numeric: { type: 'number', minimum: 0, maximum: 1 },
  form: () => z.number().check(z.minimum(0), z.maximum(1)),
}

/** A share from 0 to 1: `0.85` or `85%`. The double nearest to the decimal as written. */
export const share = scalar(shareText, parseShare)

/** A share above 0. */
export const positiveShare = scalar(
  {
    ...shareText,
    name: 'share above 0',
    what: 'must be a share above 0, up to 1 or 100%',
    numeric: { ...shareText.numeric, exclusiveMinimum: 0 },
  },
  value => parseShare(value) || undefined,
)

/** A share below 1. */
export const partialShare = scalar(
  {
    ...shareText,
    name: 'share below 1',
    what: 'must be a share from 0 on, below 1 or 100%',
    numeric: { ...shareText.numeric, exclusiveMaximum: 1 },
  },
  value => {
    const parsed = parseShare(value)
    return parsed === 1 ? undefined : parsed
  },
)

/** Exact decimal digits, as in price books: at most `MOST_CHARACTERS`. */
export const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/

const digits = () => z.string().check(z.maxLength(MOST_CHARACTERS), z.regex(DECIMAL))

/** A limit in USD, as exact decimal digits: `400`, `400.50` or `$400`. */
export const usd = scalar(
  {
    name: 'USD',
    what: 'must be an amount of USD from 0 on',
    fix: 'write an amount such as 400 or $400',
    pattern: '^\\$?\\d+(\\.\\d+)?$',
    numeric: { type: 'number', minimum: 0 },
    form: digits,
  },
  value => {
    const match = /^\$?(\d{1,12}(?:\.\d{1,12})?)$/.exec(String(value).trim())
    return match?.[1] === undefined ? undefined : exact(match[1]).toFixed()
  },
)

/** An increase as exact decimal digits of its share: `10%` or `0.1` is 0.1, `150%` is 1.5. */
export const increase = scalar(
  {
    name: 'increase',
    what: 'must be a percentage, or a share from 0 to 1',
    fix: 'write an increase such as 10%',
    pattern: '^\\d+(\\.\\d+)?\\s*%$',
    numeric: { type: 'number', minimum: 0, maximum: 1 },
    form: digits,
  },
  value => {
    const match = /^(\d{1,6}(?:\.\d{1,9})?)\s*(%?)$/.exec(String(value).trim())
    if (!match?.[1]) return undefined
    const share = match[2] ? exact(`${match[1]}e-2`) : exact(match[1])
    // A bare 10 may mean 10% or ten times, so it is rejected.
    return match[2] || share.lte(1) ? share.toFixed() : undefined
  },
)

/** A factor above 0 as exact decimal digits: `2`, `1.35`. */
export const factor = scalar(
  {
    name: 'factor',
    what: 'must be a factor above 0, up to 1000, with at most 4 decimals',
    fix: 'write a factor such as 2 or 1.35',
    pattern: '^\\d+(\\.\\d+)?$',
    numeric: { type: 'number', exclusiveMinimum: 0, maximum: 1000 },
    form: digits,
  },
  value => {
    const match = /^\d{1,4}(?:\.\d{1,4})?$/.exec(String(value).trim())
    if (!match) return undefined
    const given = exact(match[0])
    return given.isZero() || given.gt(1000) ? undefined : given.toFixed()
  },
)

/** A type made deeply read-only. */
export type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T
