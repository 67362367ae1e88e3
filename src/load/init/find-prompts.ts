import { basename, dirname, relative, resolve, sep } from 'node:path'
import { collectLater, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Left, Search } from '../../io.ts'
import { type Counter, countTools } from '../../tokens/index.ts'
import { readText } from '../files/read-text.ts'
import { TEXT_LIMIT } from '../files/text-files.ts'
import { parseTools } from '../scenario/tools.ts'

/** The files in a folder that a first scenario can use; paths as the user would write them. */
export interface FoundPrompts {
  readonly system: string | null
  readonly tools: string | null
  /** User messages, all in one folder. */
  readonly samples: readonly string[]
  /** Further system prompts, tool files and sample folders, which do not fit into a scenario of one workload. */
  readonly others: readonly string[]
  /** Prompt, tool and sample files that could not be priced. */
  readonly leftOut: readonly { readonly file: string; readonly problem: Problem }[]
  /** Paths skipped by the search. */
  readonly left: readonly Left[]
}

const SEARCH: Search = {
  skip: ['node_modules', 'bower_components', 'dist', 'build', 'vendor', 'venv', 'coverage'],
  depth: 6,
  hidden: 0,
  ignoreCase: true,
}

const NEVER = /^(readme|changelog|licen[cs]e|copying|contributing|code_of_conduct|security|notice)\b/i
const TEXT = /\.(md|txt)$/i
const TOOLS = /^(tools|functions).*\.json$/i
const PROMPT_FOLDER = /^prompts?$/i
const SAMPLE_FOLDERS = ['users', 'samples', 'inputs', 'messages', 'cases', 'examples']

/** File names of system prompts, the most specific first; `inPrompts`: only in a folder named for prompts. */
const SYSTEM_NAMES: readonly { readonly name: RegExp; readonly inPrompts?: boolean }[] = [
  { name: /^system([-_. ]?(prompt|message|instructions?))?\.(md|txt)$/i },
  { name: /^system.*\.(md|txt)$/i },
  { name: /\.system\.(md|txt)$/i },
  { name: /(^|[-_. ])(system|instructions?)([-_. ].*)?\.(md|txt)$/i, inPrompts: true },
  { name: /\.prompt\.(md|txt)$/i },
]

interface Named {
  readonly file: string
  /** Names of the folders down to the file, beginning with the folder that is searched. */
  readonly folders: readonly string[]
  readonly name: string
}

/** Checks a file as the scenario would read it. @throws {InputError} what is wrong with it */
type Check = (file: string) => Promise<void>

/**
 * Finds the prompts in a folder. A request has one system prompt, chosen by the most specific name (`system.md`, then
 * `system*`, `*.system.*`, instructions in `prompts/`, `*.prompt.*`), then the least depth, then alphabetically. The
 * tools file and the folder of samples are those that share the most folders with it.
 *
 * @param counter - loads the model's token counter; called only if there is text
 * @throws {InputError} NO_FOLDER, and whatever `counter` throws
 */
export const findPrompts = async (
  folder: string,
  { files, counter }: { files: Files; counter: () => Promise<Counter> },
): Promise<FoundPrompts> => {
  checkFolder(folder, files)
  const search = await files.glob('**/*.{md,txt,json}', folder, SEARCH)
  const all = search.files
    .map(({ path }) => placed(path, resolve(files.cwd, folder), files.cwd))
    .filter(({ name }) => !NEVER.test(name))
  const leftOut: { file: string; problem: Problem }[] = []
  const usable = async (candidates: readonly Named[], check: Check): Promise<Named[]> => {
    const good: Named[] = []
    for (const candidate of candidates) {
      const problem = await faultOf(candidate.file, check)
      if (problem) leftOut.push({ file: candidate.file, problem })
      else good.push(candidate)
    }
    return good
  }
  const asText: Check = async file => void (await counter()).count(readFull(file, files))
  const asTools: Check = async file => {
    const tools = parseTools(file, readFull(file, files))
    if (tools.length === 0) throw new InputError([problems.noTools(file)])
    countTools(tools, await counter(), null)
  }
  const messages = messagesOf(all)
  const [system, ...systems] = await usable(systemsOf(all, messages), asText)
  const home = system?.folders ?? []
  const [tools, ...moreTools] = await usable(nearest(all.filter(isTools), home), asTools)
  let samples: Named[] = []
  const moreSamples: string[] = []
  for (const group of nearest(groupsOf(messages), home)) {
    if (samples.length > 0) moreSamples.push(dirname(group.file))
    else samples = await usable(group.group, asText)
  }
  return {
    system: system?.file ?? null,
    tools: tools?.file ?? null,
    samples: samples.map(({ file }) => file),
    others: [...[...systems, ...moreTools].map(({ file }) => file), ...moreSamples],
    leftOut,
    left: search.left,
  }
}

