import { Command } from 'commander'
import { estimate } from '../cost/result/estimate.ts'
import type { Io } from '../io.ts'
import { expandScenarios, requireFound } from '../load/files/scenario-files.ts'
import { readDrafts } from '../load/scenario/drafts.ts'
import { placeAnswer } from '../load/scenario/place-answer.ts'
import { formatsOf, renderDocument } from '../report/index.ts'
import * as common from './flags/options.ts'

interface EstimateOptions extends common.CommonOptions {
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

/** `dsprice estimate`: loads, prices and renders, without arithmetic or formatting of its own. */
export const estimateCommand = (io: Io): Command => {
  const command = new Command('estimate').argument('<scenario...>', 'scenario files, folders and globs; - is stdin')
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common
    .addReportOptions(command, formatsOf('estimate'), { explain: true })
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (paths: string[], options: EstimateOptions) => {
    const dated = common.datedBy(options.at)
    const found = requireFound(await expandScenarios(paths, io))
    const { priced, drafts, left, count } = await readDrafts(found.paths, io, options)
    const scenarios = (await count(drafts)).map(dated)
    const at = io.today()
    const result = placeAnswer(drafts, () => estimate(scenarios, priced, at), [...found.left, ...left])
    const page = async () =>
      (await import('../load/page/read-page.ts')).pageOf(drafts, scenarios, { priced, files: io, at, part: 'answer' })
    const rendering = await common.renderOptions(io, options, page)
    const text = await renderDocument(result, common.formatOf(options), rendering)
    common.heedWarnings(io, result.warnings, options)
    await common.deliver(io, text, options.output)
  })
}
