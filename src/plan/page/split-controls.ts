import { exact, toDecimals } from '../../model/number/money.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { type Control, shareIn } from './control.ts'
import type { Shown } from './page-data.ts'

/** The share of each leg; together they are 1, so that one is never set alone: see `sharesWith`. */
export const splitControls = ({ scenario: { routing } }: Shown): Control[] =>
  (routing && routing.legs.length > 1 ? routing.legs : []).map((leg, index) => ({
    key: keyOf(index),
    label: leg.self_host ? `${leg.model} (own cluster)` : leg.model,
    group: 'Split',
    field: { kind: 'share' },
    read: ({ scenario }) => String(scenario.routing?.legs[index]?.share ?? 0),
    write: ({ scenario, self_host }, text) => {
      const share = shareIn(text)
      return share === null ? null : { self_host, scenario: withShare(scenario, index, share) }
    },
    toFile: Number,
  }))

const keyOf = (index: number): string => `routing.legs.${index}.share`

const withShare = (scenario: Scenario, index: number, share: number): Scenario => {
  const { routing } = scenario
  if (!routing) return scenario
  return {
    ...scenario,
    routing: { ...routing, legs: routing.legs.map((leg, i) => (i === index ? { ...leg, share } : leg)) },
  }
}

/**
 * The shares of all legs where one of them is changed: the others share the rest as before, alike where they had none.
 *
 * @returns settings by key; three decimals, which add up to exactly 1
 */
export const sharesWith = (shares: readonly number[], index: number, share: number): Map<string, string> => {
  const rest = exact(1).minus(exact(toDecimals(exact(String(share)), 3)))
  const others = shares.map((own, i) => (i === index ? 0 : own))
  const sum = others.reduce((all, own) => all + own, 0)
  let left = rest
  const last = others.length - 1 === index ? others.length - 2 : others.length - 1
  const settings = new Map<string, string>()
  for (const i of others.keys()) {
    if (i === index || i === last) continue
    const part = sum === 0 ? 1 / (others.length - 1) : (others[i] ?? 0) / sum
    const own = exact(toDecimals(rest.times(part), 3))
    const taken = own.gt(left) ? left : own
    left = left.minus(taken)
    settings.set(keyOf(i), taken.toFixed())
  }
  settings.set(keyOf(index), exact(1).minus(rest).toFixed())
  if (last >= 0 && last !== index) settings.set(keyOf(last), left.toFixed())
  return settings
}
