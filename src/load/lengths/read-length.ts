import { at, collectLater, InputError, type Problem } from '../../errors/index.ts'
import type { Left } from '../../io.ts'
import type { ContentNote } from '../../model/scenario/counted.ts'
import type { WrittenLength, WrittenPart } from '../../model/scenario/length.ts'
import type { Conversation, Picture } from '../../tokens/index.ts'
import { withoutDataUris } from '../contents/data-uris.ts'
import { sentOf } from '../contents/front-matter.ts'
import { type NamedText, TEXT_LIMIT } from '../files/text-files.ts'
import type { Named } from '../source/named.ts'
import type { ReadTools } from '../tools/read-tools.ts'

/** Reads what a length consists of. Nothing is counted yet, as counts differ from model to model. */

interface Read {
  /** What reports call it. */
  readonly source: string
  /** What a report says about it, whatever the model. */
  readonly notes: readonly ContentNote[]
  /** Part of the system message, though it stands in another length. */
  readonly ofSystem?: true
}

/** Text to count: samples, each with its name for problems. */
export interface Text extends Read {
  readonly kind: 'text'
  readonly samples: readonly { readonly name: string; readonly text: string }[]
  /** Of a template: the characters before its first placeholder, and where that stands. */
  readonly first?: { readonly offset: number; readonly at: string } | null
}

/** Tool definitions to count. */
export interface Tools extends Read, ReadTools {
  readonly kind: 'tools'
}

/** Chat messages to count. */
export interface Chat extends Read {
  readonly kind: 'messages'
  readonly conversation: Conversation
}

/** A picture to count. */
export interface Image extends Read {
  readonly kind: 'image'
  readonly picture: Picture
}

export type ReadPart = Text | Tools | Chat | Image

/** A length whose contents are read but not yet counted. */
export type ReadLength = number | readonly (number | ReadPart)[]

interface Around {
  /** The files that the scenario may name. */
  readonly named: Named
  /** Collects the paths skipped by a search. */
  readonly left: Left[]
}

/**
 * Reads the contents of a length: text inline, from a file, or from every file that matches a glob; tools, messages,
 * templates and pictures.
 *
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_TEXT, NO_MATCH, OUTSIDE, NO_VALUE, NO_MESSAGES … each at the key, or at
 *   its place in the file
 */
export const readLength = async (
  written: WrittenLength,
  path: readonly (string | number)[],
  around: Around,
): Promise<ReadLength> => {
  if (typeof written === 'number') return written
  const read: (number | ReadPart)[] = []
  const faults: Problem[] = []
  const parts = Array.isArray(written)
    ? written.map((part, i) => ({ part, key: [...path, i] }))
    : [{ part: written, key: path }]
  for (const { part, key } of parts) {
    // A problem inside a named file already has its own position.
    const atKey = (one: Problem): Problem => (one.at === undefined && !one.path ? at(key, one) : one)
    const found = typeof part === 'number' ? part : await collectLater(faults, () => readPart(part, key, around), atKey)
    if (found !== undefined) read.push(found)
  }
  if (faults.length > 0) throw new InputError(faults)
  return read
}

type Key = readonly (string | number)[]

const readPart = async (part: WrittenPart, key: Key, { named, left }: Around): Promise<ReadPart> => {
  const { text, file, files: glob = '', tools, messages, template, image } = part
  const read = (name: string, of: string): NamedText => named.text(name, [...key, of], TEXT_LIMIT)
  if (text !== undefined) {
    const { text: own, notes } = withoutDataUris('text', text, null)
    const here = notes.map(({ at: _, ...note }) => ({ ...note, path: key.join('.') }))
    return { kind: 'text', source: 'text', samples: [{ name: 'text', text: own }], notes: here }
  }
  if (file !== undefined) return textsOf(file, [read(file, 'file')])
  if (tools !== undefined) {
    const found = read(tools, 'tools')
    const { readTools } = await import('../tools/read-tools.ts')
    return { kind: 'tools', source: tools, ...readTools(found.file, found.text), notes: [] }
  }
  if (messages !== undefined) return { ...(await chatOf(read(messages, 'messages'))), source: messages }
  if (template !== undefined) return templateOf(template, read(template, 'template'), read(part.values ?? '', 'values'))
  if (image !== undefined) {
    const { width, height, detail } = image
    return {
      kind: 'image',
      source: `image ${width}×${height}`,
      picture: { size: { width, height }, detail },
      notes: [],
    }
  }
  const found = await named.texts(glob, [...key, 'files'], TEXT_LIMIT)
  for (const one of found.left) left.push(one)
  return textsOf(glob, found.texts)
}

