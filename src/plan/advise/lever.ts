import type { Exact } from '../../model/number/money.ts'
import type { AdvisedLever } from '../../model/result/advice.ts'
import type { CostView } from '../../model/views.ts'
import { isCheaper } from './saving.ts'
import { isRefused, type Refusal, type Trial, type Try } from './trial.ts'

/** A change that may lower the bill. */
export interface Lever extends Pick<AdvisedLever, 'kind' | 'leg' | 'what'> {
  /** Keys to set on top of a scenario; `null`: the lever does not apply to it. */
  readonly keys: (on: Trial) => readonly string[] | null
  /** The views of which the cheapest is taken; `null`: those that are taken without it. */
  readonly views: readonly CostView[] | null
  readonly inReturn: readonly string[]
  /** Mean score before and after; `null`: the same models serve. */
  readonly quality: { readonly from: Exact | null; readonly to: Exact | null } | null
}

/** A lever, and what it costs with it alone. */
export interface Finding {
  readonly lever: Lever
  readonly trial: Trial | Refusal
}

/** What levers are tried on. */
export interface Bench {
  readonly base: Trial
  readonly attempt: Try
}

/** Without views of its own, a lever is priced in the view of the base, and its keys do not depend on the scenario. */
export const leverWith = ({
  keys,
  ...lever
}: Pick<Lever, 'kind' | 'what' | 'inReturn'> &
  Partial<Pick<Lever, 'leg' | 'views' | 'quality'>> & { readonly keys: readonly string[] }): Lever => ({
  leg: null,
  views: null,
  quality: null,
  ...lever,
  keys: () => keys,
})

/** Prices a lever alone. */
export const tryOne = async (lever: Lever, { base, attempt }: Bench): Promise<Finding> => {
  const keys = lever.keys(base)
  if (keys === null) return { lever, trial: { why: 'it does not apply', codes: [] } }
  return { lever, trial: await attempt(keys, lever.views ?? [base.view]) }
}

/** The cheapest of some levers, the first of equals; one that cannot be had only where all cannot; none of none. */
export const cheapestOf = async (levers: readonly Lever[], bench: Bench): Promise<Finding[]> => {
  let best: Finding | null = null
  for (const lever of levers) {
    const found = await tryOne(lever, bench)
    if (best === null || isBetter(found, best)) best = found
  }
  return best === null ? [] : [best]
}

/**
 * Variations of one lever: those that save. Only where none does, one stands for all of them, so that a lever is never
 * both offered and said to save nothing.
 *
 * @param all - what they are called together
 */
export const variationsOf = (found: readonly Finding[], bench: Bench, all: string): Finding[] => {
  const saving = found.filter(one => isSaving(one, bench))
  const one = found.find(({ trial }) => !isRefused(trial)) ?? found[0]
  return saving.length > 0 || !one ? saving : [{ ...one, lever: { ...one.lever, what: all } }]
}

/** Whether a lever costs less than the scenario as it is. */
const isSaving = ({ trial }: Finding, { base }: Bench): boolean => !isRefused(trial) && isCheaper(trial, base)

const isBetter = ({ trial }: Finding, { trial: best }: Finding): boolean =>
  !isRefused(trial) && (isRefused(best) || isCheaper(trial, best))

/** A value as YAML in one line. */
export const inYaml = (text: string): string =>
  /^[A-Za-z][\w./@-]*$/.test(text) && !WORDS.test(text) ? text : JSON.stringify(text)

// Words that YAML takes for other values.
const WORDS = /^(?:null|true|false|yes|no|on|off|y|n)$/i
