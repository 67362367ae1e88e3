import type { Book } from '../model/book.ts'
import { COUNTED_LENGTHS, type Length, type Part, type Scenario } from '../model/scenario.ts'
import { type Estimate, priceScenario } from './price-scenario.ts'

/** A scenario priced at both ends of its estimated token counts; one and the same estimate where all are exact. */
export interface Bounds {
  readonly scenario: Scenario
  readonly low: Estimate
  readonly high: Estimate
}

/**
 * Prices a scenario with every estimated text at the low end of its band, and again at the high end.
 *
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, TOO_MANY_SAMPLES
 */
export const priceBounds = (scenario: Scenario, book: Book, at: string): Bounds => {
  const low = priceScenario(atEnd(scenario, 'low'), book, at)
  return { scenario, low, high: isEstimated(scenario) ? priceScenario(atEnd(scenario, 'high'), book, at) : low }
}

const partsOf = (length: Length): readonly Part[] => (typeof length === 'number' ? [] : length.parts)

/** Whether any of its token counts is an estimate. */
export const isEstimated = ({ request }: Scenario): boolean =>
  request !== null && COUNTED_LENGTHS.some(key => partsOf(request[key]).some(({ exact }) => !exact))

const atEnd = (scenario: Scenario, end: 'low' | 'high'): Scenario => {
  const { request } = scenario
  if (!request || !isEstimated(scenario)) return scenario
  const lengths = COUNTED_LENGTHS.map(key => {
    const length = request[key]
    if (typeof length === 'number') return [key, length]
    return [key, { ...length, parts: length.parts.map(part => ({ ...part, samples: part[end] ?? part.samples })) }]
  })
  return {
    ...scenario,
    request: { ...request, ...(Object.fromEntries(lengths) as Pick<typeof request, (typeof COUNTED_LENGTHS)[number]>) },
  }
}
