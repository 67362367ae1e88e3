import { collect, collectLater, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Counter } from '../../tokens/index.ts'
import { sentOf } from '../contents/front-matter.ts'
import { readConversation } from '../contents/read-conversation.ts'
import { readText } from '../files/read-text.ts'
import { TEXT_LIMIT } from '../files/text-files.ts'
import { sampleOf } from '../lengths/read-length.ts'
import { readTools } from '../tools/read-tools.ts'
import { type Alike, findAlike } from './find-alike.ts'
import type { NamedFile } from './named-files.ts'
import { type Message, readMessages } from './read-messages.ts'
import { readPromptfoo } from './read-promptfoo.ts'
import { wholeMean } from './whole-mean.ts'

/** A text of a prompt. */
export interface FoundText {
  readonly file: string
  /** Tokens of the part that is sent; `null`: the whole file is. */
  readonly tokens: number | null
  /** Why only a part is sent. */
  readonly part: 'placeholder' | null
}

/** Tool definitions. */
export interface FoundTools {
  readonly file: string
  /** Tools of the provider's own, which have no definition to count. */
  readonly builtIn: readonly string[]
}

/** Chat messages. */
export interface FoundMessages {
  readonly file: string
  readonly count: number
  readonly tokens: number
  /** Whether a scenario can name the file: it is one conversation, without pictures. */
  readonly readable: boolean
}

/** Mean tokens that are new in a call. */
export interface Mean {
  readonly file: string
  readonly kind: 'tests' | 'conversations'
  readonly count: number
  readonly tokens: number
  /** Mean user messages of a conversation. */
  readonly turns: number
  /** Tokens that the system messages of all conversations, and their user messages, begin with alike. */
  readonly alike: { readonly system: number; readonly user: number }
}

/** A chat file. */
export interface FoundChat extends FoundMessages {
  /** Whether its messages are probably sent with every request. */
  readonly every: boolean
  readonly mean: Mean
}

/** Reads files as prompts of one model. A file that cannot be used is named in `leftOut`. */
export interface Checks {
  readonly leftOut: readonly { readonly file: string; readonly problem: Problem }[]
  /** A system prompt. */
  text(file: string): Promise<FoundText | null>
  /** Those of the files that are texts. */
  texts(names: readonly string[]): Promise<string[]>
  /** What texts that can be used begin with alike. */
  alike(names: readonly string[]): Promise<Alike | null>
  tools(file: string): Promise<FoundTools | null>
  chats(names: readonly string[]): Promise<FoundChat[]>
  /** The prompt of a promptfoo configuration. */
  promptfoo(file: string): Promise<FoundText | null>
  /** Its tests, if it is about that prompt. */
  tests(file: string, system: string | null): Promise<{ readonly file: string; readonly mean: Mean } | null>
}

/** Chat files that are read for one agent. */
const MOST_CHATS = 20

/** How the texts of a model are read and counted. */
export interface Means {
  readonly files: Files
  /** Loads the model's token counter; called only if there is text. */
  readonly counter: () => Promise<Counter>
}

/** @param all - the files found: a configuration may name no other */
export const openChecks = (all: readonly NamedFile[], { files, counter }: Means): Checks => {
  const leftOut: { file: string; problem: Problem }[] = []
  const names = new Set(all.map(({ file }) => file))
  /** Each file is read and reported once. */
  const kept = new Map<string, unknown>()
  const once = async <T>(kind: string, file: string, work: (text: string) => Promise<T>): Promise<T | null> => {
    const key = JSON.stringify([kind, file])
    if (!kept.has(key)) kept.set(key, await attempt(file, async () => work(readFull(file, files)), leftOut))
    refuse()
    return kept.get(key) as T | null
  }
  const { load, count, refuse } = countingBy(counter)
  const alike: FindAlike = async texts => (texts.length < 2 ? null : findAlike(texts, await load()))
  const inFolder = (path: string): string | null => (names.has(path) ? readFull(path, files) : null)
  const configured = (file: string) => once('promptfoo', file, async text => readPromptfoo(file, text, inFolder))
  return {
    leftOut,
    text: file => once('text', file, text => toText(file, text, count)),
    texts: async given => {
      const good: string[] = []
      for (const file of given) if ((await once('sample', file, async text => count(text))) !== null) good.push(file)
      return good
    },
    alike: given => alike(given.map(file => sampleOf({ file, text: readFull(file, files) }).text)),
    tools: file => once('tools', file, text => toTools(file, text, count)),
    chats: async given => {
      const good: FoundChat[] = []
      for (const file of given.slice(0, MOST_CHATS)) {
        const chat = await once('chat', file, text => toChat(file, text, { count, alike }))
        if (chat) good.push(chat)
      }
      return good
    },
    promptfoo: async file => {
      const read = await configured(file)
      if (!read) return null
      return { file: read.promptFile ?? file, tokens: await count(read.before), part: 'placeholder' }
    },
    tests: async (file, system) => {
      const read = await configured(file)
      if (!read || (read.promptFile ?? file) !== system || read.tests === 0) return null
      const tokens = await meanOf(read.filled, count)
      return { file, mean: { file, kind: 'tests', count: read.tests, tokens, turns: 1, alike: NONE } }
    },
  }
}

