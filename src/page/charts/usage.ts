import { exact, quotient } from '../../model/number/money.ts'
import { highOf, lowOf, type Printed } from '../../model/number/range.ts'
import type { UsageReport, UsageRow } from '../../model/result/usage.ts'
import { left, names, right, type Table } from '../../report/blocks/block.ts'
import { sayUsd } from '../../report/estimate/answer-in-words.ts'
import { amount, counted, figures } from '../../report/figures/amounts.ts'
import { columnDecimals, formatShare } from '../../report/figures/format.ts'
import type { Chart } from './chart.ts'
import { type Bar, drawBars } from './drawing/bars.ts'
import { type Column, drawColumns } from './drawing/columns.ts'
import { COLOUR, shareTick } from './drawing/frame.ts'
import type { KeyEntry } from './drawing/key.ts'

/** What some records come to: the whole, else what is known of it. */
const spendOf = ({ cost, at_least }: UsageRow): { readonly usd: Printed<string> | null; readonly isLeast: boolean } =>
  cost === null ? { usd: at_least, isLeast: at_least !== null } : { usd: cost, isLeast: false }

const spendCell = (row: UsageRow, decimals: number): string => {
  const { usd, isLeast } = spendOf(row)
  return `${isLeast ? '≥ ' : ''}${amount(usd, decimals)}`
}

/** Spend by day, by the price book and beside it as the source states it. */
export const spendByDay = ({ by_day, period }: UsageReport): Chart => {
  const columns = by_day.map((row): Column => {
    const { usd, isLeast } = spendOf(row)
    const ends = usd === null ? { low: null, high: null } : { low: Number(lowOf(usd)), high: Number(highOf(usd)) }
    const stated = row.stated === null ? null : Number(row.stated)
    return {
      label: (row.keys[0] ?? '').slice(5),
      ...ends,
      isLeast,
      beside: stated === null ? null : { low: stated, high: stated },
    }
  })
  const some = (test: (column: Column) => boolean, entry: KeyEntry): KeyEntry[] => (columns.some(test) ? [entry] : [])
  const key = [
    ...some(({ low, isLeast }) => low !== null && !isLeast, {
      label: 'by the price book',
      colour: COLOUR.first,
      as: 'bar',
    }),
    ...some(({ low, high }) => low !== high, { label: 'its range', colour: COLOUR.first, as: 'pale' }),
    ...some(({ isLeast }) => isLeast === true, { label: 'at least', colour: COLOUR.first, as: 'hollow' }),
    ...some(({ beside }) => beside != null, { label: 'as the source states', colour: COLOUR.second, as: 'dot' }),
    ...some(({ low }) => low === null, { label: '? unknown', colour: COLOUR.bad, as: 'hollow' }),
  ]
  const partial = partialDay(by_day, period)
  const mark = partial === null ? null : { index: partial, label: 'may not be whole' }
  return {
    title: 'Spend by day',
    summary: `${daysInWords(by_day, period.timezone)}${partial === null ? '' : partialInWords(by_day[partial], period)}`,
    table: rowsTable(by_day, 'day'),
    draw: width => drawColumns(columns, width, { unit: 'USD a day', key, mark }),
  }
}

/** The last hour of a day: a record in it says that the day was told to its end. */
const LAST_HOUR = '23'

/** The day and time of an instant where the report counts its days. @example 2026-11-22 02:00 */
const localTime = (at: string, timezone: string): string => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
  return format.format(new Date(at))
}

/** The index of a last day whose records end before its last hour; `null`: there is none. */
const partialDay = (days: readonly UsageRow[], { last, timezone }: UsageReport['period']): number | null => {
  if (last === null || days.length < 2) return null
  const [day, time = ''] = localTime(last, timezone).split(' ')
  const index = days.findIndex(({ keys }) => keys[0] === day)
  return index < 0 || time.slice(0, 2) === LAST_HOUR ? null : index
}

const partialInWords = (day: UsageRow | undefined, { last, timezone }: UsageReport['period']): string =>
  ` The records of ${day?.keys[0] ?? ''} end at ${localTime(last ?? '', timezone).slice(11)}, so that day may not be whole.`

