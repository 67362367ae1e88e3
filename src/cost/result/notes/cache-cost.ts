import { type Exact, quotient, sum, toDecimals, ZERO } from '../../../model/number/money.ts'
import { percent } from '../../../model/number/percent.ts'
import { plural } from '../../../model/plural.ts'
import type { Warning } from '../../../model/result/result.ts'
import { type StreamRange, statedCost } from '../../api/price-range.ts'
import { namesOfMarks } from '../../workload/expect-marks.ts'

type Stated = StreamRange['stated']

const writtenIn = ({ tokens: { cache_write, cache_write_1h } }: Stated): Exact =>
  (cache_write ?? ZERO).plus(cache_write_1h ?? ZERO)

/**
 * A warning where caching costs more than it saves: what one model writes is dearer than what it reads is cheaper.
 *
 * @param leg - whether the model is a leg of a fleet, which has marks of its own
 */
export const cacheCostWarnings = (ranges: readonly StreamRange[], { leg }: { readonly leg: boolean }): Warning[] => {
  const streams = ranges.map(({ stated }) => stated)
  const [first] = streams
  const [cached, headline] = [statedCost(ranges, 'cached'), statedCost(ranges, 'headline')]
  if (!first || !cached || !headline || headline.isZero() || !cached.gt(headline)) return []
  const written = sum(streams.map(writtenIn))
  if (written.isZero()) return []
  const read = sum(streams.map(({ tokens }) => tokens.cache_read ?? ZERO))
  const more = percent(quotient(cached.minus(headline), headline))
  const { scenario, offer } = first
  const tokens = plural(toDecimals(written, 0), 'token is', 'tokens are')
  const what = `caching costs more than it saves on ${offer.model.id}: cached is ${more} above headline, as ${tokens} written and ${toDecimals(read, 0)} read`
  return [
    {
      code: 'CACHE_COSTS_MORE',
      what,
      fix: fixFor(streams, leg),
      scenario: scenario.file ?? scenario.name,
      path: 'cache',
      at: null,
    },
  ]
}

/** What to type against it: no marks, or fewer. */
const fixFor = (streams: readonly Stated[], leg: boolean): string => {
  const all = streams.map(({ marks }) => marks)
  const names = new Set(all.flatMap(namesOfMarks))
  const rule = streams[0]?.offer.cacheRule
  const shared = leg ? 'cache: {marks: [shared]} for this leg' : 'cache: {policy: prefix, marks: [shared]}'
  if (all.some(({ newest }) => newest)) {
    if (rule?.optional !== true)
      return `add a mark that is read again: ${shared}, or choose another model: the provider's own mark cannot be turned off`
    const none = leg ? 'cache: {marks: []} for this leg' : 'cache: none'
    return `write ${none}, or ${shared}: an explicit mode turns the provider's own mark off`
  }
  const none = leg ? 'cache: {marks: []} for this leg' : 'cache: none'
  return names.size > 1 ? `write ${none}, or fewer marks: ${shared}` : `write ${none}`
}
