import { collect, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Exact } from '../../model/number/money.ts'
import { lazily } from '../../model/remembered.ts'
import { inner, setIn, withoutReplaced } from '../../model/scenario/set-key.ts'
import { factorIn, multiplied } from '../schema/multiple.ts'
import { DEEPEST, parseJson } from './json-text.ts'
import { mayShow, type Showing, type Top } from './may-show.ts'
import { type ConfigSetting, type Finder, locateBy, type PlaceOf, placesIn, type Source } from './places.ts'
import { readPlainYaml } from './plain-yaml.ts'
import { refuseProto } from './proto-keys.ts'
import { yamlSource } from './yaml-source.ts'

/** A value given on the command line: `key.path=value`, by default with `--set`. */
export type Given = string | { readonly flag: string; readonly setting: string }

type Path = readonly (string | number)[]

/** One value given on the command line, at a key's path. */
interface Override {
  readonly path: readonly string[]
  /** The setting as typed: `request.turns=20`. */
  readonly setting: string
  readonly flag: string
  readonly source: Source
  /** Of a multiple, such as `2x`; `null`: the value itself is given. */
  readonly factor: Exact | null
}

/**
 * Parses a YAML (or JSON) text and reports every problem at once.
 *
 * @param showing - when the text may be quoted; a list gives the top-level keys of this kind of file
 * @throws {InputError} EMPTY_FILE; SYNTAX, located
 */
export const parseSource = (name: string, text: string, showing: Showing): Source => {
  if (text.trim() === '') throw new InputError([problems.emptyFile(name)])
  const read = parseJson(text) ?? readPlainYaml(text)
  return read ? sourceOf(name, text, { ...read, showing }) : yamlSource(name, text, showing)
}

/** A source read without yaml; positions are looked up only if there is a problem. */
const sourceOf = (
  name: string,
  text: string,
  { data, finder, showing }: { readonly data: unknown; readonly finder: () => Finder; readonly showing: Showing },
): Source => {
  const shown = mayShow(topOf(data), showing)
  const places = lazily(() => ({ place: placesIn(name, text, shown), find: finder() }))
  const placeOf: PlaceOf = (path, part = 'value') => {
    const { place, find } = places()
    const [from, to] = find[part](path) ?? [0, 1]
    return place(from, to - from)
  }
  return refuseProto(text, { name, data, shown, placeOf, locate: locateBy(placeOf) })
}

/**
 * A source of plain values that a program hands over. There is no file, so a problem's place is the path of its key:
 * `request.output`. Keys whose value is `undefined` are left out.
 *
 * @param data - objects, lists, text, numbers, booleans and `null`
 * @throws {InputError} INVALID for a value of another kind, and for one nested too deeply
 */
export const objectSource = (data: unknown): Source => {
  const placeOf = (path: Path): Pick<Problem, 'at'> => (path.length === 0 ? {} : { at: path.join('.') })
  const locate = (problem: Problem): Problem => ({ ...problem, ...placeOf(problem.path ?? []) })
  const copy = plainCopy(data, [], path => new InputError([locate({ ...notPlain(path.length > DEEPEST), path })]))
  return { name: '', data: copy, shown: true, placeOf, locate }
}

const notPlain = (deep: boolean): Problem =>
  deep
    ? problems.invalid(
        `must be nested at most ${DEEPEST} deep`,
        'write it flatter, and without an object inside itself',
      )
    : problems.invalid('must be a plain value', 'write an object, a list, text, a number, true, false or null')

/** Copies what YAML could say; `fail` makes the error for anything else. */
const plainCopy = (value: unknown, path: Path, fail: (path: Path) => InputError): unknown => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value !== 'object' || path.length > DEEPEST) throw fail(path)
  if (Array.isArray(value)) return value.map((item, i) => plainCopy(item, [...path, i], fail))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw fail(path)
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  // As in a file: a key of this name would set the copy's prototype.
  if (Object.hasOwn(value, '__proto__')) throw fail([...path, '__proto__'])
  return Object.fromEntries(entries.map(([key, inner]) => [key, plainCopy(inner, [...path, key], fail)]))
}

const topOf = (data: unknown): Top | null =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
    ? { keys: Object.keys(data), schema: (data as { readonly schema?: unknown }).schema }
    : null

/**
 * Applies settings (`key.path=value`, the value parsed as YAML) to a source; later ones win. A multiple (`2x`, `+10%`)
 * multiplies what stands at the key by then, or its default; `null` leaves a key out.
 *
 * @throws {InputError} BAD_SET; NO_MULTIPLE; SYNTAX, located in the setting
 */