const daysInWords = (days: readonly UsageRow[], timezone: string): string => {
  const known = days.filter(row => spendOf(row).usd !== null)
  const top = known.reduce<UsageRow | null>((most, row) => (most === null || size(row) > size(most) ? row : most), null)
  const usd = top && spendOf(top).usd
  if (!top || usd === null) return 'No record tells its day and has a known cost.'
  const stated = days.some(one => one.stated !== null) ? ' Circles show what the source states.' : ''
  return `Spend on ${days.length} days (${timezone}); the most on ${top.keys[0] ?? ''}, ${sayUsd(usd)}.${stated}`
}

/** For order and drawing only. */
const size = (row: UsageRow): number => Number(highOf(spendOf(row).usd ?? '0'))

const rowsTable = (rows: readonly UsageRow[], by: 'day' | 'model'): Table => {
  const decimals = columnDecimals(figures(rows.map(row => spendOf(row).usd)))
  const hasStated = rows.some(({ stated }) => stated !== null)
  return {
    kind: 'table',
    columns: [
      by === 'day' ? left('day') : names('model'),
      right('records'),
      right('USD'),
      ...(hasStated ? [right('stated'), right('difference')] : []),
      left(''),
    ],
    rows: rows.map(row => [
      row.keys[0] ?? '',
      counted(row.records),
      spendCell(row, decimals),
      ...(hasStated
        ? [
            row.stated === null ? '' : amount(row.stated, decimals),
            row.difference === null ? '' : amount(row.difference, decimals),
          ]
        : []),
      row.reason ?? '',
    ]),
  }
}

/** Spend by model, most first. */
export const spendByModel = ({ by_model, total }: UsageReport): Chart => {
  const rows = by_model.toSorted((a, b) => size(b) - size(a))
  const bars = rows.flatMap((row, i): Bar[] => {
    const { usd, isLeast } = spendOf(row)
    if (usd === null) return []
    return [
      {
        name: row.keys[0] ?? '',
        tag: isLeast ? 'at least' : null,
        figure: sayUsd(usd),
        low: Number(lowOf(usd)),
        high: Number(highOf(usd)),
        isBound: isLeast,
        colour: i === 0 ? COLOUR.first : COLOUR.quiet,
      },
    ]
  })
  const [first] = bars
  const all =
    total.cost === null
      ? total.at_least === null
        ? ''
        : ` of at least ${sayUsd(total.at_least)}`
      : ` of ${sayUsd(total.cost)}`
  return {
    title: 'Spend by model',
    summary: first ? `${first.name} takes the most, ${first.figure}${all}.` : 'No cost is known by model.',
    table: rowsTable(rows, 'model'),
    draw: width => drawBars(bars, width, { label: 'USD' }),
  }
}

/** The share of each model's prompt that was read from the cache. */
export const hitsByModel = ({ by_model }: UsageReport): Chart => {
  const rows = by_model.map(row => ({ name: row.keys[0] ?? '', hits: hitShare(row) }))
  const known = rows
    .flatMap(({ name, hits }) => (hits === null ? [] : [{ name, hits }]))
    .sort((a, b) => b.hits - a.hits)
  const bars = known.map(
    ({ name, hits }): Bar => ({
      name,
      tag: null,
      figure: formatShare(hits),
      low: hits,
      high: hits,
      colour: COLOUR.first,
    }),
  )
  const [first, last] = [known[0], known.at(-1)]
  const range = first && last && first !== last ? `, ${last.name} the least, ${formatShare(last.hits)}` : ''
  return {
    title: 'Cache hit share by model',
    summary: first
      ? `${first.name} reads the most of its prompts from the cache, ${formatShare(first.hits)}${range}.`
      : 'No record tells which tokens were read from a cache.',
    table: {
      kind: 'table',
      columns: [names('model'), right('hit share')],
      rows: rows.map(({ name, hits }) => [name, hits === null ? 'not told' : formatShare(hits)]),
    },
    draw: width =>
      drawBars(bars, width, { label: 'share of the prompt read from the cache', most: 1, tick: shareTick }),
  }
}

/** `null`: some records do not tell, or there is no prompt. */
const hitShare = ({ tokens, untold }: UsageRow): number | null => {
  const { input, cache_read, cache_write, cache_write_1h } = tokens
  if (input === null || cache_read === null || untold.includes('cache_read')) return null
  const prompt = [input, cache_read, cache_write ?? 0, cache_write_1h ?? 0].reduce(
    (all, one) => all.plus(one),
    exact(0),
  )
  return prompt.isZero() ? null : quotient(exact(cache_read), prompt).toNumber()
}
