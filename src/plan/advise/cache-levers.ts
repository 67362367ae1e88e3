import { readsOffered } from '../../cost/api/price-views.ts'
import type { PricedLeg } from '../../cost/fleet/price-leg.ts'
import type { Offer } from '../../cost/rates/price-at.ts'
import { matchesByMarks } from '../../cost/workload/expect-marks.ts'
import { MARKS, type Mark } from '../../model/scenario/marks.ts'
import { type Bench, cheapestOf, type Finding, type Lever, leverWith, tryOne, variationsOf } from './lever.ts'

/** Cache marks, the lifetime of a cached prefix, and caching left off. */

/** A choice of marks and of a lifetime; left out: as the scenario has it. */
interface Choice {
  readonly marks?: readonly Mark[] | undefined
  readonly ttl_s?: number | undefined
}

/** The cheapest marks and lifetime, of the scenario or of each leg, and caching left off. */
export const cacheFindings = async (bench: Bench): Promise<Finding[]> => {
  const { view, priced } = bench.base
  // Other views do not depend on what is cached.
  if (view !== 'cached' && view !== 'batch_cached') return []
  const { cache, request, routing } = priced.scenario
  const found: Finding[] = []
  if (request !== null && (cache.policy === 'prefix' || cache.policy === 'none')) {
    const legs = routing && cache.policy === 'prefix' ? [...priced.legs.entries()] : []
    if (routing && cache.policy === 'none') found.push(await tryOne(WITH, bench))
    if (!routing) {
      const best = await cheapestOf(ownLevers(priced.legs[0], cache), bench)
      found.push(...variationsOf(best, bench, cache.policy === 'none' ? WITH.what : OTHER))
    }
    for (const [index, leg] of legs) {
      if (leg.route.selfHost) continue
      const best = await cheapestOf(legLevers(leg, index, cache), bench)
      found.push(...variationsOf(best, bench, `${OTHER} on ${leg.streams[0].low.offer.model.id}`))
    }
  }
  const isCached = cache.policy !== 'none' && priced.apiStreams.some(({ low: { offer } }) => readsOffered(offer))
  if (isCached) found.push(await tryOne(WITHOUT, bench))
  return found
}

const OTHER = 'other cache marks or lifetimes'

const WITH = leverWith({
  kind: 'cache',
  what: 'prompt caching',
  keys: ['cache=prefix'],
  inReturn: ['work: switch caching on'],
})

const WITHOUT = leverWith({
  kind: 'no_cache',
  what: 'caching left off',
  keys: ['cache=none'],
  inReturn: ['work: set no cache marks, or switch caching off in each call'],
})

const ownLevers = ({ streams: [{ low }] }: PricedLeg, now: Choice & { readonly policy: string }): Lever[] =>
  choicesOf(low.offer, now, MARK_SETS.slice(1)).map(choice => {
    const ttl = choice.ttl_s ?? now.ttl_s
    const marks = choice.marks ?? now.marks
    const parts = ['policy: prefix', ...(ttl === undefined ? [] : [`ttl: ${ttl}s`]), ...listed(marks)]
    return leverWith({
      kind: 'cache',
      what: inWords(choice),
      keys: [parts.length === 1 ? 'cache=prefix' : `cache={${parts.join(', ')}}`],
      inReturn: workOf(choice),
    })
  })

const legLevers = ({ route, streams: [{ low }] }: PricedLeg, leg: number, now: Choice): Lever[] =>
  choicesOf(low.offer, { ...now, policy: 'prefix' }, MARK_SETS).map(choice => {
    const ttl = choice.ttl_s ?? route.ttl_s
    const marks = choice.marks ?? route.marks
    const parts = [...(ttl === undefined ? [] : [`ttl: ${ttl}s`]), ...listed(marks)]
    return leverWith({
      kind: 'cache',
      leg,
      what: `${inWords(choice)} on ${low.offer.model.id}`,
      keys: [`routing.legs.${leg}.cache={${parts.join(', ')}}`],
      inReturn: workOf(choice),
    })
  })

/** Every set of marks, the smallest first. */
const MARK_SETS: readonly (readonly Mark[])[] = Array.from({ length: 2 ** MARKS.length }, (_, bits) =>
  MARKS.filter((_mark, i) => (bits >> i) % 2 === 1),
).sort((a, b) => a.length - b.length)

/** Every choice that the rule offers, beside what is in force; of equal ones the first is taken. */
const choicesOf = (
  { cacheRule, caching, row }: Offer,
  now: Choice & { readonly policy: string },
  markSets: readonly (readonly Mark[])[],
): Choice[] => {
  if (caching !== 'known' || !readsOffered({ row, caching })) return []
  const sets = matchesByMarks(cacheRule) ? [undefined, ...markSets] : [undefined]
  const [shortest] = cacheRule.lifetimes
  const used = now.ttl_s ?? shortest?.ttl_s
  const others = cacheRule.lifetimes.filter(({ ttl_s }) => ttl_s !== used)
  const choices = [undefined, ...others.map(({ ttl_s }) => ttl_s)].flatMap(ttl_s =>
    sets.map((marks): Choice => ({ ...(ttl_s === undefined ? {} : { ttl_s }), ...(marks ? { marks } : {}) })),
  )
  return now.policy === 'none' ? choices : choices.slice(1)
}

const listed = (marks: readonly Mark[] | undefined): string[] =>
  marks === undefined ? [] : [`marks: [${marks.join(', ')}]`]

const inWords = ({ marks, ttl_s }: Choice): string => {
  const kept = ttl_s === undefined ? '' : `kept ${spanOf(ttl_s)}`
  if (marks === undefined) return kept === '' ? 'prompt caching' : `cached prefixes ${kept}`
  const at = marks.length === 0 ? 'no cache marks' : `cache marks at the end of ${marks.join(', ')}`
  return [at, kept].filter(Boolean).join(', ')
}

const workOf = ({ marks, ttl_s }: Choice): string[] => {
  if (marks !== undefined) return ['work: set the marks in each call']
  return [ttl_s === undefined ? 'work: switch caching on' : 'work: ask for this lifetime in each call']
}

const UNITS = [
  [3600, 'h'],
  [60, 'min'],
] as const

const spanOf = (seconds: number): string => {
  const [size, unit] = UNITS.find(([own]) => seconds % own === 0) ?? [1, 's']
  return `${seconds / size} ${unit}`
}
