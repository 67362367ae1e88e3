import type { Added } from '../../book/add-model.ts'
import type { Price, Rate } from '../../model/book/book.ts'
import { RATE_KEYS } from '../../model/meters.ts'
import { printable } from '../../model/printable.ts'
import { formatCount, formatRate } from '../figures/format.ts'
import { rateCell } from '../sheets/rate-cell.ts'

interface Place {
  /** Where it was written. */
  readonly place: string
  /** What to type next. */
  readonly next: string | null
}

/** What `prices add` wrote, what that took the place of, and a command to try. */
export const addedInWords = (added: Added, { place, next }: Place): string => {
  const { id, provider, known, row, replaced } = added
  const from = row ? ` from ${row.from}` : ''
  const over = known ? `, over ${row ? 'the rows of ' : ''}the book` : ''
  return [
    `note: ${place}: ${id} (${provider})${from}${over}: ${row ? priceInWords(row) : factsInWords(added)}`,
    ...(row && replaced ? [`  replaced the row of that day: ${changeInWords(replaced, row)}`] : []),
    ...(next === null ? [] : [`  next: ${next}`]),
    '',
  ]
    .map(printable)
    .join('\n')
}

const priceInWords = ({ input, cache_read, output }: Price): string => {
  const cached =
    cache_read === null
      ? 'cache reads unknown'
      : cache_read === 'not_offered'
        ? 'no cache reads'
        : `cache reads ${rateCell(cache_read)}`
  return `input ${rateCell(input)}, ${cached}, output ${rateCell(output)} per 1M tokens`
}

const factsInWords = ({ facts: { context, max_output, tokenizer, chat_template } }: Added): string =>
  [
    ...(tokenizer == null ? [] : [`tokenizer ${tokenizer}`]),
    ...(chat_template === undefined ? [] : [`chat template ${chat_template}`]),
    ...(context == null ? [] : [`context ${formatCount(context)}`]),
    ...(max_output == null ? [] : [`longest output ${formatCount(max_output)}`]),
  ].join(', ')

/** What differs between two rows of one day: rates from and to, and what else the old one had. */
const changeInWords = (before: Price, after: Price): string => {
  const rates = RATE_KEYS.filter(key => rateInWords(before[key]) !== rateInWords(after[key])).map(
    key => `${key.replaceAll('_', ' ')} ${rateInWords(before[key])} → ${rateInWords(after[key])}`,
  )
  const lost = Object.keys(before).filter(key => !Object.hasOwn(after, key) && !isRateKey(key))
  const changes = [...rates, ...(lost.length > 0 ? [`without its ${lost.join(', ')}`] : [])]
  return changes.length > 0 ? changes.join(', ') : 'the rates are the same'
}

const isRateKey = (key: string): boolean => RATE_KEYS.some(one => one === key)

const rateInWords = (rate: Rate | undefined): string =>
  rate === null ? 'unknown' : rate === undefined || rate === 'not_offered' ? 'not offered' : formatRate(rate)
