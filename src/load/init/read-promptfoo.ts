import { dirname, join } from 'node:path'
import { parseSource } from '../source/source.ts'
import { readMessages } from './read-messages.ts'

/** What a promptfoo configuration says about one workload. */
export interface ReadPromptfoo {
  /** The file of its first prompt, as the user would write it; `null`: the prompt stands in the configuration. */
  readonly promptFile: string | null
  /** Further prompts: other wordings of the same work. */
  readonly variants: number
  /** The prompt up to its first placeholder. */
  readonly before: string
  /** What follows, filled in for each test; one with empty placeholders if no tests are stated. */
  readonly filled: readonly string[]
  readonly tests: number
}

const MOST_TESTS = 200

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads a promptfoo configuration: its first prompt, and its tests as samples.
 *
 * @param readNamed - reads a file that it names; `null`: it may not be read
 * @returns `null`: it states no prompt that can be read without running a program
 * @throws {InputError} SYNTAX, and whatever `readNamed` throws
 */
export const readPromptfoo = (
  file: string,
  text: string,
  readNamed: (path: string) => string | null,
): ReadPromptfoo | null => {
  const { data } = parseSource(file, text, 'never')
  if (!isObject(data)) return null
  const prompts = listOf(data['prompts']).flatMap(one => promptIn(one) ?? [])
  const [first, ...rest] = prompts
  if (first === undefined) return null
  const path = /^file:\/\/(.+\.(?:md|txt|json))$/i.exec(first)?.[1]
  if (path === undefined && first.startsWith('file://')) return null
  const promptFile = path === undefined ? null : join(dirname(file), path)
  const given = promptFile === null ? first : readNamed(promptFile)
  if (given === null) return null
  const prompt = promptFile === null ? given : plainPrompt(promptFile, given)
  const cut = prompt.search(/\{\{|\{%/)
  const before = cut < 0 ? prompt : prompt.slice(0, cut)
  const tests = listOf(data['tests'])
  const defaults = varsIn(data['defaultTest'])
  const samples = tests.slice(0, MOST_TESTS).filter(isObject)
  const after = cut < 0 ? '' : prompt.slice(cut)
  const filled = (samples.length > 0 ? samples : [{}]).map(one => fill(after, { ...defaults, ...varsIn(one) }))
  return { promptFile, variants: rest.length, before, filled, tests: samples.length }
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

const promptIn = (prompt: unknown): string | null => {
  if (typeof prompt === 'string') return prompt
  if (!isObject(prompt)) return null
  const found = prompt['raw'] ?? prompt['id']
  return typeof found === 'string' ? found : null
}

/** A prompt's text; one in JSON is a list of messages. */
const plainPrompt = (file: string, text: string): string => {
  if (!/\.json$/i.test(file)) return text
  return readMessages(file, text)
    .conversations.flat()
    .map(message => message.text)
    .join('\n')
}

const varsIn = (test: unknown): Readonly<Record<string, unknown>> => {
  const vars = isObject(test) ? test['vars'] : undefined
  return isObject(vars) ? vars : {}
}

/** Characters of values that are filled in: a template may repeat a long one any number of times. */
const MOST_FILLED = 2 ** 20

/** Fills in the placeholders of a template; one without a value is left empty. */
const fill = (template: string, vars: Readonly<Record<string, unknown>>): string => {
  let left = MOST_FILLED
  return template.replaceAll(/\{\{\s*([\w.]{1,100})[^{}]{0,200}\}\}/g, (_, name: string) => {
    const [first] = listOf(Object.hasOwn(vars, name) ? vars[name] : '')
    const value = (typeof first === 'string' ? first : (JSON.stringify(first) ?? '')).slice(0, left)
    left -= value.length
    return value
  })
}
