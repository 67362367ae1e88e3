import type { Problem } from '../../errors/index.ts'
import { counted } from '../../model/plural.ts'
import type { Warning } from '../../model/result/result.ts'
import type { Unpriced } from '../../model/result/usage.ts'
import type { PricedGroup } from '../price/price-group.ts'
import { printPeriod, printTokens } from './print.ts'
import { byName, totalOf } from './total.ts'

/** Groups without a price, by model and reason. Instants differ from group to group, though the reason is one. */
const lackingIn = (groups: readonly PricedGroup[]): (readonly PricedGroup[])[] => {
  const lacking = groups.filter(({ fault, untold }) => fault !== null || untold !== null)
  return [
    ...byName(
      lacking,
      ({ group, fault, untold }) => `${group.model}\0${fault?.code}\0${kindOf(fault) ?? untold}`,
    ).values(),
  ]
}

/** Why groups have no price, once for each model and reason. */
export const faultsIn = (groups: readonly PricedGroup[]): Problem[] =>
  lackingIn(groups).flatMap(own => {
    const [{ fault = null, served = null } = {}] = own
    if (fault?.code !== 'NO_PRICE_AT' || !served) return fault ?? []
    const total = totalOf(own)
    const { first, last } = printPeriod(total)
    const when =
      total.records === 1 ? `at ${first}` : `for ${counted(total.records, 'record')} from ${first} to ${last}`
    return { ...fault, what: `${served.model.id} has no price ${when}` }
  })

/** Usage without a price, by model and reason, most records first. */
export const unpricedIn = (groups: readonly PricedGroup[]): Unpriced[] => {
  const found = lackingIn(groups).flatMap(own => {
    const [first] = own
    if (!first) return []
    const { group, fault, untold } = first
    const total = totalOf(own)
    return [
      {
        model: group.model,
        code: fault?.code ?? 'NO_RATE',
        reason: kindOf(fault) ?? untold ?? '',
        fix: fault?.fix ?? 'take a source that tells them; the headline is known',
        records: total.records,
        requests: total.requests,
        tokens: printTokens(total),
        untold: total.untold,
        ...printPeriod(total),
      },
    ]
  })
  return found.sort((a, b) => b.records - a.records)
}

/** The reason without the instant, which differs from group to group. */
const kindOf = (fault: Problem | null): string | null => {
  if (fault?.code === 'NO_PRICE_AT') return 'the book has no price at that time'
  if (fault?.code === 'NO_SERVICE') return 'the book has no such service of it at that time'
  if (fault?.code === 'NO_REGION') return 'the book has no such region of it at that time'
  return fault && (fault.why?.why ?? fault.what)
}

/** Why the cost of some groups is not known; `null`: it is. */
export const reasonFor = (groups: readonly PricedGroup[]): string | null => {
  const [first] = unpricedIn(groups)
  if (first) return first.model === null ? first.reason : `${first.model}: ${first.reason}`
  return groups.some(({ group }) => group.isMoney) ? 'the source tells money, not tokens' : null
}

/** One warning for each model and reason. */
export const unpricedWarnings = (unpriced: readonly Unpriced[]): Warning[] =>
  unpriced.map(({ model, reason, fix, records }) => ({
    code: 'UNPRICED',
    what: `${counted(records, 'record')} of ${model ?? 'no model told'} ${records === 1 ? 'has' : 'have'} no price: ${reason}`,
    fix,
    at: null,
  }))
