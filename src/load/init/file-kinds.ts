import { dirname } from 'node:path'
import type { NamedFile } from './named-files.ts'

/** What files are for, by their names and folders alone. */

const TEXT = /\.(md|txt)$/i
const TOOLS = /^(?:(?:tools|functions).*|(?:.*[-_. ])?(?:tools?|functions?)(?:[-_. ].*)?)\.json$/i
const CHATS =
  /^(.*[-_. ])?(few[-_ ]?shots?|shots|examples?|messages|chats?|conversations?|dialogu?es?)([-_. ].*)?\.jsonl?$/i
const PROMPTFOO = /^promptfooconfig\.ya?ml$/i
const SAMPLE_FOLDERS = ['users', 'samples', 'inputs', 'messages', 'cases', 'examples']
const KNOWLEDGE = /^(context|kb|knowledge([-_ ]?base)?|rag|corpus|passages|retrieval)$/i
/** Folders of documents that are retrieved only where they lie beside a prompt, or below a folder named for it. */
const DOCUMENTS = /^(docs|documents)$/i
const PROMPT_FOLDER = /^(prompts?|agents?|chatmodes)$/i

/** What a system prompt's name says. The rows are in order: the most specific name first. */
interface PromptName {
  readonly name: RegExp
  /** Only in a folder named for prompts or agents. */
  readonly inPrompts?: boolean
  /** The instructions of a coding agent: many calls to a conversation, which is sent again. */
  readonly coding?: boolean
}

const PROMPT_NAMES: readonly PromptName[] = [
  { name: /^(?:system(?:[-_. ]?(?:prompt|message|instructions?))?|prompt)\.(?:md|txt)$/i },
  { name: /^system[-_. ]?(.*?)\.(?:md|txt)$/i },
  { name: /^(.+)\.system\.(?:md|txt)$/i },
  { name: /^(?:(.+)[-_. ])?(?:system|instructions?)(?:[-_. ].*)?\.(?:md|txt)$/i, inPrompts: true },
  { name: /^(.+)\.prompt\.(?:md|txt)$/i },
  { name: /^(.+)\.(?:agent|chatmode)\.md$/i, coding: true },
  { name: /^(?:agents|claude|gemini|copilot-instructions)\.md$/i, coding: true },
]

/** The rows' places that decide something. */
const VARIANT = 1
export const INSTRUCTIONS = PROMPT_NAMES.length - 1
/** Any text that lies in a folder named for prompts or agents: the least specific name. */
export const UNNAMED = PROMPT_NAMES.length

/** A file that may be a system prompt. */
export interface PromptFile extends NamedFile {
  /** Place of its name among the kinds, the most specific first. */
  readonly rank: number
  /** What tells it from other prompts of its folder; empty: it is the folder's own. */
  readonly stem: string
  readonly coding: boolean
}

/** Messages of a template that is filled in, rather than what a request begins with. */
const NOT_SYSTEM = /^(user|human|assistant|input|message|question)s?$/i

const inPrompts = (folders: readonly string[]): boolean => folders.some(name => PROMPT_FOLDER.test(name))

/** A file as a system prompt; `null`: its name does not say so. */
export const asPrompt = (file: NamedFile): PromptFile | null => {
  const { name, folders } = file
  const rank = PROMPT_NAMES.findIndex(row => row.name.test(name) && (!row.inPrompts || inPrompts(folders)))
  const row = PROMPT_NAMES[rank]
  if (row) {
    const stem = rank === INSTRUCTIONS ? '' : (row.name.exec(name)?.[1] ?? '')
    return NOT_SYSTEM.test(stem) ? null : { ...file, rank, stem, coding: row.coding ?? false }
  }
  if (!TEXT.test(name) || !PROMPT_FOLDER.test(folders.at(-1) ?? '')) return null
  const stem = name.replace(TEXT, '')
  return NOT_SYSTEM.test(stem) ? null : { ...file, rank: UNNAMED, stem, coding: folders.includes('.claude') }
}

/** Whether a prompt is another version of its folder's own: `system-long.md` beside `system.md`. */
export const isVariant = ({ rank }: PromptFile): boolean => rank === VARIANT

export const isTools = ({ name }: NamedFile): boolean => TOOLS.test(name)
export const isChat = ({ name }: NamedFile): boolean => CHATS.test(name) && !TOOLS.test(name)
export const isPromptfoo = ({ name }: NamedFile): boolean => PROMPTFOO.test(name)

export const folderRank = ({ folders }: NamedFile): number =>
  folders.length > 1 ? SAMPLE_FOLDERS.indexOf((folders.at(-1) ?? '').toLowerCase()) : -1

/** Text files in a folder named for messages that is at the top, below a prompts folder or beside a prompt. */
export const messagesIn = (all: readonly NamedFile[]): NamedFile[] => {
  const isNamed = (one: NamedFile): boolean => TEXT.test(one.name) && folderRank(one) >= 0
  const homes = homesIn(all.filter(one => !isNamed(one)))
  return all
    .filter(isNamed)
    .filter(
      ({ file, folders }) =>
        folders.length === 2 || inPrompts(folders.slice(0, -1)) || homes.has(dirname(dirname(file))),
    )
}

/** Folders that have a prompt or tools. */
const homesIn = (all: readonly NamedFile[]): Set<string> =>
  new Set(all.filter(one => asPrompt(one) !== null || isTools(one)).map(({ file }) => dirname(file)))

/** A folder of documents that passages may be retrieved from. */
export interface DocumentFolder extends NamedFile {
  readonly documents: readonly NamedFile[]
}

/** The outermost folders that are named for documents, with the files in them. */
export const documentsIn = (all: readonly NamedFile[]): DocumentFolder[] => {
  const homes = homesIn(all)
  const found = new Map<string, DocumentFolder & { readonly documents: NamedFile[] }>()
  for (const one of all) {
    const below = one.folders.slice(1)
    const depth = below.findIndex(
      (name, i) => KNOWLEDGE.test(name) || (DOCUMENTS.test(name) && besidePrompt(one, below.length - i, homes)),
    )
    if (depth < 0 || asPrompt(one) !== null || isTools(one)) continue
    let folder = one.file
    for (let i = below.length - depth; i > 0; i--) folder = dirname(folder)
    const about = { file: folder, folders: one.folders.slice(0, depth + 1), name: below[depth] ?? '' }
    const known = found.get(folder) ?? { ...about, documents: [] }
    known.documents.push(one)
    found.set(folder, known)
  }
  return [...found.values()]
}

/** Whether the folder `up` levels above a file's name lies beside a prompt that is not at the top. */
const besidePrompt = ({ file, folders }: NamedFile, up: number, homes: ReadonlySet<string>): boolean => {
  let home = file
  for (let i = up + 1; i > 0; i--) home = dirname(home)
  return folders.length - up > 1 && homes.has(home)
}
