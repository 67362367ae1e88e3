import { exceeds } from '../../model/number/fraction.ts'
import type { AdvisedLever, AdvisedPlan } from '../../model/result/advice.ts'
import type { CostView } from '../../model/views.ts'
import type { Bench, Lever } from './lever.ts'
import { figuresOf, isCheaper, savingOf } from './saving.ts'
import { isRefused, type Refusal, type Trial } from './trial.ts'

/** Levers on top of one another. */

/** A lever that saves something alone. */
export interface Saving {
  readonly lever: Lever
  readonly trial: Trial
}

/** A scenario after some levers: its price, and the views of which the cheapest is taken. */
interface State {
  readonly trial: Trial
  readonly views: readonly CostView[]
}

/** Whether one of two levers takes the place of the other. */
const isInstead = (a: Lever, b: Lever): boolean => {
  if (a.views !== null && b.views !== null) return true
  if (a.kind === b.kind) return a.kind !== 'less' && a.leg === b.leg
  const pair = [a.kind, b.kind].sort().join()
  return pair === 'cache,no_cache' || pair === 'model,split'
}

/** The last setting of each key, in order. */
const lastOfEach = (set: readonly string[]): string[] => {
  const keyOf = (setting: string): string => setting.slice(0, setting.indexOf('='))
  return set.filter((setting, i) => !set.slice(i + 1).some(later => keyOf(later) === keyOf(setting)))
}

/** A lever on top of a state, with the keys that it adds. */
const onTopOf = async (
  { trial, views }: State,
  lever: Lever,
  { attempt }: Bench,
): Promise<{ readonly keys: readonly string[]; readonly next: State } | Refusal> => {
  const keys = lever.keys(trial)
  if (keys === null) return { why: 'nothing is left to change', codes: [] }
  const own = lever.views ?? views
  const next = await attempt(lastOfEach([...trial.set, ...keys]), own)
  return isRefused(next) ? next : { keys, next: { trial: next, views: own } }
}

const stateOf = ({ lever, trial }: Saving, { base }: Bench): State => ({ trial, views: lever.views ?? [base.view] })

/** Whether a lever adds up with the one before: what it saves on top of it. */
export const addsUp = async (saving: Saving, before: Saving, bench: Bench): Promise<AdvisedLever['adds_up']> => {
  if (isInstead(saving.lever, before.lever)) return { how: 'instead', saving: null }
  const found = await onTopOf(stateOf(before, bench), saving.lever, bench)
  if ('why' in found) return { how: 'instead', saving: null }
  const both = found.next.trial
  const [onTop, alone] = [before.trial.cost.minus(both.cost), bench.base.cost.minus(saving.trial.cost)]
  const how = !isCheaper(both, before.trial) ? 'nothing' : exceeds(alone, onTop) ? 'part' : 'whole'
  return { how, saving: savingOf(both, before.trial).saving }
}

/** Applies levers in order, each on top of those before, and leaves out those that save nothing there. */
export const planOf = async (savings: readonly Saving[], bench: Bench): Promise<AdvisedPlan> => {
  const steps: AdvisedPlan['steps'][number][] = []
  const left: AdvisedPlan['left'][number][] = []
  const taken: { readonly lever: Lever; readonly at: number }[] = []
  let state: State = { trial: bench.base, views: [bench.base.view] }
  for (const [at, { lever }] of savings.entries()) {
    const other = taken.find(one => isInstead(lever, one.lever))
    const found = other ? { why: `it would take the place of ${other.at + 1}` } : await onTopOf(state, lever, bench)
    if ('why' in found) left.push({ lever: at, why: found.why })
    else if (!isCheaper(found.next.trial, state.trial))
      left.push({ lever: at, why: 'it saves nothing on top of these' })
    else {
      const { keys, next } = found
      steps.push({ lever: at, set: [...keys], ...figuresOf(next.trial), ...savingOf(next.trial, state.trial) })
      taken.push({ lever, at })
      state = next
    }
  }
  return { steps, left, set: [...state.trial.set], ...figuresOf(state.trial), ...savingOf(state.trial, bench.base) }
}
