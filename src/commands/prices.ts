import { Command } from 'commander'
import type { Io } from '../io.ts'
import { type FormatOf, formatsOf } from '../report/index.ts'
import type { Sheet } from '../report/sheet.ts'
import { renderSheet } from '../report/sheet.ts'
import { described } from './flags/described.ts'
import * as common from './flags/options.ts'

interface PricesOptions extends common.CommonOptions {
  readonly format: FormatOf<'sheet'>
  readonly pricing?: string[]
  readonly at?: string
}

/** `dsprice prices`: look into a price book. */
export const pricesCommand = (io: Io): Command => {
  const prices = new Command('prices')
  const add = (
    name: string,
    summary: string,
    { examples, at = true, pricing = true }: { examples: readonly string[]; at?: boolean; pricing?: boolean },
  ): Command => {
    const command = new Command(name).summary(summary).description(described(summary, examples))
    if (pricing) common.addPricingOption(command)
    if (at) common.addAtOption(command)
    prices.addCommand(
      common.addReportOptions(command, formatsOf('sheet')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT),
    )
    return command
  }
  const print = async (sheet: Sheet, options: PricesOptions): Promise<void> => {
    const text = await renderSheet(sheet, common.formatOf(options), await common.renderOptions(io, options))
    await common.deliver(io, text, options.output)
  }
  const at = (options: PricesOptions): string => common.checkAt(options.at) ?? io.today()
  add('list', 'every model with a price at that moment', {
    examples: ['dsprice prices list deepseek', 'dsprice prices list gpt --at 2026-10-01T02:00Z'],
  })
    .argument('[filter]', 'part of a model or provider name')
    .action(async (filter: string | undefined, options: PricesOptions) => {
      const { listSheet } = await import('./prices/list.ts')
      await print(await listSheet(io, { filter, at: at(options), pricing: options.pricing ?? [] }), options)
    })
  add('show', "one model's price history", {
    examples: ['dsprice prices show deepseek-v4-pro', 'dsprice prices show claude-opus-4.7 --json'],
    at: false,
  })
    .argument('<model>', 'id or alias')
    .action(async (model: string, options: PricesOptions) => {
      const { showSheet } = await import('./prices/show.ts')
      await print(await showSheet(io, { model, pricing: options.pricing ?? [] }), options)
    })
  add('lint', 'look for what has gone wrong in other catalogues', {
    examples: ['dsprice prices lint', 'dsprice prices lint mine.json'],
    at: false,
    pricing: false,
  })
    .argument('[book...]', 'versions or files (default: every bundled book)')
    .action(async (books: string[], options: PricesOptions) => {
      const { lintSheet } = await import('./prices/lint.ts')
      await print(await lintSheet(io, books), options)
    })
  add('diff', 'what changed between two books', {
    examples: ['dsprice prices diff 2026-05-15 2026-11-23', 'dsprice prices diff 2026-11-23 mine.json'],
    at: false,
    pricing: false,
  })
    .argument('<a>', 'version or file')
    .argument('<b>', 'version or file')
    .action(async (a: string, b: string, options: PricesOptions) => {
      const { diffSheet } = await import('./prices/diff.ts')
      await print(await diffSheet(io, a, b), options)
    })
  add('age', 'how long ago prices were reviewed, by provider', {
    examples: ['dsprice prices age', 'dsprice prices age --at 2027-03-01 --json'],
  }).action(async (options: PricesOptions) => {
    const { ageSheet } = await import('./prices/age.ts')
    await print(await ageSheet(io, { at: at(options), pricing: options.pricing ?? [] }), options)
  })
  add('gpus', 'what GPU-hours are sold for, from the cluster book', {
    examples: ['dsprice prices gpus h100', 'dsprice prices gpus lambda --json'],
    at: false,
    pricing: false,
  })
    .argument('[filter]', 'a GPU, or part of a provider')
    .action(async (filter: string | undefined, options: PricesOptions) => {
      const { gpusSheet } = await import('./prices/gpus.ts')
      await print(gpusSheet(io, filter), options)
    })
  add('throughput', 'measured serving rates, from the cluster book', {
    examples: ['dsprice prices throughput h200', 'dsprice prices throughput v4-pro --format csv'],
    at: false,
    pricing: false,
  })
    .argument('[filter]', 'part of a row, model, GPU or engine')
    .action(async (filter: string | undefined, options: PricesOptions) => {
      const { throughputSheet } = await import('./prices/throughput.ts')
      await print(throughputSheet(io, filter), options)
    })
  return prices
}
