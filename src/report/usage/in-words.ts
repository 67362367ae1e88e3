import { exact } from '../../model/number/money.ts'
import { highOf, isRange, lowOf, type Printed } from '../../model/number/range.ts'
import { agree, counted, plural } from '../../model/plural.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import { amount } from '../figures/amounts.ts'
import { formatCount, formatUsd, spanned } from '../figures/format.ts'
import { monthInWords } from '../figures/period.ts'
import { spendOf, usagePeriodOf } from '../figures/spend.ts'

/** The sentences of a usage report. */

/** What it cost in which time, the month's end at this pace, and the difference from what the source says. */
export const answerOf = (report: UsageReport): string => {
  const { total, month } = report
  const parts = [`${spendOf(total)} ${usagePeriodOf(report)}`]
  if (month?.end) {
    const by = month.of === 'stated' ? ', by what the source says' : ''
    const least = month.complete ? '' : 'at least '
    parts.push(`${monthInWords(month.month)} comes to ${least}${amount(month.end)} at this pace${by}`)
  }
  if (total.difference !== null && total.stated !== null) parts.push(comparedOf(total))
  return `${parts.join('; ')}.`
}

/** A cost, or what is known of it. */
export const costOf = (
  { cost, at_least: least }: Pick<UsageReport['total'], 'cost' | 'at_least'>,
  decimals?: number,
) => (cost !== null ? amount(cost, decimals) : least === null ? 'unknown' : `≥ ${amount(least, decimals)}`)

type Counted = Pick<UsageReport['total'], 'tokens' | 'untold'>
type Counts = Counted & Pick<UsageReport['total'], 'cost'>

/** Tokens of the prompt. What is not told is of no account where the cost is known: the model has no such meter. */
export const promptOf = ({ tokens, untold, cost }: Counts): string =>
  atLeast(sentIn(tokens), cost === null && untold.some(meter => meter !== 'output'))

export const outputOf = ({ tokens: { output }, untold, cost }: Counts): string =>
  atLeast(output, cost === null && untold.includes('output'))

/** A count, or what is known of it. */
const atLeast = (count: string | number | null, isPart: boolean): string =>
  count === null ? 'unknown' : `${isPart ? '≥ ' : ''}${formatCount(count)}`

const sentIn = ({ input, cache_read, cache_write, cache_write_1h }: Counted['tokens']): string | null => {
  const told = [input, cache_read, cache_write, cache_write_1h].filter(count => count !== null)
  return told.length === 0 ? null : told.reduce((all, part) => all.plus(exact(String(part))), exact(0)).toFixed()
}

/** Where only some records have a stated cost, the difference is of those alone. */
const comparedOf = ({ difference, stated, stated_records: of, records }: UsageReport['total']): string => {
  const [part, these] =
    of === records ? ['', ''] : [` for ${formatCount(of)} of ${counted(records, 'record')}`, ' for these']
  const says = `the source says ${formatUsd(stated ?? '0')}${part}`
  return `${says}, ${differenceInWords(difference ?? '0')}${these}`
}

const differenceInWords = (difference: Printed<string>): string => {
  const [low, high] = [exact(lowOf(difference)), exact(highOf(difference))]
  if (low.isZero() && high.isZero()) return 'the same'
  if (low.lte(0) && high.gte(0)) return 'within our range'
  return low.isNegative() ? `${amount(sizeOf(difference))} more than ours` : `${amount(difference)} less than ours`
}

/** An amount below 0 without its sign. */
const sizeOf = (difference: Printed<string>): Printed<string> => {
  const [low, high] = [exact(highOf(difference)).abs().toFixed(), exact(lowOf(difference)).abs().toFixed()]
  return low === high ? low : { low, high }
}

/** A difference; a range that begins below 0 has words between its ends. */
export const differenceOf = (difference: Printed<string>, decimals: number): string =>
  spanned(difference, value => formatUsd(value, decimals), lowOf(difference).startsWith('-') ? ' to ' : '-')

/** What caching, batches and the cheap hours saved or would have. */
export const leverNotes = ({ total, levers }: UsageReport): string[] => {
  const { caching_saved: saved } = total
  const notes: string[] = []
  if (saved !== null && !isNothing(saved)) {
    const costs = highOf(saved).startsWith('-')
    notes.push(costs ? `Caching cost ${amount(sizeOf(saved))} more than it saved.` : `Caching saved ${amount(saved)}.`)
  }
  const found = [
    { lever: levers.batch, where: 'in a batch' },
    { lever: levers.cheap_hours, where: 'in the cheapest hours' },
  ]
  for (const { lever, where } of found) {
    if (!lever || isNothing(lever.saves)) continue
    const all = agree(lever.records, 'it were', 'all were')
    notes.push(`${counted(lever.records, 'record')}, if ${all} ${where}: ${saves(lever.saves)}.`)
  }
  return notes
}

const isNothing = (amounts: Printed<string>): boolean =>
  exact(lowOf(amounts)).isZero() && exact(highOf(amounts)).isZero()

const saves = (amounts: Printed<string>): string =>
  highOf(amounts).startsWith('-') ? `${amount(sizeOf(amounts))} more` : `${amount(amounts)} less`

/** What the figures rest on. */
export const basisNotes = ({ granularity, read, month, total, breakdown }: UsageReport): string[] => {
  const { call, bucket, money } = granularity
  const isRanged = total.at_least !== null && isRange(total.at_least)
  const ranges = isRanged ? ', whose costs are ranges over the rates that they can contain' : ''
  const kinds = [
    ...(call > 0 ? [counted(call, 'call')] : []),
    ...(bucket > 0 ? [`${counted(bucket, 'bucket')}${ranges}`] : []),
    ...(money > 0 ? [`${counted(money, 'record')} of money only, which no price can be set beside`] : []),
  ]
  return [
    `${counted(read.records, 'record')}: ${kinds.join('; ')}.`,
    ...(read.outside > 0 ? [`${counted(read.outside, 'record')} outside --since and --until.`] : []),
    ...(month && month.end === null ? [noPace(month)] : []),
    ...(breakdown?.others ? ['Each row of the breakdown by itself: --top all.'] : []),
  ]
}

const noPace = ({ month, spend }: NonNullable<UsageReport['month']>): string =>
  `No pace for ${monthInWords(month)}: ${spend === null ? 'nothing of it has a price' : 'its records cover less than 24 hours'}.`

/** Usage without a price, model by model. */
export const unpricedNotes = ({ unpriced }: UsageReport): string[] =>
  unpriced.map(({ model, reason, records, requests, tokens, untold, first, last }) => {
    const sums = { tokens, untold, cost: null }
    const when = first === null ? '' : `, ${first.slice(0, 10)} to ${(last ?? first).slice(0, 10)}`
    const what = requests === null ? counted(records, 'record') : plural(formatCount(requests), 'request')
    const size = `${promptOf(sums)} tokens in, ${outputOf(sums)} out`
    return `${model ?? 'no model told'}: ${what}, ${size}${when}: ${reason}`
  })
