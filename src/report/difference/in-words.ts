import type { Printed } from '../../model/number/range.ts'
import { plural } from '../../model/plural.ts'
import type { DiffEntry, Difference, DiffSums } from '../../model/result/difference.ts'
import { ALL_VIEWS, type CostView, viewLabel } from '../../model/views.ts'
import { amount, figures } from '../figures/amounts.ts'
import { isNothing, percentOf, signed } from '../figures/difference.ts'
import { neatDecimals } from '../figures/format.ts'
import { aPeriod } from '../figures/period.ts'

/** Wording about a difference that all formats share; names are as in the user's files. */

/** The effects that a change is split into, one row each. */
export const EFFECTS = ['workload', 'routing', 'prices'] as const

/** The two sides that are compared. */
export const titleOf = ({ base, head }: Difference, view: CostView): string =>
  `${sideOf(base)} to ${sideOf(head)}, by ${viewLabel(view)}`

const sideOf = ({ name, commit }: Difference['base']): string => {
  const side = name === '.' ? 'the working tree' : name
  return commit === null ? side : `${side} at ${commit.slice(0, 12)}`
}

/** The price books of the two sides. */
export const booksOf = ({ base, head }: Difference): string => {
  const book = ({ pricing: { version, hash, at } }: Difference['base']): string =>
    `${version} (sha256 ${hash.slice(0, 12)}${at === null ? '' : `, prices of ${at}`})`
  const [from, to] = [book(base), book(head)]
  return from === to ? `Price book on both sides: ${from}.` : `Price books: base ${from}, head ${to}.`
}

/** The scenarios that differ between the two sides. */
export const changedIn = ({ scenarios }: Difference): DiffEntry[] => scenarios.filter(({ state }) => state !== 'same')

/** Number of unchanged scenarios, in a sentence; empty for none. */
export const sameIn = ({ scenarios }: Difference): string => {
  const same = scenarios.filter(({ state }) => state === 'same').length
  if (same === 0) return ''
  return `${plural(same, 'scenario is', 'scenarios are')} the same on both sides.`
}

/** The models of a scenario, if they differ. */
export const changedModels = ({ model: { base, head } }: DiffEntry): string | null =>
  base === null || head === null || base === head ? null : `${base} is now ${head}`

/** The period of a scenario's figures. */
export const periodOf = ({ per, weekdays_only = false }: Pick<DiffEntry, 'per' | 'weekdays_only'>): string =>
  per === 'day' && weekdays_only ? 'a working day' : aPeriod(per)

const movesOf = ({ change, effects }: DiffEntry, view: CostView) => [
  change[view],
  ...EFFECTS.map(key => effects?.[key][view]),
]

/** Decimals of changes and effects: all have the same number, so that they visibly add up to the change. */
export const movesDecimals = (entries: readonly DiffEntry[], view: CostView): number =>
  neatDecimals(figures(entries.flatMap(entry => movesOf(entry, view))))

/** One scenario as cells: its period, base, head, change, percentage, and the three effects. */
export const entryCells = (entries: readonly DiffEntry[], view: CostView): string[][] => {
  const decimals = neatDecimals(figures(entries.flatMap(({ base, head }) => [base?.[view], head?.[view]])))
  const ofMoves = movesDecimals(entries, view)
  return entries.map(({ state, base, head, change, effects, ...entry }) => [
    periodOf(entry),
    state === 'new' ? '' : amount(base?.[view] ?? null, decimals),
    state === 'removed' ? '' : amount(head?.[view] ?? null, decimals),
    signed(change[view], ofMoves),
    state === 'new' || state === 'removed' ? state : percentOf(head?.[view], base?.[view]),
    ...EFFECTS.map(effect => (effects === null ? '' : signed(effects[effect][view], ofMoves))),
  ])
}

/** The columns of the totals that exist. */
export const totalsOf = ({ totals }: Difference): { title: string; sums: DiffSums }[] =>
  [
    { title: 'all runs', sums: totals.run },
    { title: 'a month', sums: totals.per_month },
  ].flatMap(({ title, sums }) => (sums ? [{ title, sums }] : []))

/** The steps from base to head, one row each: the name, then a cell for each total. */
export const totalRows = (difference: Difference, view: CostView): string[][] => {
  const totals = totalsOf(difference)
  const steps = totals.map(({ sums: { base, head, change, effects } }) => {
    const { workload, routing, prices, added, removed } = effects
    const moves = [workload, routing, prices, added, removed].map(effect => effect[view])
    const decimals = neatDecimals(figures([base[view], head[view], change[view], ...moves]))
    const known = (cost: Printed<string> | null | undefined): string => amount(cost ?? null, decimals)
    return [
      known(base[view]),
      ...moves.map(move => signed(move, decimals)),
      known(head[view]),
      signed(change[view], decimals),
      percentOf(head[view], base[view]),
    ]
  })
  const names = ['base', ...EFFECTS, 'new scenarios', 'removed scenarios', 'head', 'change', '%']
  return names.map((name, i) => [name, ...steps.map(step => step[i] ?? '')])
}

/** Scenarios that had another name on the base. */
export const renamedIn = ({ scenarios }: Difference): DiffEntry[] =>
  scenarios.filter(({ base_name }) => base_name !== undefined)

/** The change of the totals in a sentence: how much, from what to what; `null` if there are no totals. */
export const answerOf = (difference: Difference, view: CostView): string | null => {
  const { scenarios } = difference
  const totals = totalsOf(difference)
  if (totals.length === 0) return null
  const parts = totals
    .toSorted((a, b) => Number(isNothing(a.sums.change[view])) - Number(isNothing(b.sums.change[view])))
    .map(({ title, sums }) => changeOf(sums, title === 'a month' ? title : 'for all runs', view))
  const changed = changedIn(difference).length
  const count = scenarios.length > 1 ? `; ${changed} of ${plural(scenarios.length, 'scenario')} changed` : ''
  return `${capital(parts.join('; '))}${count}.`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const changeOf = ({ base, head, change }: DiffSums, period: string, view: CostView): string => {
  const [from, to, by] = [base[view] ?? null, head[view] ?? null, change[view]]
  if (by == null) return `the change ${period} is unknown`
  const decimals = neatDecimals(figures([from, to, by]))
  if (isNothing(by)) return `no change: ${amount(to, decimals)} ${period}`
  const share = percentOf(to, from)
  return `${signed(by, decimals)} ${period}${share === '' ? '' : ` (${share})`}, from ${amount(from, decimals)} to ${amount(to, decimals)}`
}

/** Scenarios with the same cost in the shown view, and the views in which they differ. */
export const elsewhereIn = (difference: Difference, view: CostView): { name: string; views: string }[] =>
  changedIn(difference).flatMap(({ name, change }) => {
    if (!isNothing(change[view])) return []
    const views = ALL_VIEWS.filter(one => change[one] != null && !isNothing(change[one]))
    return views.length === 0 ? [] : [{ name, views: views.join(', ') }]
  })

/** A sentence for each scenario with an unknown effect. */
export const unknownIn = (
  { scenarios }: Difference,
  view: CostView,
): { name: string; effects: string; why: string }[] =>
  scenarios.flatMap(({ name, effects, reason, change }) => {
    const unknown = EFFECTS.filter(effect => effects !== null && effects[effect][view] == null)
    if (unknown.length === 0 && change[view] != null) return []
    const named = unknown.length === 0 || unknown.length === EFFECTS.length ? 'the change' : unknown.join(' and ')
    return [{ name, effects: named, why: reason ?? `${viewLabel(view)} is not known on both sides` }]
  })
