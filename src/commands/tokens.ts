import { Command, Option } from 'commander'
import { toolsNotCounted } from '../cost/result/notes/tool-notes.ts'
import { collect, InputError, type Problem, problems } from '../errors/index.ts'
import type { Io } from '../io.ts'
import type { Split } from '../load/book/own-tokenizer.ts'
import { leftWarnings } from '../load/files/left-warnings.ts'
import { readText } from '../load/files/read-text.ts'
import { type NamedText, readTexts, TEXT_LIMIT } from '../load/files/text-files.ts'
import { contentNotes } from '../load/lengths/content-notes.ts'
import { countLength, countNamed } from '../load/lengths/count-length.ts'
import { type Chat, chatOf, frontMatter, sampleOf, templateOf } from '../load/lengths/read-length.ts'
import { collectAll } from '../load/scenario/drafts.ts'
import { type TypedMeans, typedMeans } from '../load/scenario/typed-means.ts'
import { SPLITS } from '../model/book/choices.ts'
import { distinct } from '../model/distinct.ts'
import type { Warning } from '../model/result/result.ts'
import type { ContentNote } from '../model/scenario/counted.ts'
import { type FormatOf, formatsOf, renderSheet } from '../report/index.ts'
import { type CountedText, tokensSheet } from '../report/sheets/tokens.ts'
import { type Counter, countTools, coversRoles, imageRuleOf } from '../tokens/index.ts'
import * as common from './flags/options.ts'

interface TokensOptions extends common.CommonOptions {
  readonly format: FormatOf<'sheet'>
  readonly model?: string
  readonly tools?: string[]
  readonly messages?: string[]
  readonly values?: string
  readonly tokenizer?: string
  readonly split?: Split
  readonly pricing?: string[]
}

/** `dsprice tokens`: token counts per file and in total, exact or estimated. */
export const tokensCommand = (io: Io): Command => {
  const command = new Command('tokens')
    .argument('[file...]', 'text files or globs; - is stdin')
    .option('--model <name>', 'the model whose tokens are counted, or the name of a tokenizer')
    .option('--tokenizer <file>', "its maker's tokenizer.json, tekken.json or *.tiktoken, instead of the model's own")
    .addOption(new Option('--split <name>', 'how a file of ranks (*.tiktoken) splits text').choices(SPLITS))
    .option('--tools <file>', 'tool definitions as JSON, in the form of any API; repeatable', common.gather)
    .option('--messages <file>', 'chat messages, JSON or JSON Lines; repeatable', common.gather)
    .option('--values <file>', 'YAML or JSON with a value for each {{placeholder}} of the text files')
  common
    .addReportOptions(common.addPricingOption(command), formatsOf('sheet'))
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (names: string[], options: TokensOptions) => {
    const { tools = [], messages = [], values } = options
    if (names.length + tools.length + messages.length === 0) {
      throw new InputError([
        problems.usage('tokens needs files', 'write dsprice tokens prompt.md --model deepseek-v4-pro'),
      ])
    }
    const means = await typedMeans({ ...options, pricing: options.pricing ?? [] }, io)
    const { texts, left } = await readTexts(names, io)
    const read = await readSamples(texts, values, io)
    const chats = await countChats(messages, io, means)
    const definitions = await countToolFiles(tools, io, means)
    const counted = [...countTexts(read, means.counter), ...definitions, ...chats.counted]
    const notes = distinct([...read.flatMap(one => one.notes), ...chats.notes])
    const sheet = tokensSheet({ ...means, counted, contents: notes.filter(({ fix }) => fix === undefined) })
    const text = await renderSheet(sheet, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(
      io,
      [
        ...leftWarnings(left),
        ...read.flatMap(({ file, text }) => (text === '' ? [emptyText(file)] : [])),
        ...notes.flatMap(({ fix, path: _, at = null, ...one }) => (fix === undefined ? [] : [{ ...one, fix, at }])),
        ...[...definitions, ...chats.counted].flatMap(builtInWarnings),
      ],
      options,
    )
    await common.deliver(io, text, options.output)
  })
}

/** A text as it is sent, and what is said about it. */
interface Sample extends NamedText {
  readonly notes: readonly ContentNote[]
}

const readSamples = async (texts: readonly NamedText[], values: string | undefined, io: Io): Promise<Sample[]> => {
  if (values === undefined) {
    const samples = texts.map(sampleOf)
    const stripped = samples.flatMap(({ name, before }) => (before === '' ? [] : [name]))
    return samples.map(({ name, text, notes }, i) => ({
      ...{ file: name, text },
      notes: i === 0 ? [...frontMatter(stripped), ...notes] : notes,
    }))
  }
  const given = { file: values, text: readText(values, io, TEXT_LIMIT) }
  return collectAll(texts, async one => {
    const { samples, notes } = await templateOf(one.file, one, given)
    // A value that this file leaves may be for another one.
    const own = texts.length === 1 ? notes : notes.filter(({ code }) => code !== 'VALUE_UNUSED')
    return { file: one.file, text: samples[0]?.text ?? '', notes: own }
  })
}

const countTexts = (texts: readonly Sample[], counter: Counter): CountedText[] => {
  const faults: Problem[] = []
  const exact = counter.estimation === null
  const counted = texts.flatMap(({ file, text }) => {
    const count = collect(faults, () => countNamed(file, () => counter.count(text)))
    return count ? [{ file, kind: 'text' as const, characters: [...text].length, exact, ...count }] : []
  })
  if (faults.length > 0) throw new InputError(faults)
  return counted
}

/** Conversations, each with what the chat template adds to its messages, and the rule of their pictures. */
const countChats = async (
  names: readonly string[],
  io: Io,
  means: TypedMeans,
): Promise<{ readonly counted: readonly CountedText[]; readonly notes: readonly ContentNote[] }> => {
  const images = () => imageRuleOf(means.model)
  const chats = await collectAll(names, async file => {
    const text = readText(file, io, TEXT_LIMIT)
    const chat = await chatOf({ file, text })
    const length = countLength([chat], { ...means, images, conversion: null }, { covered: isAlone(chat, means) })
    const parts = typeof length === 'number' ? [] : length.parts
    const add = (key: 'samples' | 'low' | 'high'): number =>
      parts.reduce((sum, part) => sum + ((part[key] ?? part.samples)[0] ?? 0), 0)
    const count = { tokens: add('samples'), low: add('low'), high: add('high'), exact: parts.every(one => one.exact) }
    return { chat, row: { file, kind: 'messages' as const, characters: [...text].length, ...count } }
  })
  return { counted: chats.map(({ row }) => row), notes: contentNotes([chats.map(({ chat }) => chat)], images) }
}

/** Whether the chat template covers the order of a conversation's messages. */
const isAlone = ({ conversation }: Chat, { template }: TypedMeans): boolean =>
  template === null ||
  coversRoles(
    template.name,
    conversation.messages.map(({ role }) => role),
  )

const countToolFiles = async (
  names: readonly string[],
  io: Io,
  { counter, template, id: model }: TypedMeans,
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
