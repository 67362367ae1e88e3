import { distinct } from '../../model/distinct.ts'
import { plural } from '../../model/plural.ts'
import type { Advice, AdvisedLever, AdvisedPlan } from '../../model/result/advice.ts'
import { viewLabel } from '../../model/views.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatShare } from '../figures/format.ts'

/** Wording about advice that all formats share. */

/** What every cost is for, as a column heading. */
export const unitOf = ({ scenario: { per } }: Advice): string => `USD a ${per}`

/** The answer in one sentence: how much less, and by what; names may be a stranger's. */
export const answerOf = (advice: Advice): { readonly less: string; readonly by: string } => {
  const { levers, plan, scenario, base } = advice
  const [first] = levers
  if (!first) {
    return {
      less: 'Nothing here lowers this bill',
      by: `${amount(base.cost)} a ${scenario.per} (${viewLabel(base.view)})`,
    }
  }
  const best = plan ?? first
  const steps = plan ? `${plural(plan.steps.length, 'change')} one on top of another` : first.what
  const price = plan ? judgedIn(advice, plan) : first.in_return.slice(0, 1)
  return {
    less: `Up to ${amount(best.saving)} a ${scenario.per} less${shareOf(best.saving_share)}`,
    by: [steps, ...price].join('; '),
  }
}

/** What the steps of a plan that change the model cost in quality. */
const judgedIn = ({ levers }: Advice, { steps }: AdvisedPlan): string[] =>
  distinct(
    steps.flatMap(({ lever }) => {
      const { quality, in_return: price = [] } = levers[lever] ?? {}
      return quality == null ? [] : price.slice(0, 1)
    }),
  )

const shareOf = (share: number | null): string => (share === null ? '' : ` (-${formatShare(share)})`)

/** What the bill is, now or after the plan. */
export const pricedAs = ({ scenario }: Advice, of: Pick<Advice['base'], 'cost' | 'per_request' | 'view'>): string => {
  const { cost, per_request: each, view } = of
  const request = each === null ? '' : `, ${amount(each)} a ${scenario.talks ? 'conversation' : 'request'}`
  return `${amount(cost)} a ${scenario.per}${request} (${viewLabel(view)})`
}

/** A lever as cells: its number, saving, per cent, change, what it costs in return, and what it adds to the one before. */
export const leverCells = ({ levers }: Advice): string[][] => {
  const decimals = columnDecimals(figures(levers.map(({ saving }) => saving)))
  return levers.map((lever, i) => [
    String(i + 1),
    amount(lever.saving, decimals),
    lever.saving_share === null ? '' : `-${formatShare(lever.saving_share)}`,
    lever.what,
    lever.in_return.join('; '),
    addsInWords(lever.adds_up, decimals),
  ])
}

const addsInWords = (adds: AdvisedLever['adds_up'], decimals: number): string => {
  if (adds === null) return ''
  switch (adds.how) {
    case 'whole':
      return 'adds up'
    case 'part':
      return `adds ${amount(adds.saving, decimals)}`
    case 'nothing':
      return 'adds nothing'
    case 'instead':
      return 'instead of it'
    default:
      return adds.how satisfies never
  }
}

/** Steps of a plan as cells: number, what each adds, what is paid then, and the change. */
export const planCells = ({ levers }: Advice, { steps }: AdvisedPlan): string[][] => {
  const decimals = columnDecimals(figures(steps.flatMap(({ saving, cost }) => [saving, cost])))
  return steps.map(({ lever, saving, cost }) => [
    String(lever + 1),
    amount(saving, decimals),
    amount(cost, decimals),
    levers[lever]?.what ?? '',
  ])
}

/** For each lever, and for the plan, the flags to type and the row to read. */
export const typedItems = ({ base, levers, plan }: Advice): { readonly name: string; readonly typed: string }[] => {
  const items = [
    ...levers.map((lever, i) => ({ name: String(i + 1), of: lever })),
    ...(plan && plan.steps.length > 1 ? [{ name: 'all of the plan', of: plan }] : []),
  ]
  return items.map(({ name, of: { set, view } }) => ({
    name: view === base.view ? name : `${name} (row ${viewLabel(view)})`,
    typed: set.map(one => `--set ${inShell(one)}`).join(' '),
  }))
}

/** A word as a shell takes it. */
const inShell = (word: string): string => (/^[\w./,=:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** Levers that the plan leaves, those with the same reason together. */
const notPlanned = (left: AdvisedPlan['left']): string[] => {
  const of = (reason: string): string =>
    left.flatMap(({ lever, why }) => (why === reason ? [String(lever + 1)] : [])).join(', ')
  const parts = distinct(left.map(({ why }) => why)).map(why => `${of(why)} (${why})`)
  return parts.length === 0 ? [] : [`Not in the plan: ${parts.join('; ')}.`]
}

/** One line each for what saves nothing, what cannot be had, what the plan leaves, and models passed over. */
export const leftOver = ({ nothing, not_offered: refused, plan, levers, terms, skipped }: Advice): string[] => {
  const shown = levers.filter(({ kind }) => kind === 'model').length
  const models = [
    terms.models === 0 ? '' : `${plural(terms.models, 'model')} tried`,
    terms.cheaper > shown ? `${plural(terms.cheaper, 'cheaper choice')}` : '',
    skipped.length > 0 ? `${skipped.length} left out (--json has the reasons)` : '',
  ].filter(Boolean)
  return [
    ...(nothing.length === 0 ? [] : [`Saves nothing: ${nothing.map(({ what }) => what).join('; ')}.`]),
    ...(refused.length === 0
      ? []
      : [`Not to be had: ${refused.map(({ what, why }) => `${what} (${why})`).join('; ')}.`]),
    ...notPlanned(plan?.left ?? []),
    ...(models.length === 0 ? [] : [`Models: ${models.join(', ')}.`]),
  ]
}
