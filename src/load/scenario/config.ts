import type { Held } from '../../cost/budget/hold-budget.ts'
import { at, InputError, type Problem, problems } from '../../errors/index.ts'
import { nearest } from '../../model/nearest.ts'
import type { Warning } from '../../model/result/result.ts'
import { type Budget, LIMITS, type LimitKey, type TotalBudget } from '../../model/scenario/budget.ts'
import type { LoadedConfig } from '../source/read-config.ts'
import type { Draft } from './scenario.ts'

/**
 * The scenarios that a command reads: those on the command line, else those in the configuration.
 *
 * @throws {InputError} NO_SCENARIOS
 */
export const scenarioNames = (
  given: readonly string[],
  loaded: LoadedConfig | null,
): { readonly names: readonly string[]; readonly config: string | null } => {
  if (given.length > 0) return { names: given, config: null }
  if (loaded && loaded.scenarios.length > 0) return { names: loaded.scenarios, config: loaded.file }
  throw new InputError([problems.noScenarios(loaded ? `named, and ${loaded.file} has no scenarios:` : 'named')])
}

type Limits = Budget | TotalBudget
type Locate = (path: readonly (string | number)[]) => string | undefined

const limitPlaces = (limits: Limits, place: Locate, path: readonly string[]): [LimitKey, string][] =>
  LIMITS.flatMap(({ key }) => {
    if (!(key in limits)) return []
    const at = place([...path, key])
    return at === undefined ? [] : [[key, at] as [LimitKey, string]]
  })

/** The keys of a budget that say how its limits are enforced, rather than what they are. */
const MODIFIERS = ['view', 'warn_at', 'ignore_below', 'level'] as const

interface Layer {
  /** Its limits, with the modifiers that apply to them. */
  readonly limits: Budget
  readonly places: readonly [LimitKey, string][]
}

/**
 * The limits of one scenario, key by key: the configuration's for its name, else the scenario's own, else the defaults.
 * Only the configuration sets the modifiers of its own limits, so a scenario cannot weaken them.
 *
 * @returns faults: limits set for this scenario that do not apply to its kind of workload, each located
 */
export const budgetOf = (draft: Draft, loaded: LoadedConfig | null): { held: Held[]; faults: Problem[] } => {
  const { name, budget = {}, traffic, request } = draft.written
  const budgets = loaded?.config.budgets ?? {}
  const named = (Object.hasOwn(budgets, name) ? budgets[name] : undefined) ?? {}
  const defaults = loaded?.config.defaults ?? {}
  const inDraft: Locate = path => draft.placeOf(path).at
  const inConfig: Locate = path => loaded?.placeOf(path).at
  const faults: Problem[] = []
  const refuse = (limits: Budget, locate: (problem: Problem) => Problem, path: readonly string[]): void => {
    if (limits.per_month !== undefined && traffic.per === 'run')
      faults.push(locate(at([...path, 'per_month'], problems.notPaced('per_month'))))
    if (limits.per_request !== undefined && request === undefined)
      faults.push(locate(at([...path, 'per_request'], problems.noRequests())))
  }
  // A default may not apply to every scenario; a limit set for this scenario alone must.
  refuse(budget, draft.locate, ['budget'])
  if (loaded) refuse(named, loaded.locate, ['budgets', name])
  const layers: Layer[] = [
    { limits: { ...defaults, ...named }, places: limitPlaces(named, inConfig, ['budgets', name]) },
    { limits: { ...defaults, ...budget, ...named }, places: limitPlaces(budget, inDraft, ['budget']) },
    { limits: { ...defaults, ...named }, places: limitPlaces(defaults, inConfig, ['defaults']) },
  ]
  return { held: heldBy(layers), faults }
}

/** Each layer with the limits that no layer of higher precedence sets. */
const heldBy = (layers: readonly Layer[]): Held[] => {
  const taken = new Set<LimitKey>()
  return layers.flatMap(({ limits, places }) => {
    const own = places.filter(([key]) => !taken.has(key))
    for (const [key] of own) taken.add(key)
    if (own.length === 0) return []
    const wanted: readonly string[] = [...MODIFIERS, ...own.map(([key]) => key)]
    const budget = Object.fromEntries(Object.entries(limits).filter(([key]) => wanted.includes(key)))
    return [{ budget, places: Object.fromEntries(own) }]
  })
}

/** The limits on all scenarios together; `null` if there are none. */
export const totalLimits = (loaded: LoadedConfig | null): Held | null => {
  const total = loaded?.config.total
  if (!loaded || !total) return null
  const place: Locate = path => loaded.placeOf(path).at
  return { budget: total, places: Object.fromEntries(limitPlaces(total, place, ['total'])) }
}

/** Warns of limits for names that no scenario of this run has: a typo, or a scenario that is not part of the run. */
export const unusedNames = (loaded: LoadedConfig | null, names: readonly string[]): Warning[] => {
  const used = new Set(names)
  return Object.keys(loaded?.config.budgets ?? {})
    .filter(name => !used.has(name))
    .map(name => {
      const [near] = nearest(name, names)
      return {
        code: 'BUDGET_UNUSED',
        what: `limits are set for ${JSON.stringify(name)}, but no scenario of this run is called that`,
        fix: near ? `did you mean ${near}?` : 'fix the name, or check that scenario as well',
        at: loaded?.placeOf(['budgets', name]).at ?? null,
      }
    })
}
