import type { Scenario } from '../../model/scenario/scenario.ts'
import type { DatedScenario } from '../fleet/price-ends.ts'
import type { Serving } from '../workload/serving.ts'

/**
 * A scenario of the head, and its workload on the base's models; `null` if its text is not counted for those models.
 */
export interface HeadPlaced extends DatedScenario {
  readonly servedAs: (base: Serving) => Scenario | null
}
