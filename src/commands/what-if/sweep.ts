import { Command, Option } from 'commander'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { leftWarnings } from '../../load/files/left-warnings.ts'
import { priceCells } from '../../load/sweep/price-cells.ts'
import { ALL_VIEWS, type CostView } from '../../model/views.ts'
import { sweep } from '../../plan/sweep.ts'
import { parseVary } from '../../plan/sweep-values.ts'
import { formatsOf, renderDocument } from '../../report/index.ts'
import * as common from '../flags/options.ts'
import { showProgress } from '../flags/progress.ts'

interface SweepFlags extends common.CommonOptions {
  readonly vary?: string[]
  readonly view?: CostView
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

/** `dsprice sweep`: the cost over the values of one or two keys. */
export const sweepCommand = (io: Io): Command => {
  const command = new Command('sweep')
    .argument('<scenario>', 'scenario file; - is stdin')
    .option(
      '--vary <key=values>',
      'a key and its values: 350,700 or 1K..8K/1K or 0.5x,2x; a second one makes a matrix',
      common.gather,
    )
    .addOption(
      new Option(
        '--view <name>',
        'the view of the first sentence and of a matrix (default: cached, where it is known)',
      ).choices(ALL_VIEWS),
    )
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common.addReportOptions(command, formatsOf('sweep')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (path: string, options: SweepFlags) => {
    common.checkAt(options.at)
    const keys = parseVary(options.vary ?? [])
    if (options.at !== undefined && keys.some(({ key }) => key === 'at')) {
      throw new InputError([problems.usage('--at overrides every value of --vary at', 'leave one of them out')])
    }
    const { tell, clear } = showProgress(io, options)
    const { cells, of, left } = await priceCells(path, io, {
      ...options,
      keys,
      today: io.today(),
      progress: tell,
    }).finally(clear)
    const found = sweep(cells, { ...of, keys, view: options.view })
    const document = { ...found, warnings: [...leftWarnings(left), ...found.warnings] }
    const page = async () => {
      const { sweepPage } = await import('../../load/page/sweep-page.ts')
      return sweepPage(path, document, { ...options, files: io, today: io.today(), dated: common.datedBy(options.at) })
    }
    const rendering = await common.renderOptions(io, options, page)
    const text = await renderDocument(document, common.formatOf(options), rendering)
    common.heedWarnings(io, document.warnings, options)
    await common.deliver(io, text, options.output)
  })
}