/** Texts as they are sent: without front matter, and without data in them. */
const textsOf = (source: string, texts: readonly NamedText[]): Text => {
  const samples = texts.map(sampleOf)
  return {
    kind: 'text',
    source,
    samples: samples.map(({ name, text }) => ({ name, text })),
    notes: [
      ...frontMatter(samples.flatMap(({ name, before }) => (before === '' ? [] : [name]))),
      ...samples.flatMap(({ notes }) => notes),
    ],
  }
}

/** A file's text as it is sent, what stands before it in the file, and notes about what is left out. */
export const sampleOf = ({ file, text }: NamedText) => {
  const sent = sentOf(file, text)
  const before = text.slice(0, text.length - sent.length)
  return { name: file, before, ...withoutDataUris(file, sent, before) }
}

/** Files named in a note; the others are only counted. */
const MOST_NAMED = 3

/** The assumption about the front matter of files. */
export const frontMatter = (files: readonly string[]): ContentNote[] => {
  if (files.length === 0) return []
  const named = files.slice(0, MOST_NAMED).map(file => JSON.stringify(file))
  const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : ''
  return [
    { code: 'FRONT_MATTER', what: `the front matter of ${named.join(', ')}${more} is not sent, so it is not counted` },
  ]
}

/** One conversation of a file. */
export const chatOf = async ({ file, text }: NamedText): Promise<Chat> => {
  const { readConversation } = await import('../contents/read-conversation.ts')
  return { kind: 'messages', source: file, ...readConversation(file, text) }
}

/** A template with its values filled in. */
export const templateOf = async (source: string, { file, text }: NamedText, values: NamedText): Promise<Text> => {
  const { fillTemplate, parseValues } = await import('../contents/fill-template.ts')
  const sent = sentOf(file, text)
  const given = { values: parseValues(values.file, values.text), valuesFile: values.file, limit: TEXT_LIMIT }
  const { text: filled, first, unused } = fillTemplate(file, { text, sent }, given)
  const [head, rest] = [filled.slice(0, first?.offset ?? filled.length), filled.slice(first?.offset ?? filled.length)]
  const [before, after] = [withoutDataUris(file, head, null), withoutDataUris(file, rest, null)]
  return {
    kind: 'text',
    source,
    samples: [{ name: file, text: before.text + after.text }],
    first: first && { offset: before.text.length, at: first.at },
    notes: [
      ...frontMatter(sent === text ? [] : [file]),
      ...before.notes,
      ...after.notes,
      ...(unused.length > 0 ? [unusedValues(unused, { file, values: values.file })] : []),
    ],
  }
}

const unusedValues = (
  names: readonly string[],
  { file, values }: { readonly file: string; readonly values: string },
): ContentNote => {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return {
    code: 'VALUE_UNUSED',
    what: `${JSON.stringify(file)} has no placeholder for ${names
      .slice(0, MOST_NAMED)
      .map(name => JSON.stringify(name))
      .join(', ')}${more}`,
    fix: `write {{${names[0]}}} where the value belongs, or remove it`,
    at: values,
  }
}

const partsOf = (read: ReadLength): readonly (number | ReadPart)[] => (typeof read === 'number' ? [read] : read)

/** Whether a length has anything to count. */
export const hasContents = (read: ReadLength): boolean => partsOf(read).some(part => typeof part !== 'number')

/** Whether a length has text to count: anything but numbers and pictures. */
export const hasText = (read: ReadLength): boolean =>
  partsOf(read).some(part => typeof part !== 'number' && part.kind !== 'image')

/** Whether a length has any tokens at all. */
export const hasTokens = (read: ReadLength): boolean =>
  partsOf(read).some(part => {
    if (typeof part === 'number') return part > 0
    switch (part.kind) {
      case 'tools':
        return part.tools.length > 0
      case 'text':
        return part.samples.some(({ text }) => text !== '')
      case 'messages':
      case 'image':
        return true
      default:
        return part satisfies never
    }
  })

/** What reports say about the contents of a length. */
export const notesIn = (read: ReadLength): readonly ContentNote[] =>
  partsOf(read).flatMap(part => (typeof part === 'number' ? [] : part.notes))
