import type { MovedKey } from '../../model/result/cause.ts'
import { REQUEST_LENGTHS } from '../../model/scenario/counted.ts'
import { inputSchema, type Scenario } from '../../model/scenario/scenario.ts'
import { type KeyOrder, keyOrderOf } from './key-order.ts'
import * as slots from './slots.ts'
import { type Fields, isFields, isSame, shownValue } from './values.ts'
import { type WorkloadPair, workloadPairs } from './workloads.ts'

/**
 * Lists what differs between two scenarios that are served alike, key by key in the schema's order. A key that nobody
 * mentions here is a step of its own.
 */

/** Keys that change together, in words, and the ids by which a mixed scenario takes them. */
export interface Step {
  readonly keys: readonly MovedKey[]
  readonly ids: ReadonlySet<string>
}

/**
 * Keys of a scenario that do not affect any figure; `at` is compared separately, as the moment priced. A key that is
 * not listed makes two scenarios differ, so a future key is priced, not ignored.
 */
export const NOT_PRICED: ReadonlySet<string> = new Set([
  'name',
  'description',
  'file',
  'at',
  'tags',
  'budget',
  'quality',
  'defaults',
] satisfies (keyof Scenario)[])

/** How the workload was counted: `request` and `totals` have the outcome. */
const COUNTING: ReadonlySet<string> = new Set([
  'counted',
  'counting',
  'conversion',
  'contents',
] satisfies (keyof Scenario)[])

/** Objects that are one cause as a whole. */
const WHOLE: ReadonlySet<string> = new Set(['cache', 'self_host', 'routing'] satisfies (keyof Scenario)[])

/** Keys that bind each other. */
const BONDS: readonly (readonly string[])[] = [
  ['traffic.requests', 'traffic.per', 'traffic.weekdays_only'],
  ['request.output', 'request.reasoning'],
]

/** Keys that are derived from the workload: they change with it. */
const DERIVED: ReadonlySet<string> = new Set([
  'request.start_overhead',
  'request.end_overhead',
  'request.answer_overhead',
  'totals.band',
  'self_host',
])

/** Most steps that are priced one by one: further ones are one cause, so that the work is bounded. */
const MOST_STEPS = 40

interface Change extends MovedKey {
  readonly id: string
}

const keysIn = (order: KeyOrder, key: string, [a, b]: readonly [Fields, Fields]): string[] => [
  ...new Set([...(order.get(key) ?? []), ...Object.keys(a), ...Object.keys(b)]),
]

/** What differs between two scenarios, each change as a step that can be applied on top of those before it. */
export const stepsBetween = (from: Scenario, to: Scenario, order = keyOrderOf(inputSchema)): Step[] => {
  const pairs = workloadPairs(from, to)
  const changes = keysIn(order, '', [from, to])
    .filter(key => !NOT_PRICED.has(key) && !COUNTING.has(key))
    .flatMap(key => changesAt(key, { from, to, order, pairs }))
  const bound = new Map<string, Change[]>()
  const bonds = bondsOf(pairs[0])
  for (const change of changes) {
    const group = bonds.find(keys => keys.includes(change.key))?.[0] ?? change.id
    bound.set(group, [...(bound.get(group) ?? []), change])
  }
  return capped(withDerived([...bound.values()]).map(toStep))
}

interface Comparison {
  readonly from: Scenario
  readonly to: Scenario
  readonly order: KeyOrder
  readonly pairs: readonly [WorkloadPair, ...WorkloadPair[]]
}

const changesAt = (key: string, { from, to, order, pairs }: Comparison): Change[] => {
  const isWorkload = key === 'request' || key === 'totals'
  const sides = (isWorkload ? pairs : [{ from, to }]).map(pair => {
    const [a, b]: [Fields, Fields] = [pair.from, pair.to]
    return [a[key], b[key]] as const
  })
  const [a, b] = sides[0] ?? []
  if (!isFields(a) || !isFields(b) || WHOLE.has(key)) return changeOf(key, sides, order)
  return keysIn(order, key, [a, b]).flatMap(inner =>
    changeOf(
      `${key}.${inner}`,
      sides.flatMap(([x, y]) => (isFields(x) && isFields(y) ? [[x[inner], y[inner]] as const] : [])),
      order,
    ),
  )
}

