import { Command, Option } from 'commander'
import type { Io } from '../io.ts'
import { readDocument } from '../load/source/read-document.ts'
import { ALL_VIEWS, type CostView } from '../model/views.ts'
import { FORMATS, renderDocument } from '../report/index.ts'
import * as common from './flags/options.ts'

interface RenderFlags extends common.CommonOptions {
  readonly view?: CostView
}

/** `dsprice render`: renders a saved document in another format, from the file alone. */
export const renderCommand = (io: Io): Command => {
  const command = new Command('render')
    .argument('<result>', 'what --json printed; - is stdin')
    .addOption(
      new Option('--view <name>', 'the view whose change a check or diff reports (default: cached)').choices(ALL_VIEWS),
    )
  common.addReportOptions(command, FORMATS, { explain: true }).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (path: string, options: RenderFlags) => {
    const document = readDocument(path, io)
    const page = async () => (await import('../load/page/saved-page.ts')).savedPage(document, io.today())
    const rendering = await common.renderOptions(io, options, page)
    const text = await renderDocument(document, common.formatOf(options), rendering)
    common.heedWarnings(io, document.warnings, options)
    await common.deliver(io, text, options.output)
  })
}
