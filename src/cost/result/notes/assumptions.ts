import type { Assumption } from '../../../model/result/result.ts'
import type { Scenario } from '../../../model/scenario/scenario.ts'
import { VIEW_KEYS, type View } from '../../../model/views.ts'
import { isIdeal } from '../../api/cost-ceiling.ts'
import type { StreamRange } from '../../api/price-range.ts'
import { readsOffered, type Work } from '../../api/price-views.ts'
import { matchesByMarks } from '../../workload/expect-marks.ts'
import { ruleInWords, secondsInWords } from './cache-rule-in-words.ts'
import { conversionNote, countingNotes } from './counting-notes.ts'
import { partsOf, toolNotes } from './tool-notes.ts'

const CACHED: readonly View[] = ['cached', 'batch_cached']

/** Records an assumption for some views; default: all of them. */
type Note = (code: string, what: string, views?: readonly View[]) => void

/** Assumptions about one model's requests, with the views that rest on them. */
export const streamAssumptions = (stream: StreamRange): Assumption[] => {
  const notes: Assumption[] = []
  const note: Note = (code, what, views = VIEW_KEYS) => void notes.push({ code, what, views })
  for (const { key, value, at } of stream.scenario.configured ?? []) {
    // A tag changes no figure.
    if (key.startsWith('tags.')) continue
    note('CONFIG_SET', `${key} is ${value}, as ${at} sets it for scenarios that leave it out`)
  }
  const ideal = VIEW_KEYS.filter(view => isIdeal(stream, view))
  if (ideal.length > 0) {
    const what = 'every input token is read from the cache: this is a bound, as every prompt is sent a first time'
    note('IDEAL_IS_A_BOUND', what, ideal)
  }
  const isCached = findsPrefixes(stream)
  const isWarmed = isCached && canWarm(stream.high.work)
  if (isCached) noteCache(stream, isWarmed, note)
  noteMarks(stream, note)
  noteReasoning(stream, note)
  noteTraffic(stream, isWarmed, note)
  const { scenario, high } = stream
  const { model } = high.offer
  if (scenario.counting) for (const { code, what } of countingNotes(scenario.counting, model.id)) note(code, what)
  for (const { code, what } of toolNotes(partsOf(scenario).map(({ part }) => part))) note(code, what)
  for (const { code, what, fix } of scenario.contents ?? []) if (fix === undefined) note(code, what)
  if (scenario.conversion) note('CONVERTED_TOKENS', conversionNote(scenario.conversion, model.id))
  return notes
}

/** Whether hits are computed from the prompts, by a known rule. */
const findsPrefixes = ({ scenario: { cache }, high: { offer, work } }: StreamRange): boolean =>
  cache.policy === 'prefix' && work.cacheUnknown === null && offer.caching === 'known' && readsOffered(offer)

/** Whether it matters to any call that an earlier request left the shared prefix in the cache. */
const canWarm = ({ cells }: Work): boolean =>
  cells.some(({ warmAfterOne: one, warmAfterTwo: two }) =>
    [one.hit, one.write, two.hit, two.write].some(tokens => !tokens.isZero()),
  )

const isLeft = (scenario: Scenario, key: string): boolean => scenario.defaults.includes(key)

const noteCache = ({ scenario, high }: StreamRange, isWarmed: boolean, note: Note): void => {
  const { request, cache } = scenario
  const { provider, cacheRule } = high.offer
  const talks = (request?.turns ?? 1) > 1
  note('CACHE_RULE', ruleInWords(provider.name, cacheRule, { ...high, stated: cache.marks !== undefined }), CACHED)
  if ((isWarmed || talks) && cache.ttl_s === undefined) {
    const what = 'each use renews a cached prefix for its full lifetime; cache.ttl sets another lifetime'
    note('DEFAULT_LIFETIME', what, CACHED)
  }
  if (talks && isLeft(scenario, 'request.turn_gap')) {
    const gap = secondsInWords(request?.turn_gap_s ?? 0)
    note('DEFAULT_TURN_GAP', `${gap} pass between the calls of a conversation`, CACHED)
  }
}

/** A note for marks that a scenario states for a model whose provider does not match by them. */
const noteMarks = ({ scenario: { cache }, high: { offer } }: StreamRange, note: Note): void => {
  if (cache.marks === undefined || (offer.caching === 'known' && matchesByMarks(offer.cacheRule))) return
  note('MARKS_LEFT_ASIDE', `cache.marks is ignored: the cache of ${offer.model.id} does not match by marks`, CACHED)
}

/** Whether a model is sent its earlier reasoning again, where that makes a difference and is not the plain case. */
const noteReasoning = ({ scenario: { request }, high: { offer, stream, keeps } }: StreamRange, note: Note): void => {
  const { first, last } = stream.extent
  if (!request?.history || last === first || request.reasoning === 0) return
  const { model, row } = offer
  const rule = (row.reasoning ?? model.reasoning)?.kept ?? 'never'
  if (keeps) {
    const why = request.reasoning_kept
      ? ', as reasoning_kept says'
      : rule === 'with_tools'
        ? ', as the request has tools'
        : ''
    note('REASONING_KEPT', `${model.id} is sent its earlier reasoning again${why}`)
  } else if (rule === 'with_tools' && request.reasoning_kept === undefined) {
    note(
      'REASONING_DROPPED',
      `${model.id} is sent its earlier reasoning again only with tools, and the request has none; reasoning_kept changes this`,
    )
  }
}

const noteTraffic = ({ scenario, high: { at, bands } }: StreamRange, isWarmed: boolean, note: Note): void => {
  const { traffic } = scenario
  const paced = traffic.per !== 'run'
  if (isWarmed && !paced && traffic.requests > 1) {
    note('RUN_BACK_TO_BACK', 'the requests of a run follow one another within the cache lifetime', CACHED)
  }
  if (isWarmed && paced) {
    note('POISSON_ARRIVALS', 'requests begin at random within each hour, as a Poisson process', CACHED)
  }
  const byHour = bands.length > 1
  if (isLeft(scenario, 'traffic.profile') && (byHour || (isWarmed && paced))) {
    const what = 'traffic is even over all hours of the week; set traffic.profile to change it'
    note('FLAT_TRAFFIC', what, byHour ? VIEW_KEYS : CACHED)
  }
  if (byHour) {
    note('PLAIN_WEEK', `hours are priced over one Monday-to-Sunday week without holidays, clocks as on ${at}`)
  }
}
