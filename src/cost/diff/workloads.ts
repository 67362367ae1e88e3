import { entryOf } from '../../model/entry-of.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { servedModels } from '../workload/serving.ts'

/** A workload as counted for one model. */
export type Workload = Pick<Scenario, 'request' | 'totals'>

/** The same workload on both sides, as counted for one model. */
export interface WorkloadPair {
  readonly from: Workload
  readonly to: Workload
}

const countedFor = (scenario: Scenario, model: string): Workload => {
  const own = scenario.counted && entryOf(scenario.counted, model)
  return own ? { request: own.request, totals: own.totals ?? scenario.totals } : scenario
}

/** The models that a scenario's workload is counted for one by one; none for one model, or if all are counted alike. */
export const countedModels = (from: Scenario, to: Scenario): string[] =>
  from.counted || to.counted ? servedModels(from) : []

/** The workloads of two scenarios: their own, then as counted for each model. */
export const workloadPairs = (from: Scenario, to: Scenario): [WorkloadPair, ...WorkloadPair[]] => [
  { from, to },
  ...countedModels(from, to).map(model => ({ from: countedFor(from, model), to: countedFor(to, model) })),
]
