import { Command } from 'commander'
import { resolveName } from '../cost/rates/price-at.ts'
import { InputError } from '../errors/index.ts'
import type { Io } from '../io.ts'
import { bundledVersions, hasCatalogue, missingModel, readBook } from '../load/book/book.ts'
import { readClusters } from '../load/book/clusters.ts'
import type { LoadedBook } from '../load/book/loaded-book.ts'
import { openBook } from '../load/book/open-book.ts'
import type { Sheet } from '../report/blocks/sheet.ts'
import { type FormatOf, formatsOf, renderSheet } from '../report/index.ts'
import { described } from './flags/described.ts'
import * as common from './flags/options.ts'

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
  readonly sheet: (io: Io, call: Call) => Promise<Sheet>
}

/** `dsprice prices`: queries price books. */
export const pricesCommand = (io: Io): Command => {
  const prices = new Command('prices')
  for (const row of ROWS) prices.addCommand(commandOf(row, io))
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
    const text = await renderSheet(made, common.formatOf(options), await common.renderOptions(io, options))
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

const lint = async (io: Io, { operands }: Call): Promise<Sheet> => {
  const { lintSheet } = await import('../report/sheets/lint.ts')
  const [{ lintFile }, { collectAll }] = await Promise.all([
    import('../load/book/lint-file.ts'),
    import('../load/scenario/drafts.ts'),
  ])
  const names = operands.length > 0 ? operands : bundledVersions(io)
  return lintSheet(await collectAll(names, async name => ({ name, book: await lintFile(name, io) })))
}

const diff = async (io: Io, { operands: [a = '', b = ''] }: Call): Promise<Sheet> => {
  const [{ diffSheet }, { diffBooks }] = await Promise.all([
    import('../report/sheets/diff.ts'),
    import('../book/diff-books.ts'),
  ])
  const [first, second] = [await readBook([a], io), await readBook([b], io)]
  return diffSheet(headsOf([a, first], [b, second]), diffBooks(first.book, second.book))
}

type Typed = readonly [typed: string, loaded: LoadedBook]

/** Headings for two books: the version, or the typed name of a layered one; both as typed if they would be equal. */
const headsOf = (a: Typed, b: Typed): readonly [string, string] => {
  const bookName = ([typed, { book, layers }]: Typed): string => (layers.length > 0 ? typed : book.version)
  return bookName(a) === bookName(b) && a[0] !== b[0] ? [a[0], b[0]] : [bookName(a), bookName(b)]
}

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
