import type { Length } from '../../model/scenario/counted.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { mixParts } from './slots.ts'
import { type Fields, isFields } from './values.ts'
import { countedModels, workloadPairs } from './workloads.ts'

/**
 * A scenario in which some changes have been made.
 *
 * @param from - a scenario, and `to`, served alike
 * @param ids - the changes taken from `to`, by the ids of their steps
 */
export const mixScenario = (from: Scenario, to: Scenario, ids: ReadonlySet<string>): Scenario => {
  const mixed = mixFields(from, to, { ids, above: '' }) as unknown as Scenario
  const models = countedModels(from, to)
  if (models.length === 0) return mixed
  const [, ...pairs] = workloadPairs(from, to)
  const counted = pairs.map((pair, i) => {
    const own = mixFields(workloadOf(pair.from), workloadOf(pair.to), { ids, above: '' }) as unknown as Pick<
      Scenario,
      'request' | 'totals'
    >
    return [models[i] ?? '', { request: own.request, counting: null, ...(own.totals ? { totals: own.totals } : {}) }]
  })
  return { ...mixed, counted: Object.fromEntries(counted) }
}

const workloadOf = ({ request, totals }: Pick<Scenario, 'request' | 'totals'>): Fields => ({ request, totals })

const mixFields = (
  from: Fields,
  to: Fields,
  { ids, above }: { readonly ids: ReadonlySet<string>; readonly above: string },
): Fields => {
  const mixed: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const id = `${above}${key}`
    const value = mixValue(from[key], to[key], { ids, id })
    if (value !== undefined) mixed[key] = value
  }
  return mixed
}

const mixValue = (
  from: unknown,
  to: unknown,
  { ids, id }: { readonly ids: ReadonlySet<string>; readonly id: string },
): unknown => {
  if (ids.has(id)) return to
  const begins = (mark: string): boolean => [...ids].some(one => one.startsWith(`${id}${mark}`))
  if (begins('#')) {
    const [a, b] = [from ?? 0, to ?? 0] as [Length, Length]
    return mixParts(a, b, { isTaken: slot => ids.has(`${id}#${slot}`), template: true })
  }
  return isFields(from) && isFields(to) && begins('.') ? mixFields(from, to, { ids, above: `${id}.` }) : from
}
