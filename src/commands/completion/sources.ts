import { collectLater } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { bundledVersions, readBook } from '../../load/book/book.ts'
import { openBook } from '../../load/book/open-book.ts'
import type { Model } from '../../model/book/book.ts'
import { FACTS } from '../../model/book/choices.ts'

/** A possible completion. */
export interface Word {
  readonly word: string
  readonly about?: string
}

/** The possible completions at the cursor. */
export interface Offer {
  readonly words: readonly Word[]
  /** The typed part before the word: `a,b,` of a list, `key=` of a setting. */
  readonly head?: string
  /** Whether more may follow the completed word without a space: another list item, a key's value. */
  readonly goesOn?: boolean
  /** Globs of files to offer as well. */
  readonly files?: readonly string[]
}

/** Context of the line. */
export interface Surroundings {
  readonly io: Io
  /** The price books that the line names so far. */
  readonly pricing: readonly string[]
}

type Source = (typed: string, around: Surroundings) => Offer | Promise<Offer>

const models: Source = async (typed, around) => ({ words: namesOf(await offeredModels(around), typed) })

const books: Source = (_, { io }) => ({
  words: bundledVersions(io).map(word => ({ word, about: 'price book that ships with dsprice' })),
  files: ['*.json', '*.yaml', '*.yml'],
})

const files =
  (...globs: string[]): Source =>
  () => ({ words: [], files: globs })

/** The models of the books that the line names, or of the newest book; a book that cannot be read is ignored. */
const offeredModels = async ({ io, pricing }: Surroundings): Promise<readonly Model[]> => {
  const asked = await collectLater([], () => openBook(pricing, io, { names: [] }))
  if (asked) return asked.book.models
  const bundled = bundledVersions(io).filter(version => pricing.includes(version))
  return (await readBook(bundled.slice(-1), io)).book.models
}

/** Ids, and aliases once something is typed. */
const namesOf = (all: readonly Model[], typed: string): Word[] => [
  ...all.map(({ id, provider }) => ({ word: id, about: provider })),
  ...(typed === '' ? [] : all).flatMap(({ id, aliases }) => aliases.map(word => ({ word, about: `alias of ${id}` }))),
]

/** Splits a comma-separated list before the item at the cursor. */
const splitList = (typed: string): { head: string; before: string[]; item: string } => {
  const cut = typed.lastIndexOf(',') + 1
  return { head: typed.slice(0, cut), before: typed.slice(0, cut).split(','), item: typed.slice(cut) }
}

const modelList: Source = async (typed, around) => {
  const { head, before, item } = splitList(typed)
  const named = new Set(before)
  const left = (await offeredModels(around)).filter(
    ({ id, aliases }) => ![id, ...aliases].some(name => named.has(name)),
  )
  return { words: namesOf(left, item), head, goesOn: true }
}

/** `model=value`: completes the model; the user types the value. */
const modelKey: Source = async (typed, around) => {
  if (typed.includes('=')) return { words: [] }
  const { words, head } = await modelList(typed, around)
  return {
    words: words.map(({ word, ...rest }) => ({ word: `${word}=`, ...rest })),
    ...(head ? { head } : {}),
    goesOn: true,
  }
}

const factList: Source = typed => {
  const { head, before } = splitList(typed)
  return { words: FACTS.filter(fact => !before.includes(fact)).map(word => ({ word })), head, goesOn: true }
}

const settings: Source = async (typed, around) => {
  const { listSettings } = await import('../../load/schema/settings.ts')
  const cut = typed.indexOf('=') + 1
  if (cut > 0) {
    const [head, key] = [typed.slice(0, cut), typed.slice(0, cut - 1)]
    const source = key === 'model' ? models : key === 'pricing' ? books : undefined
    if (source) return { ...(await source(typed.slice(cut), around)), head }
    const { values = [] } = listSettings().find(({ path }) => path === key) ?? {}
    return { words: values.map(word => ({ word })), head }
  }
  // The long forms of keys are many, so they are offered only once the key is typed.
  const begun = (path: string): boolean => typed.length > path.lastIndexOf('.') + 1
  return {
    words: listSettings()
      .filter(({ longFormOf }) => longFormOf === null || begun(longFormOf))
      .map(({ path, about }) => ({ word: path.endsWith('.') ? path : `${path}=`, about })),
    goesOn: true,
  }
}

/**
 * Sources of completions for values, by flag or else by the value's name on the help page. Values with fixed choices
 * need no row, as Commander knows them; other values are free text.
 */
export const SOURCES: Readonly<Record<string, Source>> = {
  '--keep': modelKey,
  '--like': models,
  '--map': modelKey,
  '--model': models,
  '--models': modelList,
  '--pricing': books,
  '--quality': modelKey,
  '--require': factList,
  '--set': settings,
  '--vary': settings,
  '--tools': files('*.json'),
  a: books,
  b: books,
  book: books,
  file: files('*'),
  log: files('*'),
  filter: models,
  model: models,
  result: files('*.json'),
  scenario: files('*.yaml', '*.yml', '*.json'),
}