/**
 * Counts texts. Without a counter no file can be used: that concerns the model, not the file.
 *
 * @returns also what ends the search if there is no counter
 */
const countingBy = (
  counter: Means['counter'],
): { readonly load: Means['counter']; readonly count: Count; refuse(): void } => {
  let broken: unknown
  const load = async (): Promise<Counter> => {
    try {
      return await counter()
    } catch (error) {
      broken = error
      throw error
    }
  }
  return {
    load,
    count: async text => (text === '' ? 0 : (await load()).count(text).tokens),
    refuse: () => {
      if (broken !== undefined) throw broken
    },
  }
}

/** Runs a check. */
const attempt = async <T>(
  file: string,
  check: () => Promise<T>,
  leftOut: { file: string; problem: Problem }[],
): Promise<T | null> => {
  const faults: Problem[] = []
  const found = await collectLater(faults, check)
  const [problem] = faults
  if (problem) leftOut.push({ file, problem })
  return found ?? null
}

/** @throws {InputError} as `readText` does; EMPTY_FILE */
const readFull = (file: string, files: Files): string => notBlank(file, readText(file, files, TEXT_LIMIT))

const notBlank = (file: string, text: string): string => {
  if (text.trim() !== '') return text
  throw new InputError([{ ...problems.emptyFile(file), fix: 'write its text, or take it away' }])
}

type Count = (text: string) => Promise<number>
type FindAlike = (texts: readonly string[]) => Promise<Alike | null>

const NONE: Mean['alike'] = { system: 0, user: 0 }

const toText = async (file: string, text: string, count: Count): Promise<FoundText> => {
  await count(notBlank(file, sentOf(file, text)))
  return { file, tokens: null, part: null }
}

/** @throws {InputError} as `readTools` does; NO_TOOLS; NO_TOKENIZER if they cannot be counted */
const toTools = async (file: string, text: string, count: Count): Promise<FoundTools> => {
  const { tools, builtIn } = readTools(file, text)
  if (tools.length + builtIn.length === 0) throw new InputError([problems.noTools(file)])
  await count(text)
  return { file, builtIn }
}

/** The most messages that anybody would send with every request. */
const MOST_FEW = 20

const toChat = async (
  file: string,
  text: string,
  { count, alike }: { readonly count: Count; readonly alike: FindAlike },
): Promise<FoundChat> => {
  const { conversations } = readMessages(file, text)
  const messages = conversations.flat()
  const users = conversations.map(one => one.filter(({ role }) => role === 'user'))
  const turns = users.reduce((sum, one) => sum + one.length, 0)
  const asked = users.flat().map(one => one.text)
  const [system, user] = [await alike(conversations.map(systemIn)), await alike(asked)]
  const few = /few|shot|example/i.test(file.slice(file.lastIndexOf('/') + 1))
  return {
    file,
    count: messages.length,
    tokens: await count(textOf(messages)),
    readable: isReadable(file, text),
    every: few && messages.length <= MOST_FEW,
    mean: {
      ...{ file, kind: 'conversations', count: conversations.length },
      tokens: user?.rest ?? (await meanOf(asked, count)),
      alike: { system: system?.tokens ?? 0, user: user?.tokens ?? 0 },
      turns: Math.max(1, wholeMean(turns, conversations.length)),
    },
  }
}

const systemIn = (conversation: readonly Message[]): string =>
  textOf(conversation.filter(({ role }) => role === 'system'))

/** Pictures are left to the user: the next model to be compared may have no rule for them. */
const isReadable = (file: string, text: string): boolean => {
  const read = collect([], () => readConversation(file, text))
  return read?.conversation.messages.every(({ contents }) => contents.every(({ kind }) => kind !== 'image')) ?? false
}

const textOf = (messages: readonly Message[]): string => messages.map(({ text }) => text).join('\n')

/** Mean tokens of texts, to the nearest token; 0 for none. */
const meanOf = async (texts: readonly string[], count: Count): Promise<number> => {
  let total = 0
  for (const text of texts) total += await count(text)
  return texts.length === 0 ? 0 : wholeMean(total, texts.length)
}