/** @throws {InputError} NO_FOLDER */
const checkFolder = (folder: string, files: Files): void => {
  const kind = files.kind(folder)
  if (kind === 'folder') return
  throw new InputError([problems.noFolder(folder, kind === null ? 'it is not there' : 'it is a file')])
}

const placed = (file: string, root: string, cwd: string): Named => {
  const parts = relative(root, resolve(cwd, file)).split(sep)
  return { file, folders: [basename(root), ...parts.slice(0, -1)], name: parts.at(-1) ?? '' }
}

/** @throws {InputError} as `readText` does; EMPTY_FILE */
const readFull = (file: string, files: Files): string => {
  const text = readText(file, files, TEXT_LIMIT)
  if (text.trim() === '')
    throw new InputError([{ ...problems.emptyFile(file), fix: 'write its text, or take it away' }])
  return text
}

// NO_TOKENIZER concerns the model, not the file, so it ends the search.
const faultOf = async (file: string, check: Check): Promise<Problem | undefined> => {
  const faults: Problem[] = []
  await collectLater(faults, () => check(file))
  if (faults.some(({ code }) => code === 'NO_TOKENIZER')) throw new InputError(faults)
  return faults[0]
}

const inPrompts = (folders: readonly string[]): boolean => folders.some(name => PROMPT_FOLDER.test(name))

const systemsOf = (all: readonly Named[], messages: readonly Named[]): Named[] => {
  const apart = new Set(messages)
  const ranked = all.filter(one => !apart.has(one)).map(one => ({ one, rank: rankOf(one) }))
  return ranked
    .filter(({ rank }) => rank >= 0)
    .sort(
      (a, b) => a.rank - b.rank || a.one.folders.length - b.one.folders.length || (a.one.file < b.one.file ? -1 : 1),
    )
    .map(({ one }) => one)
}

const rankOf = ({ name, folders }: Named): number =>
  SYSTEM_NAMES.findIndex(row => row.name.test(name) && (!row.inPrompts || inPrompts(folders)))

const isTools = ({ name }: Named): boolean => TOOLS.test(name)

const folderRank = ({ folders }: Named): number =>
  folders.length > 1 ? SAMPLE_FOLDERS.indexOf((folders.at(-1) ?? '').toLowerCase()) : -1

/** Text files in a folder named for messages that is at the top, below a prompts folder or beside a prompt. */
const messagesOf = (all: readonly Named[]): Named[] => {
  const isNamed = (one: Named): boolean => TEXT.test(one.name) && folderRank(one) >= 0
  const prompts = all.filter(one => !isNamed(one) && (rankOf(one) >= 0 || isTools(one)))
  const homes = new Set(prompts.map(({ file }) => dirname(file)))
  return all
    .filter(isNamed)
    .filter(
      ({ file, folders }) =>
        folders.length === 2 || inPrompts(folders.slice(0, -1)) || homes.has(dirname(dirname(file))),
    )
}

/** Text files by folder: its .txt files or, if there are none, its .md files. */
const groupsOf = (messages: readonly Named[]): (Named & { readonly group: readonly Named[] })[] => {
  const groups = new Map<string, Named[]>()
  for (const one of messages) {
    const folder = dirname(one.file)
    groups.set(folder, [...(groups.get(folder) ?? []), one])
  }
  return [...groups.values()].flatMap(found => {
    const plain = found.filter(({ name }) => name.endsWith('.txt'))
    const group = plain.length > 0 ? plain : found
    return group[0] ? [{ ...group[0], group }] : []
  })
}

/** Sorts by folders shared with `home`, the most first, then by kind, depth and name. */
const nearest = <T extends Named>(found: readonly T[], home: readonly string[]): T[] => {
  const shared = ({ folders }: Named): number => {
    const apart = home.findIndex((name, i) => folders[i] !== name)
    return apart < 0 ? home.length : apart
  }
  return [...found].sort(
    (a, b) =>
      shared(b) - shared(a) ||
      folderRank(a) - folderRank(b) ||
      a.folders.length - b.folders.length ||
      (a.file < b.file ? -1 : 1),
  )
}
