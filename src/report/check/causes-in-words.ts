import { periodsPerMonth } from '../../cost/time/spread-traffic.ts'
import { exact } from '../../model/number/money.ts'
import { highOf, lowOf, type Printed, printRange, scaleRange } from '../../model/number/range.ts'
import { remembered } from '../../model/remembered.ts'
import type { Cause } from '../../model/result/cause.ts'
import type { Check } from '../../model/result/check.ts'
import { money } from '../../model/result/print-exact.ts'
import type { Result } from '../../model/result/result.ts'
import { type Marked, name } from '../blocks/block.ts'
import { causeWords, largestCauses, MOST_NAMED } from '../figures/causes.ts'
import { isNothing, signed } from '../figures/difference.ts'
import { type Held, isIncrease } from './held.ts'

/** Wording about what an increase comes from. */

type Words = (string | Marked)[]

/** Key of a scenario among the changes of a check. */
export const keyOf = ({ name, file }: { readonly name: string; readonly file: string | null }): string =>
  JSON.stringify([file, name])

const byKey = remembered((changes: Check['changes']) => new Map(changes.map(change => [keyOf(change), change])))

/** The largest causes of an increase that is over its limit, up to three, each with its effect, then the period; empty for none. */
export const causesUnder = (result: Result, held: Held): Words => {
  const { verdict, file } = held
  if (verdict.state !== 'over' || !isIncrease(verdict.limit) || !result.check) return []
  const change = byKey(result.check.changes).get(keyOf({ name: held.name, file }))
  const causes = file === null ? ofTotal(result, held) : ofScenario('', change?.causes?.[verdict.view])
  if (causes.length === 0) return []
  const each = causes.flatMap(
    ({ words, effect }, i): Words => [...(i === 0 ? [] : ['; ']), ...words, ` (${signed(effect)})`],
  )
  return [...each, `, ${held.period}`]
}

interface Told {
  readonly words: Words
  readonly effect: Printed<string>
}

const ofScenario = (scenario: string, causes: readonly Cause[] | null | undefined): Told[] =>
  largestCauses(causes).map(cause => ({
    words: [...(scenario === '' ? [] : [name(scenario), ': ']), ...causeWords(cause)],
    effect: cause.effect,
  }))

/** The largest causes among all runs, or among all months, where new scenarios are causes too. */
const ofTotal = (result: Result, { verdict: { of, view } }: Held): Told[] => {
  const { scenarios, check } = result
  const found = scenarios.flatMap((scenario): Told[] => {
    const periods = periodsPerMonth(scenario.input.traffic)
    if ((periods === null) !== (of === 'run')) return []
    const { name: own, file } = scenario
    const change = check && byKey(check.changes).get(keyOf({ name: own, file: file ?? null }))
    if (change?.state === 'new') return told([name(own), ' is new'], change.change?.[view], periods)
    return ofScenario(own, change?.causes?.[view]).flatMap(({ words, effect }) => told(words, effect, periods))
  })
  return found.sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, MOST_NAMED)
}

/** With its effect by the month, if it is paced. */
const told = (
  words: Words,
  effect: Printed<string> | null | undefined,
  periods: ReturnType<typeof periodsPerMonth>,
): Told[] => {
  if (effect == null || isNothing(effect)) return []
  if (periods === null) return [{ words, effect }]
  const ends = { low: exact(lowOf(effect)), high: exact(highOf(effect)) }
  return [{ words, effect: printRange(scaleRange(ends, periods), money) }]
}

const sizeOf = ({ effect }: Told): number => Math.abs(Number(highOf(effect)))

/** The words of a sentence without their marks. */
export const plainly = (words: Words): string => words.map(one => (typeof one === 'string' ? one : one.text)).join('')
