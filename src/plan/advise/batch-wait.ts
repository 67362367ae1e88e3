import type { PricedScenario } from '../../cost/fleet/price-scenario.ts'

/** What a batch costs in time. @example waiting: each of the 4 turns waits for a batch of its own, within 24 h */
export const batchWait = ({ apiStreams, scenario }: Pick<PricedScenario, 'apiStreams' | 'scenario'>): string => {
  const windows = apiStreams.flatMap(({ low: { offer } }) =>
    offer.batchRule !== null && offer.batchRule !== 'not_offered' ? [offer.batchRule.window_h ?? null] : [],
  )
  const longest = windows.some(hours => hours === null) ? null : Math.max(0, ...windows.map(hours => hours ?? 0))
  const turns = scenario.request?.turns ?? 1
  const within = longest === null || longest === 0 ? 'when the batch is done' : `within ${longest} h`
  return turns > 1
    ? `waiting: each of the ${turns} turns waits for a batch of its own, ${within}`
    : `waiting: answers come ${within}`
}
