import type { ScenarioResult } from '../../model/result/result.ts'
import type { BreakEvenFound, SelfHosted } from '../../model/result/self-hosted.ts'
import type { View } from '../../model/views.ts'
import { sayUsd } from '../../report/estimate/answer-in-words.ts'
import { formatShare, formatTimes } from '../../report/figures/format.ts'
import { perMonth } from '../../report/fleet/both-ends.ts'
import { meanAtMost } from '../../report/fleet/standing.ts'
import { verdictInShort, verdictSentence, verdictView } from '../../report/fleet/verdict.ts'

/** Break-even this far beyond the cluster's capacity is still drawn. */
export const FURTHEST = 1.9

/** Where both ends of break-even lie, as far as the chart has them; the best case first. */
export const usesOnChart = ({ break_even }: SelfHosted, view: View): (number | null)[] => {
  const found = break_even[view]
  return [found?.low, found?.high].map(end => {
    const use = end?.utilisation ?? null
    return use !== null && use <= FURTHEST ? use : null
  })
}

/** The verdict, and what the chart over utilisation cannot show by itself. */
export const useSummary = (
  scenario: ScenarioResult,
  self: SelfHosted,
  { view }: Pick<BreakEvenFound, 'view'>,
): string => {
  const verdict = view === verdictView(scenario, self) ? verdictInShort(scenario) : verdictSentence(scenario, view)
  return [verdict ?? '', ...beyond(self, view), ...outOfReach(self), ...mixedApi(scenario, view)].join(' ').trim()
}

const beyond = (self: SelfHosted, view: View): string[] => {
  const found = self.break_even[view]
  const isFar = [found?.low, found?.high].some(end => end?.utilisation != null)
  if (!isFar || usesOnChart(self, view).some(use => use !== null)) return []
  const { whole_nodes: fleet } = self
  const isNever = fleet?.low.kind === 'never' && fleet.high.kind === 'never'
  const more = isNever ? ', and more such nodes would cost more as well' : ''
  return [`Break-even is beyond what the cluster can do, so it is not drawn${more}.`]
}

/** Why a part of the cluster's capacity is out of reach. */
const outOfReach = (self: SelfHosted): string[] => {
  const [reach, most] = [meanAtMost(self), self.max_utilisation]
  if (reach >= 1) return []
  const peak = reach === most ? '' : `the busiest hour is ${formatTimes(String(self.peak_to_mean))} the mean, and `
  return [`Above ${formatShare(reach)} is out of reach: ${peak}it may run at ${formatShare(most)} (max_utilisation).`]
}

/** The API's side is several models while the cluster runs one: what that one would cost by the API. */
const mixedApi = (scenario: ScenarioResult, view: View): string[] => {
  const { routing, self_host: self } = scenario
  if (!routing || !self || routing.legs.length < 2 || routing.legs.some(leg => leg.self_host)) return []
  const alone = routing.baselines.find(({ model }) => model === self.model)
  const cost = alone?.costs[view] ?? null
  const month = perMonth(scenario)
  const same =
    alone && cost !== null
      ? `; ${alone.model} alone by the API costs ${sayUsd(month ? month(cost) : cost)} ${month ? 'a month' : 'a run'}`
      : ''
  return [`The cluster runs one model, and is set against the split of ${routing.legs.length} models as it is${same}.`]
}
