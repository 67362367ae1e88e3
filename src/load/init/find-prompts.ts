import { basename, dirname, resolve } from 'node:path'
import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Left } from '../../io.ts'
import {
  type DocumentFolder,
  documentsIn,
  folderRank,
  isChat,
  isPromptfoo,
  isTools,
  messagesIn,
  type PromptFile,
} from './file-kinds.ts'
import type { Alike } from './find-alike.ts'
import { type Agent, CODING_AGENT, groupAgents, isFor, nameAgents } from './group-agents.ts'
import { type NamedFile, nearestFirst, searchFolder, simpleName } from './named-files.ts'
import {
  type Checks,
  type FoundMessages,
  type FoundText,
  type FoundTools,
  type Mean,
  type Means,
  openChecks,
} from './open-checks.ts'

/** The files of one agent that its first scenario can use; paths as the user would write them. */
export interface FoundAgent {
  /** What reports will call it; no two agents have one name. */
  readonly name: string
  /** Whether these are instructions of a coding agent, which calls a model many times for one task. */
  readonly coding: boolean
  readonly system: FoundText | null
  readonly tools: FoundTools | null
  /** Messages that are probably sent with every request. */
  readonly fewShot: FoundMessages | null
  /** User messages, all in one folder. */
  readonly samples: readonly string[]
  /** Tokens that samples or conversations begin with alike, and the mean of the samples' rests; `null`: few or none. */
  readonly alike: Alike | null
  /** What is new in a call, by chat files or tests; `null`: see `samples`. */
  readonly turn: Mean | null
  /** A folder of documents that passages may be retrieved from. */
  readonly context: { readonly file: string; readonly documents: number } | null
  /** Further files of its kinds, which do not fit into a scenario of one workload. */
  readonly others: readonly string[]
}

/** What a first scenario can use of a folder. */
export interface FoundPrompts {
  /** At least one: a folder without prompts is one agent of which nothing is known. */
  readonly agents: readonly FoundAgent[]
  /** Instructions of a coding agent, such as AGENTS.md, where there are other agents. */
  readonly kept: readonly FoundAgent[]
  /** How many agents beyond the limit were not looked at. */
  readonly more: number
  /** Prompt, tool and sample files that could not be priced. */
  readonly leftOut: readonly { readonly file: string; readonly problem: Problem }[]
  /** Paths skipped by the search. */
  readonly left: readonly Left[]
}

/** Agents that one run writes scenarios for. */
const MOST_AGENTS = 20

/**
 * Finds the prompts in a folder, agent by agent. Tools, messages and documents belong to the agents that they lie
 * nearest to, and of these to the one whose name they carry.
 *
 * @throws {InputError} NO_FOLDER, TOO_MANY_FILES, and whatever loading the counter throws
 */
export const findPrompts = async (folder: string, means: Means): Promise<FoundPrompts> => {
  const { files } = means
  checkFolder(folder, files)
  const { all, left } = await searchFolder(folder, files)
  const messages = messagesIn(all)
  const documents = documentsIn(all)
  const apart = new Set<NamedFile>([...messages, ...documents.flatMap(one => one.documents)])
  const checks = openChecks(all, means)
  const { agents, more } = await agentsIn(
    all.filter(one => !apart.has(one)),
    checks,
    simpleName(basename(resolve(files.cwd, folder))),
  )
  const found: FoundAgent[] = []
  // What lies beside the instructions of a coding agent is seldom for it.
  const others = agents.filter(one => one.name !== CODING_AGENT)
  const receivers = others.length > 0 ? others : agents
  const material: Material = { all, messages, documents, agents: receivers }
  for (const agent of agents) found.push(await fillAgent(agent, material, checks))
  const isKept = ({ coding, name }: FoundAgent): boolean => coding && name === CODING_AGENT && found.length > 1
  return {
    agents: found.filter(one => !isKept(one)),
    kept: found.filter(isKept),
    more,
    leftOut: checks.leftOut,
    left,
  }
}

/** @throws {InputError} NO_FOLDER */
const checkFolder = (folder: string, files: Files): void => {
  const kind = files.kind(folder)
  if (kind === 'folder') return
  throw new InputError([problems.noFolder(folder, kind === null ? 'it is not there' : 'it is a file')])
}

/** An agent with the first of its prompts that can be used. */
interface UsedAgent extends Agent {
  readonly name: string
  readonly system: FoundText | null
  /** Prompts that would do in its place. */
  readonly spare: readonly PromptFile[]
}

