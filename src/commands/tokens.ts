import { Command, Option } from 'commander'
import { toolsNotCounted } from '../cost/result/notes/tool-notes.ts'
import { collect, InputError, type Problem, problems } from '../errors/index.ts'
import type { Io } from '../io.ts'
import type { Split } from '../load/book/own-tokenizer.ts'
import { leftWarnings } from '../load/files/left-warnings.ts'
import { readText } from '../load/files/read-text.ts'
import { TEXT_LIMIT } from '../load/files/text-files.ts'
import { contentNotes } from '../load/lengths/content-notes.ts'
import { charactersIn } from '../load/lengths/count-file.ts'
import { type CountedFiles, countFiles, countTemplates } from '../load/lengths/count-files.ts'
import { countLength } from '../load/lengths/count-length.ts'
import { prefixOfFiles } from '../load/lengths/prefix-of-files.ts'
import { type Chat, chatOf } from '../load/lengths/read-length.ts'
import { collectAll } from '../load/scenario/drafts.ts'
import { type TypedMeans, typedMeans } from '../load/scenario/typed-means.ts'
import { SPLITS } from '../model/book/choices.ts'
import { distinct } from '../model/distinct.ts'
import type { Warning } from '../model/result/result.ts'
import type { ContentNote } from '../model/scenario/counted.ts'
import { type FormatOf, formatsOf, renderSheet } from '../report/index.ts'
import { prefixSheet } from '../report/sheets/prefix.ts'
import { type CountedText, tokensSheet } from '../report/sheets/tokens.ts'
import { countTools, coversRoles, imageRuleOf } from '../tokens/index.ts'
import * as common from './flags/options.ts'
import { megabytesInWords, showProgress } from './flags/progress.ts'

interface TokensOptions extends common.CommonOptions {
  readonly format: FormatOf<'sheet'>
  readonly model?: string
  readonly tools?: string[]
  readonly messages?: string[]
  readonly values?: string
  readonly tokenizer?: string
  readonly split?: Split
  readonly prefix?: boolean
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
    .option('--prefix', 'what the text files begin with alike, by tokens; two files or more')
  common
    .addReportOptions(common.addPricingOption(command), formatsOf('sheet'))
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (names: string[], options: TokensOptions) => {
    const { tools = [], messages = [] } = options
    if (names.length + tools.length + messages.length === 0) {
      throw new InputError([
        problems.usage('tokens needs files', 'write dsprice tokens prompt.md --model deepseek-v4-pro'),
      ])
    }
    const means = await typedMeans({ ...options, pricing: options.pricing ?? [] }, io)
    if (options.prefix) return tellPrefix(io, means, { names, options })
    const { counted: texts, notes: textNotes, left } = await countNamed(io, means, { names, options })
    const chats = await countChats(messages, io, means)
    const definitions = await countToolFiles(tools, io, means)
    const counted = [...texts, ...definitions, ...chats.counted]
    const notes = distinct([...textNotes, ...chats.notes])
    const sheet = tokensSheet({ ...means, counted, contents: notes.filter(({ fix }) => fix === undefined) })
    const text = await renderSheet(sheet, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(
      io,
      [
        ...leftWarnings(left),
        ...texts.flatMap(({ file, characters }) => (characters === 0 ? [emptyText(file)] : [])),
        ...warningsIn(notes),
        ...[...definitions, ...chats.counted].flatMap(builtInWarnings),
      ],
      options,
    )
    await common.deliver(io, text, options.output)
  })
}

interface Asked {
  readonly names: readonly string[]
  readonly options: TokensOptions
}

/** The text files, with the progress of large ones. */
const countNamed = async (io: Io, { counter }: TypedMeans, { names, options }: Asked): Promise<CountedFiles> => {
  const { values } = options
  if (values !== undefined) return countTemplates(names, io, { counter, values })
  const { tell, clear } = showProgress(io, options, (done, all) => `${megabytesInWords(done, all)} counted`)
  try {
    return await countFiles(names, io, { counter, tell })
  } finally {
    clear()
  }
}

/** `--prefix`: what the files begin with alike. @throws {InputError} USAGE for files of other kinds */
const tellPrefix = async (io: Io, means: TypedMeans, { names, options }: Asked): Promise<void> => {
  if (options.tools || options.messages || options.values !== undefined) {
    throw new InputError([
      problems.usage('--prefix compares text files alone', 'leave out --tools, --messages and --values'),
    ])
  }
  const { files, prefix, notes, left } = await prefixOfFiles(names, io, means.counter)
  const sheet = prefixSheet({ ...means, files, prefix, contents: notes.filter(({ fix }) => fix === undefined) })
  const text = await renderSheet(sheet, common.formatOf(options), await common.renderOptions(io, options))
  common.heedWarnings(io, [...leftWarnings(left), ...warningsIn(notes)], options)
  await common.deliver(io, text, options.output)
}

const warningsIn = (notes: readonly ContentNote[]): Warning[] =>
  notes.flatMap(({ fix, path: _, at = null, ...one }) => (fix === undefined ? [] : [{ ...one, fix, at }]))

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
    return { chat, row: { file, kind: 'messages' as const, characters: charactersIn(text), ...count } }
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
        return { file, kind: 'tools', characters: charactersIn(text), ...count, not_counted: builtIn }
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