type Sides = readonly (readonly [unknown, unknown])[]

const changeOf = (key: string, sides: Sides, order: KeyOrder): Change[] => {
  const [[a, b] = []] = sides
  if (slots.hasParts(a) || slots.hasParts(b)) return partChanges(key, sides)
  if (sides.every(([x, y]) => isSame(x, y))) return []
  const shown = (value: unknown) => shownValue(key, value, order.get(key))
  return [{ id: key, key: key.replace(/_s$/, ''), from: shown(a), to: shown(b) }]
}

/** One change for each text of a length. */
const partChanges = (key: string, sides: Sides): Change[] => {
  const lengths = sides.map(([a = 0, b = 0]) => [a, b] as Parameters<typeof slots.slotsOf>)
  const [first] = lengths
  if (!first) return []
  const all = lengths.map(([a, b]) => slots.slotsOf(a, b))
  const found = (all[0] ?? []).flatMap((slot, i): Change[] => {
    if (!all.some(own => own[i] && slots.isChanged(own[i]))) return []
    const [from, to] = [slots.tokensOf(slot.from), slots.tokensOf(slot.to)]
    return [{ id: `${key}#${i}`, key, ...namesOf(slot), from, to }]
  })
  if (found.length > 0 || !lengths.some(([a, b]) => slots.isTemplateChanged(a, b))) return found
  const [from, to] = first.map(slots.templateTokens)
  return [{ id: `${key}#template`, key, part: 'chat template', from: from ?? null, to: to ?? null }]
}

const namesOf = ({ from, to }: slots.Slot): Pick<MovedKey, 'part' | 'was'> => {
  const part = to ?? from
  const isNumber = part?.kind === 'number'
  return {
    ...(isNumber || !part ? {} : { part: part.source }),
    ...(from && to && from.source !== to.source ? { was: from.source } : {}),
  }
}

/** Keys that bind each other here, beside those that always do. */
const bondsOf = ({ from, to }: WorkloadPair): readonly (readonly string[])[] => {
  // Numbers in the tokens of one model cannot be told from the same numbers in those of another.
  const isConverted = from.request?.tokens_of !== to.request?.tokens_of
  const totals = [from.totals, to.totals].some(one => one?.band !== undefined || one?.tokens_of !== undefined)
  return [
    ...(isConverted ? [['request.tokens_of', ...REQUEST_LENGTHS.map(key => `request.${key}`)]] : []),
    ...(totals ? [['totals.input', 'totals.output', 'totals.tokens_of', 'totals.band']] : []),
    ['request', 'totals'],
    ...BONDS,
  ]
}

/** Known usage also carries the prompt that it is a part of, which no file states. */
const isHidden = ({ key, from, to }: Change): boolean => DERIVED.has(key) || (key === 'cache' && from === to)

const isDerived = (changes: readonly Change[]): boolean => changes.every(isHidden)

/** Lets derived keys change with the first text of the request, else with its first key; alone, they are a step. */
const withDerived = (groups: readonly (readonly Change[])[]): Change[][] => {
  const own = groups.filter(changes => !isDerived(changes)).map(changes => [...changes])
  const derived = groups.filter(isDerived).flat()
  const ofRequest = own.filter(([first]) => first?.id.startsWith('request'))
  const [host] = [...ofRequest.filter(([first]) => first?.id.includes('#')), ...ofRequest]
  if (!host) return [...own, ...derived.map(change => [change])]
  host.push(...derived)
  return own
}

const toStep = (changes: readonly Change[]): Step => {
  const shown = changes.filter(change => !isHidden(change))
  return {
    keys: (shown.length > 0 ? shown : changes).map(({ id, ...key }) => key),
    ids: new Set(changes.map(({ id }) => id)),
  }
}

const capped = (steps: readonly Step[]): Step[] => {
  if (steps.length <= MOST_STEPS) return [...steps]
  const rest = steps.slice(MOST_STEPS - 1)
  const last = { keys: rest.flatMap(({ keys }) => keys), ids: new Set(rest.flatMap(({ ids }) => [...ids])) }
  return [...steps.slice(0, MOST_STEPS - 1), last]
}
