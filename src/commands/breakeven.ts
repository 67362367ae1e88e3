import { Command, Option } from 'commander'
import { breakEvenCurve } from '../cost/result/break-even-curve.ts'
import type { Io } from '../io.ts'
import { readDrafts } from '../load/scenario/drafts.ts'
import { placeAnswer } from '../load/scenario/place-answer.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import { formatsOf, renderDocument } from '../report/index.ts'
import * as common from './flags/options.ts'

interface BreakEvenFlags extends common.CommonOptions {
  readonly view?: View
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

/** `dsprice breakeven`: your own cluster against the API. */
export const breakEvenCommand = (io: Io): Command => {
  const command = new Command('breakeven')
    .argument('<scenario>', 'scenario file with self_host; - is stdin')
    .addOption(
      new Option(
        '--view <name>',
        'the view that the API is priced in (default: that of the budget, else cached, where it is known)',
      ).choices(VIEW_KEYS),
    )
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common
    .addReportOptions(command, formatsOf('breakeven'), { explain: true })
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (path: string, options: BreakEvenFlags) => {
    const dated = common.datedBy(options.at)
    const { priced, drafts, left, count } = await readDrafts([path], io, options)
    const [scenario] = (await count(drafts)).map(dated)
    if (!scenario) throw new Error('one path is one scenario')
    const terms = { at: io.today(), view: options.view }
    const result = placeAnswer(drafts, () => breakEvenCurve(scenario, priced, terms), left)
    const page = async () =>
      (await import('../load/page/read-page.ts')).pageOf(drafts, [scenario], {
        priced,
        files: io,
        at: terms.at,
        part: 'break-even',
      })
    const rendering = await common.renderOptions(io, options, page)
    const text = await renderDocument(result, common.formatOf(options), rendering)
    common.heedWarnings(io, result.warnings, options)
    await common.deliver(io, text, options.output)
  })
}
