import { agree, plural } from '../../model/plural.ts'
import type { Replay } from '../../model/result/replay.ts'
import { type Block, heading, notes, paragraph, warningList } from '../blocks/block.ts'
import { formatCount } from '../figures/format.ts'
import { provenance } from '../figures/provenance.ts'
import { answerIn, fleetIn, traceIn } from './in-words.ts'
import { loadTable, policyTable } from './tables.ts'

/** What a cache would serve: the answer, a row a policy, the load, how it was reckoned. */
export const replayBlocks = (replay: Replay): Block[] => {
  const table = policyTable(replay)
  const { load, warnings } = replay
  const fleet = fleetIn(replay)
  return [
    heading(answerIn(replay), { notes: [traceIn(replay)] }),
    ...(table ? [paragraph(unitsIn(replay)), table] : []),
    ...(load
      ? [
          paragraph(
            `The load, in windows of ${formatCount(String(load.window_s))} s (${formatCount(load.empty_windows)} of ${formatCount(load.windows)} without a request):`,
          ),
          loadTable(load),
        ]
      : []),
    ...(fleet === null ? [] : [paragraph(fleet)]),
    notes([...replay.notes, ...(warnings.length > 0 ? [warningList(warnings)] : []), provenance(replay.pricing)]),
  ]
}

const unitsIn = ({ rows: [row], trace, warm_up, unpriced }: Replay): string => {
  const counted = plural(formatCount(row?.requests ?? trace.requests), 'request')
  const requests = warm_up.requests > 0 ? `the ${counted} after the warm-up` : counted
  if (row?.costs) return `USD for ${requests}:`
  const part = unpriced.reduce((all, one) => all + one.requests, 0)
  if (row?.at_least)
    return `USD for ${formatCount(row.requests - part)} of ${requests}; the ${agree(part, 'other has', 'others have')} no price:`
  return `Hits of ${requests}; ${row?.reason ?? 'their cost is not known'}:`
}
