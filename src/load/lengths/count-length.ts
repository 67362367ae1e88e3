import { addParts } from '../../cost/workload/add-parts.ts'
import { remembered } from '../../model/remembered.ts'
import type { Length, Part, Template } from '../../model/scenario/counted.ts'
import {
  type Count,
  type CountedConversation,
  type Counter,
  countConversation,
  countTools,
  type ImageRule,
} from '../../tokens/index.ts'
import type { Chat, Image, ReadLength, ReadPart, Text, Tools } from './read-length.ts'

/** A model's token counter, the tokens that its chat template adds, and how numbers become its tokens. */
export interface Means {
  readonly counter: Counter | null
  readonly template: Template | null
  /** The model's id, by which some rules go; `null`: it is in no book. */
  readonly model: string | null
  /** How the model counts pictures. @throws {InputError} NO_IMAGE_RULE */
  readonly images: () => ImageRule
  /** `null`: numbers are taken as they stand. */
  readonly conversion: { readonly to: string; convert(tokens: number): Count } | null
}

/**
 * Counts the contents of a length with one tokenizer.
 *
 * @param around - tokens that the chat template adds to its texts
 * @param covered - whether the chat template covers the order of the prompt's messages
 * @throws {InputError} NO_IMAGE_RULE
 */
export const countLength = (
  read: ReadLength,
  means: Means,
  { around = [], covered = true }: { readonly around?: readonly Part[]; readonly covered?: boolean } = {},
): Length => {
  if (typeof read === 'number') {
    return read === 0 || !means.conversion ? read : addParts([countNumber(read, means)])
  }
  return addParts([...read.flatMap(part => countPart(part, { ...means, covered })), ...around])
}

type PartMeans = Means & { readonly covered: boolean }

const countPart = (part: number | ReadPart, means: PartMeans): Part[] => {
  if (typeof part === 'number') return [countNumber(part, means)]
  if (part.kind === 'image') return [countImage(part, means)]
  const { counter } = means
  if (!counter) throw new Error('text is counted only with a tokenizer')
  switch (part.kind) {
    case 'text':
      return [countText(part, counter)]
    case 'tools':
      return [countDefinitions(part, { ...means, counter })]
    case 'messages':
      return countChat(part, { ...means, counter })
    default:
      return part satisfies never
  }
}

const countNumber = (tokens: number, { conversion }: Pick<Means, 'conversion'>): Part => {
  if (!conversion) return { source: 'number', kind: 'number', samples: [tokens], tokenizer: null, exact: true }
  const named = { source: 'number', kind: 'number', tokenizer: conversion.to } as const
  return asPart(named, [{ ...conversion.convert(tokens), exact: false }])
}

const countImage = ({ source, picture }: Image, { images }: Means): Part =>
  asPart({ source, kind: 'image', tokenizer: null }, [{ ...images().count(picture), exact: false }])

const countText = (part: Text, counter: Counter): Part => {
  const known = countedTexts(part)
  const named = { source: part.source, kind: 'text', tokenizer: counter.name } as const
  // Of a file, the name alone does not say which content it had.
  const key = `${counter.name} ${counter.source}`
  const counted = known.get(key) ?? asPart(named, countSamples(part, counter))
  known.set(key, counted)
  return counted
}

/** Texts as each tokenizer counts them: a sweep counts the same texts in every cell. */
const countedTexts = remembered((_: Text) => new Map<string, Part>())

const countSamples = ({ samples }: Text, counter: Counter) =>
  samples.map(({ text }) => ({
    ...counter.count(text),
    exact: counter.estimation === null,
  }))

const countDefinitions = (
  { source, tools, builtIn }: Tools,
  means: PartMeans & { readonly counter: Counter },
): Part => {
  const count = countTools(tools, means)
  const part = asPart({ source, kind: 'tools', tokenizer: means.counter.name }, [count])
  return withRule(part, tools.length > 0 ? count : {}, builtIn)
}

/** A part of tool definitions with the rule that they are counted by, and what has none. */
const withRule = (part: Part, { rule }: { readonly rule?: string }, builtIn: readonly string[]): Part => ({
  ...part,
  ...(rule === undefined ? {} : { rule }),
  ...(builtIn.length > 0 ? { not_counted: builtIn } : {}),
})

/** A conversation's tokens, a part for each kind; what the chat template adds to its messages is the last. */
const countChat = ({ source, conversation }: Chat, means: PartMeans & { readonly counter: Counter }): Part[] => {
  const { counter, template } = means
  const counted = countConversation(conversation, means)
  const name = template === null ? '' : `chat template ${template.name}`
  return CHAT_KINDS.flatMap(kind => {
    const count = counted[kind]
    const tokenizer = kind === 'image' ? null : counter.name
    if (!count) return []
    const part = asPart({ source: kind === 'template' ? name : source, kind, tokenizer }, [count])
    return [kind === 'tools' && counted.tools ? withRule(part, counted.tools, conversation.builtIn) : part]
  })
}

const CHAT_KINDS = ['text', 'tool_calls', 'tools', 'image', 'template'] as const satisfies (keyof CountedConversation)[]

/** Combines counts into one part; it has a band only if a count is an estimate. */
export const asPart = (
  named: Pick<Part, 'source' | 'kind' | 'tokenizer'>,
  counts: readonly (Count & { readonly exact: boolean })[],
): Part => {
  const isExact = counts.every(count => count.exact)
  return {
    ...named,
    samples: counts.map(({ tokens }) => tokens),
    exact: isExact,
    ...(isExact ? {} : { low: counts.map(({ low }) => low), high: counts.map(({ high }) => high) }),
  }
}

/** Template tokens as a part; none if there are no tokens. */
export const templateParts = (tokens: number, { counter, template }: Means): Part[] => {
  if (!counter || !template || tokens === 0) return []
  const { name, exact } = template
  return [
    asPart({ source: `chat template ${name}`, kind: 'template', tokenizer: counter.name }, [
      { tokens, low: tokens, high: tokens, exact },
    ]),
  ]
}
