import { InputError, problems } from '../../errors/index.ts'
import { Expectation, MOST_EXPECTED_DECIMALS } from '../../model/number/expectation.ts'
import { type Exact, exact, ONE } from '../../model/number/money.ts'
import { SECONDS } from '../../model/time.ts'
import { MOST_CHARACTERS, SCALES } from '../../model/units.ts'
import { type KeyForm, keyAt } from './key-at.ts'

/** Multiples on the command line: `2x`, `0.5x`, `+10%`, `-10%` of what stands at a key, or of its default. */

const MULTIPLE = /^(?:(\d+(?:\.\d+)?)\s*[x×]|([+-]\d+(?:\.\d+)?)\s*%)$/i

/** The factor of a multiple; `undefined` for any other text. @example factorIn('+10%') // 1.1 */
export const factorIn = (text: string): Exact | undefined => {
  if (text.length > MOST_CHARACTERS) return undefined
  const [, times, percent] = MULTIPLE.exec(text.trim()) ?? []
  if (times !== undefined) return exact(times)
  return percent === undefined ? undefined : ONE.plus(exact(percent.replace('+', '')).times('0.01'))
}

/** A multiple of a key, as typed. */
export interface Typed {
  readonly path: readonly string[]
  /** `request.output=2x` */
  readonly setting: string
  readonly factor: Exact
}

/**
 * What a key comes to when it is multiplied, in the form of its value: exact. A request or a length may become an
 * `Expectation`.
 *
 * @param value - what stands there; `undefined`: nothing, so its default counts
 * @returns `undefined` if the scenario has no such key
 * @throws {InputError} NO_MULTIPLE on text, lists and objects other than {low, high}, and if the outcome cannot be stated
 */
export const multiplied = (value: unknown, typed: Typed): unknown => {
  const forms = keyAt(typed.path)
  if (forms.length === 0) return undefined
  const refuse: Refuse = (why, fix = 'choose another multiple, or write the value itself') => {
    throw new InputError([problems.noMultiple(typed.setting, why, fix)])
  }
  if (typed.factor.isNegative()) refuse('would be less than nothing', 'take away 100% at most')
  const stands = value ?? defaultOf(forms)
  if (stands === undefined) refuse('multiplies a key that has neither a value nor a default', 'write the value itself')
  return timesAny(stands, { ...typed, forms, refuse })
}

type Refuse = (why: string, fix?: string) => never

interface Given extends Typed {
  readonly forms: readonly KeyForm[]
  readonly refuse: Refuse
}

/** A default as it would be written: a duration in seconds. */
const defaultOf = (forms: readonly KeyForm[]): unknown => {
  const form = forms.find(({ fallback }) => fallback !== undefined)
  return form?.scalar?.name === 'duration' ? `${form.fallback}s` : form?.fallback
}

const UNCOUNTED = ['date', 'time zone']

const isNumeric = ({ type, scalar }: KeyForm): boolean =>
  scalar ? !UNCOUNTED.includes(scalar.name) : type === 'number' || type === 'int'

const timesAny = (value: unknown, given: Given): unknown => {
  const { path, forms, refuse } = given
  if (isEnds(value)) {
    const end = (key: 'low' | 'high') => timesAny(value[key], { ...given, forms: keyAt([...path, key]) })
    return { low: end('low'), high: end('high') }
  }
  const text = value instanceof Expectation ? String(value.count) : String(value)
  const form = forms.find(isNumeric)
  if (!form || typeof value === 'boolean') return refuse('multiplies what is not a number', quoteFix(given))
  const [, digits, unit = ''] = (text.length <= MOST_CHARACTERS && FIGURE.exec(text.trim())) || []
  if (digits === undefined) return refuse(`multiplies ${kindOf(value)}`, `write the value itself: ${path.join('.')}=…`)
  return written(exact(digits), unit, { ...given, form })
}

const FIGURE = /^\$?(\d+(?:\.\d+)?)\s*([a-z]?|%|[kmb]?\s*\/\s*[a-z]+|%\s*\/\s*[a-z]+)$/i

const isEnds = (value: unknown): value is { readonly low: unknown; readonly high: unknown } =>
  typeof value === 'object' && value !== null && Object.keys(value).sort().join() === 'high,low'

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'what is not a number' : 'text'
}

const quoteFix = ({ setting }: Given): string => {
  const cut = setting.indexOf('=') + 1
  return `write the value itself; for this very text, '${setting.slice(0, cut)}"${setting.slice(cut)}"'`
}

/** The product in the form of the value that was multiplied. */
const written = (
  figure: Exact,
  unit: string,
  { factor, form, refuse }: Given & { readonly form: KeyForm },
): unknown => {
  const { scalar } = form
  const name = scalar?.name ?? 'number'
  if (name === 'duration') {
    const seconds = figure.times(SECONDS[unit] ?? refuse('multiplies what is not a duration')).times(factor)
    return seconds.isInteger() ? `${seconds.toFixed()}s` : refuse(`comes to ${said(seconds)} s, not whole seconds`)
  }
  if (name.startsWith('size')) {
    const count = figure.times(SCALES[unit.toUpperCase()] ?? refuse('multiplies what is not a count')).times(factor)
    if (count.isInteger()) return plain(count)
    if (!scalar?.expectation) return refuse(`comes to ${said(count)}, not a whole number`)
    const isStatable = count.decimalPlaces() <= MOST_EXPECTED_DECIMALS && typeof plain(count) === 'number'
    if (!isStatable) return refuse(`comes to ${said(count)}, with more than ${MOST_EXPECTED_DECIMALS} decimals`)
    return count.lte('1e12') ? new Expectation(count.toNumber()) : plain(count)
  }
  const product = figure.times(factor)
  if (unit !== '') return `${product.toFixed()}${unit}`
  const number = plain(product)
  return scalar || typeof number === 'number' ? number : refuse(`comes to ${said(product)}, too many digits`)
}

/** A number if that states every digit, else the digits. */
const plain = (value: Exact): number | string => {
  const number = value.toNumber()
  return exact(number).eq(value) && !String(number).includes('e') ? number : value.toFixed()
}

const said = (value: Exact): string => {
  const digits = value.toFixed()
  return digits.length > 30 ? `${digits.slice(0, 29)}…` : digits
}
