import { expect } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { type Asked, adviseDraft } from '../../../src/load/advise/advise-draft.ts'
import { countPriced } from '../../../src/load/scenario/count-scenario.ts'
import { readScenario } from '../../../src/load/scenario/scenario.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { exact } from '../../../src/model/number/money.ts'
import { highOf, lowOf, type Printed } from '../../../src/model/number/range.ts'
import type { Advice } from '../../../src/model/result/advice.ts'
import { adviceSchema } from '../../../src/model/result/advice.ts'
import type { ScenarioResult } from '../../../src/model/result/result.ts'
import { priced } from '../../cost/build.ts'
import { fakeIo, repository } from '../../fake-io.ts'

/** Advice on made-up scenarios, each lever held against the estimate of its keys. */

export const AT = '2026-01-05'

const loaded = (book: Book) => ({ ...priced(book), name: 'made-up' })

/** What `estimate --set` says of a scenario. */
export const estimated = async (written: object, book: Book, set: readonly string[] = []): Promise<ScenarioResult> => {
  const io = fakeIo(repository, { stdin: JSON.stringify({ name: 'demo', at: AT, ...written }) })
  const draft = await readScenario('-', { files: io, set })
  const [result] = estimate([await countPriced(draft, loaded(book), io)], priced(book), AT).scenarios
  if (!result) throw new Error('no scenario')
  return result
}

/** What `advise` says of it, after every lever and the plan are held against `estimated`. */
export const advised = async (written: object, book: Book, asked: Partial<Asked> = {}): Promise<Advice> => {
  const io = fakeIo(repository, { stdin: JSON.stringify({ name: 'demo', at: AT, ...written }) })
  const draft = await readScenario('-', { files: io })
  const scenario = await countPriced(draft, loaded(book), io)
  const given = { draft, scenario, priced: loaded(book), files: io }
  const advice = await adviseDraft(given, { at: AT, ...asked })
  await holds(advice, (set: readonly string[]) => estimated(written, book, set))
  return advice
}

type Figures = Advice['base']

/** Every lever is the scenario that its keys make, its saving is the difference, and a plan adds up. */
export const holds = async (
  advice: Advice,
  estimateOf: (set: readonly string[]) => Promise<ScenarioResult>,
): Promise<void> => {
  const { base, levers, plan, scenario } = advice
  expect(adviceSchema.safeParse(advice).error).toBeUndefined()
  const same = async (set: readonly string[], { view, cost, per_request: each }: Omit<Figures, 'bound'>) => {
    const { costs, per_month: month, per_request: own } = await estimateOf(set)
    expect({ set, cost, each }).toEqual({
      set,
      cost: (scenario.per === 'run' ? costs : month)?.[view],
      each: own?.[view] ?? null,
    })
  }
  await same([], base)
  for (const { set, saving, ...figures } of levers) {
    await same(set, figures)
    expect(ends(saving)).toEqual(less(base, figures))
    expect(exact(highOf(saving)).gt(0)).toBe(true)
  }
  expect(levers.map(({ saving_share: share }) => share)).toEqual(
    levers.map(({ saving_share: share }) => share).toSorted((a, b) => (b ?? 0) - (a ?? 0)),
  )
  for (const { kind, leg, what } of advice.nothing) {
    // Parts of a prompt and services are levers of their own; of all others there is one for each leg.
    const isOwn = kind === 'less' || kind === 'service'
    expect(levers.filter(one => one.kind === kind && one.leg === leg && (!isOwn || one.what === what))).toEqual([])
  }
  if (!plan) return
  await same(plan.set, plan)
  let [before, set]: [Omit<Figures, 'bound'>, string[]] = [base, []]
  for (const step of plan.steps) {
    set = [...set, ...step.set]
    await same(set, step)
    expect(ends(step.saving)).toEqual(less(before, step))
    before = step
  }
  expect(plan.cost).toEqual(before.cost)
  expect([...plan.steps, ...plan.left].map(({ lever }) => lever).sort((a, b) => a - b)).toEqual(levers.map((_, i) => i))
}

const ends = (saving: Printed<string>): string[] => [lowOf(saving), highOf(saving)]

const less = (from: Pick<Figures, 'view' | 'cost'>, to: Pick<Figures, 'view' | 'cost'>): string[] => {
  const apart = (from.view === 'self_hosted') !== (to.view === 'self_hosted')
  const [low, high] = apart ? [highOf(to.cost), lowOf(to.cost)] : [lowOf(to.cost), highOf(to.cost)]
  return [exact(lowOf(from.cost)).minus(low), exact(highOf(from.cost)).minus(high)]
    .sort((a, b) => a.comparedTo(b))
    .map(value => value.toFixed())
}

/** The levers of some kinds: what, saving and keys. */
export const offers = ({ levers }: Advice, ...kinds: readonly string[]) =>
  levers
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ what, saving, set }) => [what, saving, ...set])

/** What is named without being offered. */
export const named = ({ nothing, not_offered: refused }: Advice) => ({
  nothing: nothing.map(({ what }) => what),
  refused: refused.map(({ what }) => what),
})
