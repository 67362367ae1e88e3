import { Command } from 'commander'
import type { Io } from '../io.ts'
import type { Sheet } from '../report/sheet.ts'
import { renderSheet } from '../report/sheet.ts'
import * as common from './options.ts'

interface PricesOptions extends common.CommonOptions {
  readonly pricing?: string[]
  readonly at?: string
}

/** `dsprice prices`: look into a price book. */
export const pricesCommand = (io: Io): Command => {
  const prices = new Command('prices')
  const add = (name: string, summary: string, { at = true, pricing = true } = {}): Command => {
    const command = new Command(name).description(summary)
    if (pricing) common.addPricingOption(command)
    if (at) common.addAtOption(command)
    prices.addCommand(common.addReportOptions(command).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT))
    return command
  }
  const print = async (sheet: Sheet, options: PricesOptions): Promise<void> => {
    const text = await renderSheet(sheet, common.formatOf(options), await common.renderOptions(io, options))
    await common.deliver(io, text, options.output)
  }
  const at = (options: PricesOptions): string => common.checkAt(options.at) ?? io.today()
  add('list', 'every model with a price at that moment')
    .argument('[filter]', 'part of a model or provider name')
    .action(async (filter: string | undefined, options: PricesOptions) => {
      const { listSheet } = await import('./prices/list.ts')
      await print(await listSheet(io, { filter, at: at(options), pricing: options.pricing ?? [] }), options)
    })
  add('show', "one model's price history", { at: false })
    .argument('<model>', 'id or alias')
    .action(async (model: string, options: PricesOptions) => {
      const { showSheet } = await import('./prices/show.ts')
      await print(await showSheet(io, { model, pricing: options.pricing ?? [] }), options)
    })
  add('lint', 'look for what has gone wrong in other catalogues', { at: false, pricing: false })
    .argument('[book...]', 'versions or files (default: every bundled book)')
    .action(async (books: string[], options: PricesOptions) => {
      const { lintSheet } = await import('./prices/lint.ts')
      await print(await lintSheet(io, books), options)
    })
  add('diff', 'what changed between two books', { at: false, pricing: false })
    .argument('<a>', 'version or file')
    .argument('<b>', 'version or file')
    .action(async (a: string, b: string, options: PricesOptions) => {
      const { diffSheet } = await import('./prices/diff.ts')
      await print(await diffSheet(io, a, b), options)
    })
  add('age', 'how long ago prices were reviewed, by provider').action(async (options: PricesOptions) => {
    const { ageSheet } = await import('./prices/age.ts')
    await print(await ageSheet(io, { at: at(options), pricing: options.pricing ?? [] }), options)
  })
  return prices
}
