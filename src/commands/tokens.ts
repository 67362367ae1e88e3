import { Command } from 'commander'
import { findModel } from '../cost/rates/price-at.ts'
import { toolsNotCounted } from '../cost/result/notes/tool-notes.ts'
import { collect, faultsOf, InputError, type Problem, problems } from '../errors/index.ts'
import type { Io } from '../io.ts'
import { missingModel } from '../load/book/book.ts'
import { openBook } from '../load/book/open-book.ts'
import { leftWarnings } from '../load/files/left-warnings.ts'
import { readText } from '../load/files/read-text.ts'
import { type NamedText, readTexts, TEXT_LIMIT } from '../load/files/text-files.ts'
import { requireCounter } from '../load/scenario/counter.ts'
import type { Warning } from '../model/result/result.ts'
import type { Template } from '../model/scenario/counted.ts'
import { type FormatOf, formatsOf, renderSheet } from '../report/index.ts'
import { type CountedText, tokensSheet } from '../report/sheets/tokens.ts'
import { type Counter, countTools, findTemplate, isTokenizer, tokenizerOf, tokenizersFor } from '../tokens/index.ts'
import * as common from './flags/options.ts'

interface TokensOptions extends common.CommonOptions {
  readonly format: FormatOf<'sheet'>
  readonly model?: string
  readonly tools?: string[]
  readonly pricing?: string[]
}

/** `dsprice tokens`: token counts per file and in total, exact or estimated. */
export const tokensCommand = (io: Io): Command => {
  const command = new Command('tokens')
    .argument('[file...]', 'text files or globs; - is stdin')
    .option('--model <name>', 'the model whose tokens are counted, or the name of a tokenizer')
    .option('--tools <file>', 'tool definitions as JSON, in the form of any API; repeatable', common.gather)
  common
    .addReportOptions(common.addPricingOption(command), formatsOf('sheet'))
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (names: string[], options: TokensOptions) => {
    const { tools = [] } = options
    if (names.length + tools.length === 0) {
      throw new InputError([
        problems.usage('tokens needs files', 'write dsprice tokens prompt.md --model deepseek-v4-pro'),
      ])
    }
    const means = await meansOf(io, options)
    const { texts, left } = await readTexts(names, io)
    const definitions = await countToolFiles(tools, io, means)
    const counted = [...countTexts(texts, means.counter), ...definitions]
    const sheet = tokensSheet({ ...means, counted })
    const text = await renderSheet(sheet, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(
      io,
      [
        ...leftWarnings(left),
        ...texts.flatMap(({ file, text }) => (text === '' ? [emptyText(file)] : [])),
        ...definitions.flatMap(builtInWarnings),
      ],
      options,
    )
    await common.deliver(io, text, options.output)
  })
}

interface Means {
  readonly model: string
  /** The model's id; `null`: only a tokenizer was named. */
  readonly id: string | null
  readonly counter: Counter
  readonly template: Template | null
}

/** @throws {InputError} USAGE without a model, UNKNOWN_MODEL, NO_TOKENIZER */
const meansOf = async (io: Io, { model: name, pricing = [] }: TokensOptions): Promise<Means> => {
  if (name === undefined) {
    throw new InputError([
      problems.usage('tokens differ from model to model: name one', 'write --model deepseek-v4-pro'),
    ])
  }
  const priced = await openBook(pricing, io, { names: isTokenizer(name) ? [] : [name] })
  const model = findModel(priced.book, name)
  const missing = model || isTokenizer(name) ? null : missingModel(priced, name, io)
  if (missing) {
    const names = await tokenizersFor(name)
    const counts = names.length === 1 ? `count it with --model ${names[0]}` : `or name a tokenizer: ${names.join(', ')}`
    throw new InputError([
      { ...missing, fix: names.length === 1 ? `${counts}; ${missing.fix}` : `${missing.fix}; ${counts}` },
    ])
  }
  const counter = await requireCounter(model ? tokenizerOf(model) : name, name, {
    shipped: io.shipped,
    refuse: problems.noCount,
  })
  return {
    model: model?.id ?? name,
    id: model?.id ?? null,
    counter,
    template: findTemplate(model?.chat_template),
  }
}

const countTexts = (texts: readonly NamedText[], counter: Counter): CountedText[] => {
  const faults: Problem[] = []
  const counted = texts.flatMap(({ file, text }) => {
    try {
      const exact = counter.estimation === null
      return [{ file, kind: 'text' as const, characters: [...text].length, exact, ...counter.count(text) }]
    } catch (error) {
      faults.push(
        ...faultsOf(error).map(problem => ({ ...problem, what: `${JSON.stringify(file)} has ${problem.what}` })),
      )
      return []
    }
  })
  if (faults.length > 0) throw new InputError(faults)
  return counted
}

const countToolFiles = async (
  names: readonly string[],
  io: Io,
  { counter, template, id: model }: Means,
): Promise<CountedText[]> => {
  if (names.length === 0) return []
  const { readTools } = await import('../load/tools/read-tools.ts')
  const faults: Problem[] = []
  const counted = names.flatMap(
    file =>
      collect(faults, (): CountedText => {
        const text = readText(file, io, TEXT_LIMIT)
        const { tools, builtIn } = readTools(file, text)
        const count = countTools(tools, { counter, template, model })
        return { file, kind: 'tools', characters: [...text].length, ...count, not_counted: builtIn }
      }) ?? [],
  )
  if (faults.length > 0) throw new InputError(faults)
  return counted
}

const builtInWarnings = ({ file, not_counted: names = [] }: CountedText): Warning[] =>
  names.length === 0 ? [] : [{ ...toolsNotCounted(file, names), at: file }]

const emptyText = (file: string): Warning => ({
  code: 'EMPTY_TEXT',
  what: `${JSON.stringify(file)} is empty: it has no tokens`,
  fix: 'check that it is the right file',
  at: file,
})
