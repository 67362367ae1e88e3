import { dirname } from 'node:path'
import { asPrompt, INSTRUCTIONS, isVariant, type PromptFile, UNNAMED } from './file-kinds.ts'
import { type NamedFile, sharedFolders, simpleName } from './named-files.ts'

/** The prompts of one agent, by their names alone. */
export interface Agent {
  /** What tells it from the others; empty: nothing does. */
  readonly stem: string
  /** Its folder, from the one that is searched on. */
  readonly home: readonly string[]
  /** Its system prompt and, after it, what would do in its place. */
  readonly prompts: readonly PromptFile[]
  readonly coding: boolean
}

/** What the agent of AGENTS.md, CLAUDE.md and the like is called. */
export const CODING_AGENT = 'coding-agent'

/**
 * Groups system prompts by agent: a prompt with a name of its own is an agent (`support.system.md`); the others of a
 * folder are one, the most specific name first. Instructions of coding agents at several depths are one agent.
 *
 * @param all - every file found, without messages to the model
 * @returns the least deep first, then by the alphabet; none if no file is a prompt
 */
export const groupAgents = (all: readonly NamedFile[]): Agent[] => {
  const prompts = all.flatMap(one => asPrompt(one) ?? [])
  const instructions = prompts.filter(({ rank }) => rank === INSTRUCTIONS)
  const folders = new Map<string, PromptFile[]>()
  for (const one of prompts) {
    if (one.rank === INSTRUCTIONS) continue
    folders.set(dirname(one.file), [...(folders.get(dirname(one.file)) ?? []), one])
  }
  const agents = [...folders.values()].flatMap(inOneFolder)
  const coding = instructions.length === 0 ? [] : [agentOf(instructions, CODING_AGENT)]
  return [...agents.sort(leastDeepFirst), ...coding]
}

const inOneFolder = (found: readonly PromptFile[]): Agent[] => {
  // Any text in a folder named for prompts counts only if no name there says more.
  const named = found.filter(({ rank }) => rank < UNNAMED)
  const prompts = named.length > 0 ? named : found
  const plain = prompts.filter(({ stem }) => stem === '')
  const variants = prompts.filter(one => one.stem !== '' && isVariant(one))
  const others = prompts.filter(one => one.stem !== '' && !isVariant(one))
  const own = plain.length > 0 || variants.length === 1 ? [...plain, ...variants] : []
  const apart = own.length > 0 ? others : [...variants, ...others]
  return [...(own.length > 0 ? [agentOf(own, '')] : []), ...apart.map(one => agentOf([one], one.stem))]
}

const agentOf = (prompts: readonly PromptFile[], stem: string): Agent => {
  const sorted = [...prompts].sort(
    (a, b) => a.rank - b.rank || a.folders.length - b.folders.length || (a.file < b.file ? -1 : 1),
  )
  return { stem, home: sorted[0]?.folders ?? [], prompts: sorted, coding: sorted.some(({ coding }) => coding) }
}

const leastDeepFirst = (a: Agent, b: Agent): number =>
  a.home.length - b.home.length || ((a.prompts[0]?.file ?? '') < (b.prompts[0]?.file ?? '') ? -1 : 1)

/** Folders that say nothing about the agent in them. */
const GENERIC = /^(prompts?|agents?|chatmodes|system|src|lib|app|templates?|\..*)$/i

/** A name for each agent, no two alike: its own, else that of its innermost folder that says something. */
export const nameAgents = (agents: readonly Agent[]): string[] => {
  const taken = new Set<string>()
  return agents.map(({ stem, home }) => {
    const folders = home.filter((name, i) => i === 0 || !GENERIC.test(name)).map(simpleName)
    const parts = [...folders.slice(stem === '' ? 0 : 1), simpleName(stem)].filter(part => part !== '')
    const free = parts.map((_, i) => parts.slice(-1 - i).join('-')).find(name => !taken.has(name))
    let name = free ?? parts.at(-1) ?? 'my-workload'
    for (let i = 2; taken.has(name); i++) name = `${free ?? parts.at(-1) ?? 'my-workload'}-${i}`
    taken.add(name)
    return name
  })
}

/**
 * Whether a file is for an agent: it lies in the agent's folder, or nearest to it of all; and of these the ones whose
 * name is a part of its path.
 */
export const isFor = (agent: Agent, file: NamedFile, agents: readonly Agent[]): boolean => {
  const near = agents.map(one => ({ one, shared: sharedFolders(file, one.home) }))
  const most = Math.max(...near.map(({ shared }) => shared))
  const nearest = near.filter(({ shared }) => shared === most).map(({ one }) => one)
  const inside = nearest.filter(({ home }) => home.length === most)
  const receivers = inside.length > 0 ? inside : nearest
  const words = `-${simpleName(`${file.folders.slice(1).join('-')}-${file.name}`)}-`
  const called = receivers.filter(({ stem }) => stem !== '' && words.includes(`-${simpleName(stem)}-`))
  return (called.length > 0 ? called : receivers).includes(agent)
}
