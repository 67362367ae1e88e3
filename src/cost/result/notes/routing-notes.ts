import type { Assumption } from '../../../model/result/result.ts'
import { VIEW_KEYS } from '../../../model/views.ts'
import type { PricedScenario } from '../../fleet/price-scenario.ts'

/** Assumptions about a fleet. */
export const routingNotes = ({ scenario: { routing }, fallback }: PricedScenario): Assumption[] => {
  if (!routing) return []
  const notes: Assumption[] = []
  const note = (code: string, what: string, views = VIEW_KEYS): void => void notes.push({ code, what, views })
  note('SHARES_AS_GIVEN', 'the shares are as stated: which requests a model can serve well is not measured here')
  if (routing.mode === 'cascade') {
    note(
      'CASCADE_PAYS_EACH_TRY',
      'a request runs all its turns on every leg up to the one that serves it, each time at the size of that leg',
    )
  }
  if (routing.legs.some(({ promote_at_turn }) => promote_at_turn !== null)) {
    note('PROMOTED_COLD', 'a promoted conversation is sent in full to its new leg, whose cache holds none of it yet', [
      'cached',
      'batch_cached',
    ])
  }
  if (routing.legs.some(leg => leg.promote_at_turn !== null && leg.tokens !== routing.legs[0]?.tokens)) {
    note(
      'PROMOTED_BASELINES',
      'baselines serve all turns of a promoted conversation at the size of its last leg, although its first turns had the size of the first leg',
    )
  }
  if (fallback) {
    note(
      'FALLBACK_UNBILLED',
      'requests that fall back failed on their own leg before anything was billed there; the shares of the legs apply to the rest',
    )
  }
  if (routing.legs.length > 1) {
    note('CACHE_PER_LEG', 'each leg has its own cache, which only its own requests keep warm', [
      'cached',
      'batch_cached',
    ])
  }
  return notes
}
