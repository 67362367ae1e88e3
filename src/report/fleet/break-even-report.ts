import type { Result, ScenarioResult } from '../../model/result/result.ts'
import type { BreakEvenFound } from '../../model/result/self-hosted.ts'
import { type Block, notes } from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { viewsBlocks } from '../estimate/views-table.ts'
import { aDay } from './both-ends.ts'
import { curveTable, leversTable } from './break-even-in-words.ts'
import { breakEvenTable, contestTable } from './break-even-table.ts'
import { plausibleChange } from './change.ts'
import { clusterInWords } from './cluster-in-words.ts'
import { factsOf } from './fleet-blocks.ts'
import { plotCurve } from './plot.ts'
import { rest, subject } from './rest.ts'
import { verdictSentence } from './verdict.ts'

type Options = Pick<RenderOptions, 'explain'>

/** What `dsprice breakeven` reports: the verdict, the costs and where they break even; the rest with `--explain`. */
export const breakEvenReport = (result: Result, found: BreakEvenFound, options: Options): Block[] => {
  const [scenario] = result.scenarios
  const self = scenario?.self_host
  if (!scenario || !self) return []
  const { explain } = options
  const set = plausibleChange(scenario, self, found.view)?.set
  return [
    ...subject(scenario, verdictSentence(scenario, found.view) ?? ''),
    ...(explain ? viewsBlocks(scenario) : [contestTable(scenario)]),
    breakEvenTable(scenario, self),
    notes([
      ...clusterInWords(scenario, self),
      ...otherAnswers(scenario),
      ...(set == null ? [] : [`To try it: --set ${set}`]),
      ...(explain ? factsOf(scenario, self) : []),
    ]),
    ...(explain
      ? [
          curveTable(found, aDay(scenario)),
          { kind: 'plot', draw: (width: number) => plotCurve(found, width) } as const,
          leversTable(found),
        ]
      : []),
    ...rest(result, scenario, { ...options, more: 'The curve, and what would move break-even: --explain.' }),
  ]
}

/** That the cluster answers otherwise than the API: no matter of money, so the verdict cannot count it. */
const otherAnswers = ({ assumptions }: ScenarioResult): string[] =>
  assumptions.flatMap(({ code, what }) => (code === 'OTHER_ANSWERS' ? [`Not the same: ${what}.`] : []))
