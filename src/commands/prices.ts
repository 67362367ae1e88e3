import { Command } from 'commander'
import { resolveName } from '../cost/rates/price-at.ts'
import { InputError } from '../errors/index.ts'
import type { Io } from '../io.ts'
import { hasCatalogue, missingModel } from '../load/book/book.ts'
import { readClusters } from '../load/book/clusters.ts'
import { openBook } from '../load/book/open-book.ts'
import type { Warning } from '../model/result/result.ts'
import type { Sheet } from '../report/blocks/sheet.ts'
import { type FormatOf, formatsOf, renderSheet } from '../report/index.ts'
import { described } from './flags/described.ts'
import * as common from './flags/options.ts'
import { addCommand } from './prices/add.ts'
import { importCommand } from './prices/import.ts'

interface PricesOptions extends common.CommonOptions {
  readonly format: FormatOf<'sheet'>
  readonly pricing?: string[]
  readonly at?: string
  readonly catalogue?: boolean
}

/** The arguments of a subcommand of `prices`. */
interface Call {
  readonly operands: readonly string[]
  readonly pricing: readonly string[]
  readonly at: string
  /** Whether the models of the catalogue are meant too. */
  readonly catalogue: boolean
}

interface Row {
  readonly name: string
  readonly summary: string
  readonly examples: readonly string[]
  readonly operands: readonly (readonly [name: string, what: string])[]
  readonly flags: readonly ('pricing' | 'at' | 'catalogue')[]
  readonly sheet: (io: Io, call: Call) => Promise<Sheet | Answer>
}

/** A sheet with what is an error under `--strict`. */
interface Answer {
  readonly sheet: Sheet
  readonly warnings: readonly Warning[]
}

/** `dsprice prices`: queries price books. */
export const pricesCommand = (io: Io): Command => {
  const prices = new Command('prices')
  const sheets = ROWS.map(row => commandOf(row, io))
  // What makes a price file of one's own stands after what reads the book's.
  for (const command of [...sheets.slice(0, 2), addCommand(io), importCommand(io), ...sheets.slice(2)]) {
    prices.addCommand(command)
  }
  return prices
}

const commandOf = ({ name, summary, examples, operands, flags, sheet }: Row, io: Io): Command => {
  const command = new Command(name).summary(summary).description(described(summary, examples))
  for (const [operand, what] of operands) command.argument(operand, what)
  if (flags.includes('pricing')) common.addPricingOption(command)
  if (flags.includes('at')) common.addAtOption(command)
  if (flags.includes('catalogue')) command.option('--catalogue', common.CATALOGUE_TEXT)
  common.addReportOptions(command, formatsOf('sheet')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async () => {
    const options = command.opts<PricesOptions>()
    const { pricing = [], at, catalogue = false } = options
    const made = await sheet(io, { operands: command.args, pricing, at: common.checkAt(at) ?? io.today(), catalogue })
    const answer = 'sheet' in made ? made : { sheet: made, warnings: [] }
    // The sheet itself tells of them.
    common.heedWarnings(io, answer.warnings, { ...options, quiet: true })
    const text = await renderSheet(answer.sheet, common.formatOf(options), await common.renderOptions(io, options))
    await common.deliver(io, text, options.output)
  })
}

const list = async (io: Io, { operands: [filter], pricing, at, catalogue }: Call): Promise<Sheet> => {
  const { listSheet } = await import('../report/sheets/list.ts')
  const { book, ...rest } = await openBook(pricing, io, { names: catalogue ? null : [] })
  return listSheet(book, { filter, at, catalogue: rest.catalogue })
}

const show = async (io: Io, { operands: [name = ''], pricing }: Call): Promise<Sheet> => {
  const { showSheet } = await import('../report/sheets/show.ts')
  const priced = await openBook(pricing, io, { names: [name] })
  const found = resolveName(priced.book, name)
  const missing = missingModel(priced, name, io)
  if (!found || missing) throw new InputError(missing ? [missing] : [])
  return showSheet(priced.book, found.model, { name, rule: found.rule, catalogue: priced.catalogue })
}

const lint = async (io: Io, { operands }: Call): Promise<Answer> =>
  (await import('./prices/lint.ts')).lint(io, operands)

const diff = async (io: Io, { operands }: Call): Promise<Sheet> => (await import('./prices/diff.ts')).diff(io, operands)

const age = async (io: Io, { pricing, at }: Call): Promise<Sheet> => {
  const { ageSheet } = await import('../report/sheets/age.ts')
  const priced = await openBook(pricing, io, { names: [] })
  const { catalogueHead } = await import('../load/book/catalogue.ts')
  return ageSheet(priced.book, at, hasCatalogue(priced, io) ? catalogueHead(io) : null)
}

const gpus = async (io: Io, { operands: [filter] }: Call): Promise<Sheet> => {
  const { gpusSheet } = await import('../report/sheets/gpus.ts')
  return gpusSheet(readClusters(io), filter)
}

const throughput = async (io: Io, { operands: [filter] }: Call): Promise<Sheet> => {
  const { throughputSheet } = await import('../report/sheets/throughput.ts')
  return throughputSheet(readClusters(io), filter)
}

/** The subcommands of `prices`, one row each, in the order of the help page. */
const ROWS: readonly Row[] = [
  {
    name: 'list',
    summary: 'every model with a price at that moment',
    examples: ['dsprice prices list deepseek', 'dsprice prices list gpt --at 2026-10-01T02:00Z'],
    operands: [['[filter]', 'part of a model or provider name']],
    flags: ['pricing', 'at', 'catalogue'],
    sheet: list,
  },
  {
    name: 'show',
    summary: "one model's price history",
    examples: ['dsprice prices show deepseek-v4-pro', 'dsprice prices show claude-opus-4.7 --json'],
    operands: [['<model>', 'id, alias, or a name as an API or a cloud writes it']],
    flags: ['pricing'],
    sheet: show,
  },
  {
    name: 'lint',
    summary: 'find mistakes known from other price catalogues',
    examples: ['dsprice prices lint', 'dsprice prices lint mine.json'],
    operands: [['[book...]', 'versions or files (default: every bundled book)']],
    flags: [],
    sheet: lint,
  },
  {
    name: 'diff',
    summary: 'what changed between two books',
    examples: ['dsprice prices diff 2026-05-15 2026-11-23', 'dsprice prices diff 2026-11-23 mine.json'],
    operands: [
      ['<a>', 'version or file'],
      ['<b>', 'version or file'],
    ],
    flags: [],
    sheet: diff,
  },
  {
    name: 'age',
    summary: 'how long ago prices were reviewed, by provider',
    examples: ['dsprice prices age', 'dsprice prices age --at 2027-03-01 --json'],
    operands: [],
    flags: ['pricing', 'at'],
    sheet: age,
  },
  {
    name: 'gpus',
    summary: 'prices of GPU-hours, from the cluster book',
    examples: ['dsprice prices gpus h100', 'dsprice prices gpus lambda --json'],
    operands: [['[filter]', 'a GPU, or part of a provider']],
    flags: [],
    sheet: gpus,
  },
  {
    name: 'throughput',
    summary: 'measured serving rates, from the cluster book',
    examples: ['dsprice prices throughput h200', 'dsprice prices throughput v4-pro --format csv'],
    operands: [['[filter]', 'part of a row, model, GPU or engine']],
    flags: [],
    sheet: throughput,
  },
]
