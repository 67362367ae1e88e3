import type { Warning } from '../../model/result/result.ts'
import { andAlike, groupAlike } from './alike-warnings.ts'

/**
 * The parts of a document. Text is plain and may come from a stranger: each setter escapes it and decides how a block
 * looks. A new kind of block is one row here and one case in each setter.
 */
export type Block = Heading | Paragraph | Notes | Entries | Table | Plot | Folded | Marker

/** Text that stands out, or that is quoted from a user's files and so must not be read as markup. */
export interface Marked {
  readonly as: 'strong' | 'dim' | 'good' | 'warn' | 'bad' | 'name' | 'quote'
  readonly text: string
}

export type Text = string | Marked | readonly (string | Marked)[]

/** The parts of a text. */
export const textParts = (text: Text): readonly (string | Marked)[] =>
  typeof text === 'string' || 'as' in text ? [text] : text

/** The subject of a scenario or of the whole document. */
export interface Heading {
  readonly kind: 'heading'
  readonly text: Text
  /** The answer in a sentence: beside the subject in a terminal, below it on a page. */
  readonly answer?: string
  /** Description, in the user's words. */
  readonly about?: string
  /** Sentences directly below it. */
  readonly notes?: readonly Text[]
}

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly text: Text
}

/** Sentences line by line, and lists among them. */
export interface Notes {
  readonly kind: 'notes'
  readonly notes: readonly (Text | List)[]
}

export interface List {
  readonly title?: string
  readonly items: readonly Text[]
  /** Left out in a terminal: it was already written to stderr. */
  readonly onStderr?: boolean
}

/** Findings, each with its details. */
export interface Entries {
  readonly kind: 'entries'
  readonly entries: readonly Entry[]
}

export interface Entry {
  readonly mark: Marked
  readonly text: Text
  readonly facts?: readonly { readonly label: string; readonly text: string }[]
}

/** How a column is set: figures right-aligned and never cut, text left-aligned and wrapped if necessary. */
export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** May be wrapped, down to its longest word, in a narrow terminal. */
  readonly wraps?: boolean
  /** Columns by which the later lines of a cell that wraps are set in. */
  readonly hangs?: number
  /** A name: in a narrow terminal its middle is replaced by an ellipsis. */
  readonly shortens?: boolean
  /** Shown only if it differs from the row above. */
  readonly once?: boolean
  /** May be dropped in a narrow terminal, lowest number first; the reader is told. */
  readonly drop?: number
}

export interface Table {
  readonly kind: 'table'
  /** Shown directly above it. */
  readonly title?: string
  /** Starts a section: a page gives it this heading, a terminal sets it in bold. */
  readonly section?: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Text[])[]
  /** Index of the row that the report's first sentence is about; it stands out, without colour too. */
  readonly marked?: number
  /** One more column, of text; if there is little room, the notes below replace it. */
  readonly remarks?: { readonly cells: readonly string[]; readonly below: readonly string[] }
  /**
   * Replacement for a table wider than the terminal: other tables, or its rows grouped by the first column, with the
   * last column as numbered notes. Left out: columns are wrapped, shortened and dropped.
   */
  readonly narrow?: 'grouped' | readonly Table[]
  /** Its columns are not padded in Markdown, since it may have many rows. */
  readonly compact?: boolean
}

/** A drawing for a terminal. */
export interface Plot {
  readonly kind: 'plot'
  /** @param width - characters per line */
  readonly draw: (width: number) => string
}

/** Sections folded on a page as far as there is room; those left out are named. */
export interface Folded {
  readonly kind: 'folded'
  readonly sections: readonly { readonly title: string; readonly blocks: readonly Block[] }[]
}

/** A hidden marker by which a program finds the document again. */
export interface Marker {
  readonly kind: 'marker'
  readonly text: string
}

/** A text column. */
export const left = (title: string, how: Omit<Column, 'title' | 'align'> = {}): Column => ({ title, ...how })

/** A figure column. */
export const right = (title: string, how: Omit<Column, 'title' | 'align'> = {}): Column => ({
  title,
  align: 'right',
  ...how,
})

/** A name column. */
export const names = (title: string): Column => ({ title, shortens: true })

export const heading = (text: Text, more: Pick<Heading, 'answer' | 'about' | 'notes'> = {}): Heading => ({
  kind: 'heading',
  text,
  ...more,
})

export const paragraph = (text: Text): Paragraph => ({ kind: 'paragraph', text })

export const notes = (texts: Notes['notes']): Notes => ({ kind: 'notes', notes: texts })

/** Whether a note is a list. */
export const isList = (note: Text | List): note is List => typeof note === 'object' && 'items' in note

/** Text from a user's files. */
export const name = (text: string): Marked => ({ as: 'name', text })

/** A sentence from a user's files, which may be longer than a name. */
export const quote = (text: string): Marked => ({ as: 'quote', text })

export const strong = (text: string): Marked => ({ as: 'strong', text })

/** Warnings for readers of a page. */
export const warningList = (warnings: readonly Warning[]): List => ({
  title: 'Warnings',
  items: groupAlike(warnings).map(group =>
    [...group.whats, andAlike(group), group.first.fix].filter(Boolean).join('; '),
  ),
  onStderr: true,
})
