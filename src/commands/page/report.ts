import { Command } from 'commander'
import { estimate } from '../../cost/result/estimate.ts'
import type { Io } from '../../io.ts'
import { expandScenarios, requireFound } from '../../load/files/scenario-files.ts'
import { reportPage } from '../../load/page/report-page.ts'
import { readDrafts } from '../../load/scenario/drafts.ts'
import { placeAnswer } from '../../load/scenario/place-answer.ts'
import { readOnce } from '../../load/source/read-once.ts'
import { renderDocument } from '../../report/index.ts'
import { modelNames } from '../flags/names.ts'
import * as common from '../flags/options.ts'
import { showProgress } from '../flags/progress.ts'

interface ReportFlags extends Omit<common.CommonOptions, 'format'> {
  readonly advice: boolean
  readonly models?: string
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

/** `dsprice report`: one page with charts, which reckons in the browser. */
export const reportCommand = (io: Io): Command => {
  const command = new Command('report')
    .argument('<scenario...>', 'scenario files, folders and globs; - is stdin')
    .option('--models <a,b,c>', 'other models beside those of the scenarios (default: what the advice names)')
    .option('--no-advice', 'leave out what would lower each bill, which takes the most time')
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common.addTellingOptions(command).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (paths: string[], flags: ReportFlags) => {
    const options = { ...flags, format: 'html' } as const
    common.requirePlace(io, options.output)
    const dated = common.datedBy(options.at)
    const models = modelNames(options.models)
    const files = readOnce({ ...io, allowOutside: options.allowOutside ?? false })
    const found = requireFound(await expandScenarios(paths, io))
    const { priced, drafts, left, count } = await readDrafts(found.paths, files, { ...options, names: models ?? [] })
    const scenarios = (await count(drafts)).map(dated)
    const at = io.today()
    const result = placeAnswer(drafts, () => estimate(scenarios, priced, at), [...found.left, ...left])
    const { tell: progress, clear } = showProgress(io, options)
    const page = () =>
      reportPage(drafts, scenarios, { ...{ priced, files, at, dated, models, progress }, advice: options.advice })
    const rendering = await common.renderOptions(io, options, page).finally(clear)
    const text = await renderDocument(result, 'html', rendering)
    common.heedWarnings(io, result.warnings, options)
    await common.deliver(io, text, options.output)
  })
}