export const overlay = (source: Source, settings: readonly Given[]): Source => {
  if (settings.length === 0) return source
  const overrides = settings.map(parseSetting)
  let data = source.data
  // Objects that an earlier setting copied may be changed in place, so each is copied once.
  const copied = new WeakSet<object>()
  const placeOf: PlaceOf = (path, part) => {
    // The last setting whose path contains the value's path.
    const own = overrides.findLast(({ path: key }) =>
      key.every((step, i) => String(path[i] ?? step) === step && i <= path.length),
    )
    if (!own || own.path.length > path.length) return source.placeOf(path, part)
    return own.source.placeOf(path.slice(own.path.length), part)
  }
  const faults: Problem[] = []
  for (const override of overrides) {
    const locate = (problem: Problem): Problem => override.source.locate({ ...problem, path: [] })
    const value = collect(faults, () => valueGiven(override, data), locate)
    data = setIn(data, override.path, { value, copied })
  }
  if (faults.length > 0) throw new InputError(faults)
  data = withoutReplaced(
    data,
    overrides.map(({ path }) => path),
  )
  const locate = locateBy(placeOf)
  return {
    ...source,
    data,
    isTyped: path => overrides.some(({ path: key }) => key.every((step, i) => String(path[i]) === step)),
    placeOf,
    locate: problem => locate(withSweepFix(problem, overrides)),
  }
}

/**
 * Sets the keys of a configuration that a source leaves out. A key that another one of the source rules out is left
 * aside: `model` beside `routing`, and hours for a run, which has no clock.
 */
export const underlay = (source: Source, settings: readonly ConfigSetting[]): Source => {
  if (typeof source.data !== 'object' || source.data === null || Array.isArray(source.data)) return source
  const has = (path: readonly string[]): boolean => path.reduce(inner, source.data) !== undefined
  const paced = has(['traffic', 'per']) && inner(inner(source.data, 'traffic'), 'per') !== 'run'
  const mayHave = ({ path }: ConfigSetting): boolean => {
    const [top = ''] = path
    const holder = inner(source.data, top)
    if (path.length > 1 && holder !== undefined && (typeof holder !== 'object' || Array.isArray(holder))) return false
    return !has(path) && (top !== 'traffic' || paced) && (top !== 'model' || !has(['routing']))
  }
  const used = settings.filter(mayHave)
  if (used.length === 0) return source
  let data = source.data as unknown
  const copied = new WeakSet<object>()
  for (const { path, value } of used) data = setIn(data, path, { value, copied })
  const placeOf: PlaceOf = (path, part) => {
    const own = used.find(({ path: key }) => key.every((step, i) => String(path[i]) === step))
    return own ? own.place : source.placeOf(path, part)
  }
  return { ...source, data, configured: used, placeOf, locate: locateBy(placeOf) }
}

/** The value that a setting gives: itself, or a multiple of what stands there. */
const valueGiven = ({ path, setting, source, factor }: Override, data: unknown): unknown =>
  (factor && multiplied(path.reduce(inner, data), { path, setting, factor })) ?? source.data

// A list in brackets or quotes is one value.
const SEVERAL = /^[^[{"'].*(?:,|\.\.[^/]*\/)/

/** Several values for one key are what `sweep` takes. */
const withSweepFix = (problem: Problem, overrides: readonly Override[]): Problem => {
  const own = overrides.findLast(({ path }) => path.join('.') === problem.path?.join('.'))
  if (own?.flag !== SET || problem.code === 'UNKNOWN_KEY') return problem
  const value = own.setting.slice(own.setting.indexOf('=') + 1).trim()
  return SEVERAL.test(value) ? { ...problem, fix: `use dsprice sweep --vary ${own.setting}` } : problem
}

const SET = '--set'

const parseSetting = (given: Given): Override => {
  const { flag, setting } = typeof given === 'string' ? { flag: SET, setting: given } : given
  const cut = setting.indexOf('=')
  const key = setting.slice(0, cut).trim()
  const path = key.split('.')
  if (cut < 1 || key === '' || path.includes('')) throw new InputError([problems.badSet(setting)])
  if (path.includes('__proto__')) throw new InputError([problems.badSet(setting, 'has a key that cannot be a name')])
  if (path.length > DEEPEST) throw new InputError([problems.badSet(`${setting.slice(0, SHOWN_SETTING)}…`)])
  const value = setting.slice(cut + 1)
  const source = parseSource(`${flag} ${key}`, value.trim() === '' ? '""' : value, 'always')
  return { path, setting, flag, source, factor: factorIn(value) ?? null }
}

const SHOWN_SETTING = 60