/** The agents whose prompts can be used, and how many more there may be. */
const agentsIn = async (
  all: readonly NamedFile[],
  checks: Checks,
  root: string,
): Promise<{ readonly agents: readonly UsedAgent[]; readonly more: number }> => {
  const grouped = groupAgents(all)
  const used: Omit<UsedAgent, 'name'>[] = []
  // The files of further agents are not read.
  let more = 0
  for (const agent of grouped) {
    if (used.length === MOST_AGENTS) {
      more += 1
      continue
    }
    const spare = [...agent.prompts]
    let system: FoundText | null = null
    for (let next = spare.shift(); next && !system; next = system ? undefined : spare.shift()) {
      system = await checks.text(next.file)
    }
    if (system) used.push({ ...agent, home: homeOf(agent, system.file), system, spare })
  }
  for (const file of all.filter(isPromptfoo).slice(0, MOST_AGENTS)) {
    const system = await checks.promptfoo(file.file)
    if (!system) continue
    const own = used.findIndex(one => one.system?.file === system.file)
    const known = used[own]
    // Of a prompt with placeholders only the beginning is the same in every request.
    if (known) used[own] = { ...known, system }
    else if (used.some(one => one.spare.some(spare => spare.file === system.file))) continue
    else if (used.length === MOST_AGENTS) more += 1
    else used.push({ stem: '', home: file.folders, prompts: [], coding: false, system, spare: [] })
  }
  if (used.length === 0) used.push({ stem: '', home: [], prompts: [], coding: false, system: null, spare: [] })
  const names = used.length === 1 ? [root || 'my-workload'] : nameAgents(used)
  return { agents: used.map((one, i) => ({ ...one, name: names[i] ?? root })), more }
}

const homeOf = ({ prompts, home }: Agent, file: string): readonly string[] =>
  prompts.find(one => one.file === file)?.folders ?? home

interface Material {
  readonly all: readonly NamedFile[]
  readonly messages: readonly NamedFile[]
  readonly documents: readonly DocumentFolder[]
  readonly agents: readonly UsedAgent[]
}

const fillAgent = async (agent: UsedAgent, material: Material, checks: Checks): Promise<FoundAgent> => {
  const { all, messages, documents, agents } = material
  const own = <T extends NamedFile>(found: readonly T[], rank?: (file: T) => number): T[] =>
    nearestFirst(
      found.filter(one => isFor(agent, one, agents)),
      agent.home,
      rank,
    )
  const others = agent.spare.map(({ file }) => file)
  /** The first that can be used; the rest are named. */
  const first = async <T extends { readonly file: string }, R>(
    found: readonly T[],
    use: (one: T) => Promise<R | null>,
  ): Promise<R | null> => {
    let taken: R | null = null
    for (const one of found) {
      if (taken !== null) others.push(one.file)
      else taken = await use(one)
    }
    return taken
  }
  const tools = await first(own(all.filter(isTools)), ({ file }) => checks.tools(file))
  const groups = own(groupsOf(messages), folderRank).map(group => ({ ...group, file: dirname(group.file) }))
  const samples = await first(groups, async ({ group }) => {
    const good = await checks.texts(group.map(({ file }) => file))
    return good.length > 0 ? good : null
  })
  const begun = samples === null ? null : await checks.alike(samples)
  const chats = await checks.chats(own(all.filter(isChat)).map(({ file }) => file))
  const fewShot = await first(
    chats.filter(one => one.every),
    async one => one,
  )
  const tests = await first(own(all.filter(isPromptfoo)), ({ file }) => checks.tests(file, agent.system?.file ?? null))
  const turn = await first([...(tests ? [tests] : []), ...chats.filter(one => !one.every)], async one =>
    samples ? null : one,
  )
  const context = await first(own(documents), async ({ file, documents: found }) => ({ file, documents: found.length }))
  return {
    ...{ name: agent.name, coding: agent.coding, system: agent.system, tools, fewShot },
    ...{ samples: samples ?? [], turn: turn?.mean ?? null, context, others },
    alike: begun ?? (turn && inConversations(turn.mean, agent.system !== null)),
  }
}

/** What conversations begin with alike; their system messages only where no other system prompt was found. */
const inConversations = ({ alike, tokens: rest }: Mean, hasSystem: boolean): Alike | null => {
  const tokens = (hasSystem ? 0 : alike.system) + alike.user
  return tokens === 0 ? null : { tokens, rest }
}

/** Text files by folder: its .txt files or, if there are none, its .md files. */
const groupsOf = (messages: readonly NamedFile[]): (NamedFile & { readonly group: readonly NamedFile[] })[] => {
  const groups = new Map<string, NamedFile[]>()
  for (const one of messages) {
    const folder = dirname(one.file)
    groups.set(folder, [...(groups.get(folder) ?? []), one])
  }
  return [...groups.values()].flatMap(found => {
    const texts = found.filter(({ name }) => /\.txt$/i.test(name))
    const group = texts.length > 0 ? texts : found
    return group[0] ? [{ ...group[0], group }] : []
  })
}
