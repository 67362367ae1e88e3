import type { Advice, AdvisedLever } from '../../model/result/advice.ts'
import { ends } from '../figures/ends.ts'

/** Advice as rows of CSV: what is paid now, each lever, and the plan. */
export const adviceRows = ({ scenario: { name, per }, base, levers, plan }: Advice) => {
  const row = (rank: number | string, of: Partial<AdvisedLever>) => ({
    name,
    per,
    rank,
    kind: of.kind ?? null,
    leg: of.leg ?? null,
    what: of.what,
    view: of.view,
    ...ends('cost_usd', of.cost),
    ...ends('per_request_usd', of.per_request),
    ...ends('saving_usd', of.saving),
    saving_share: of.saving_share ?? null,
    in_return: of.in_return?.join('; ') ?? null,
    adds_up: of.adds_up?.how ?? null,
    ...ends('on_top_usd', of.adds_up?.saving),
    set: of.set?.join(' ') ?? null,
  })
  const steps = (plan?.steps ?? []).map(({ lever }) => lever + 1).join(', ')
  return [
    row('base', { ...base, what: 'now' }),
    ...levers.map((lever, i) => row(i + 1, lever)),
    ...(plan ? [row('plan', { ...plan, what: `in order: ${steps}` })] : []),
  ]
}
