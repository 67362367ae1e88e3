/**
 * What a document is made of. The words are plain text and may be a stranger's: each setter escapes them for itself,
 * and decides how a block looks. A new kind of block is one row here and one case in each setter.
 */
export type Block = Heading | Paragraph | Notes | Entries | Table | Plot | Folded | Marker

/** Words that stand out, or that are quoted from a user's files and so must not be read as markup. */
export interface Marked {
  readonly as: 'strong' | 'dim' | 'good' | 'warn' | 'bad' | 'name' | 'quote'
  readonly text: string
}

export type Text = string | Marked | readonly (string | Marked)[]

/** Text part by part. */
export const partsOf = (text: Text): readonly (string | Marked)[] =>
  typeof text === 'string' || 'as' in text ? [text] : text

/** What a scenario, or the whole document, is about. */
export interface Heading {
  readonly kind: 'heading'
  readonly text: Text
  /** What it is, in the user's words. */
  readonly about?: string
  /** Sentences right below it. */
  readonly notes?: readonly Text[]
}

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly text: Text
}

/** Sentences that stand line under line, and lists among them. */
export interface Notes {
  readonly kind: 'notes'
  readonly notes: readonly (Text | List)[]
}

export interface List {
  readonly title?: string
  readonly items: readonly Text[]
  /** A terminal leaves it out: it has been written to stderr. */
  readonly onStderr?: boolean
}

/** Things to look at, each with what is known of it. */
export interface Entries {
  readonly kind: 'entries'
  readonly entries: readonly Entry[]
}

export interface Entry {
  readonly mark: Marked
  readonly text: Text
  readonly facts?: readonly { readonly label: string; readonly text: string }[]
}

/** How a column is set: figures to the right and never cut, text to the left and wrapped where it must be. */
export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** May be wrapped down to its longest word where the terminal is narrow. */
  readonly wraps?: boolean
  /** A name: where the terminal is narrow, its middle gives way to an ellipsis. */
  readonly shortens?: boolean
  /** Shown only where it differs from the row above. */
  readonly once?: boolean
  /** May be left out where the terminal is narrow, the lowest number first; the reader is told. */
  readonly drop?: number
}

export interface Table {
  readonly kind: 'table'
  /** Stands directly above it. */
  readonly title?: string
  /** It begins a section of its own: a page gives it this heading, a terminal sets it strong. */
  readonly section?: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Text[])[]
  /** One more column, of words; where there is little room the notes below stand for it. */
  readonly remarks?: { readonly cells: readonly string[]; readonly below: readonly string[] }
  /**
   * What stands for it where it is wider than the terminal: other tables, or its rows grouped by the first column, with
   * the last one as numbered notes. Left out: columns are wrapped, shortened and dropped.
   */
  readonly narrow?: 'grouped' | readonly Table[]
  /** In Markdown its columns are not padded: it may have many rows. */
  readonly compact?: boolean
}

/** A drawing for a terminal. */
export interface Plot {
  readonly kind: 'plot'
  /** @param width - characters to a line */
  readonly draw: (width: number) => string
}

/** Sections folded away on a page as far as there is room; those left out are named. */
export interface Folded {
  readonly kind: 'folded'
  readonly sections: readonly { readonly title: string; readonly blocks: readonly Block[] }[]
}

/** A hidden marker by which a program finds the document again. */
export interface Marker {
  readonly kind: 'marker'
  readonly text: string
}

/** A column of words. */
export const left = (title: string, how: Omit<Column, 'title' | 'align'> = {}): Column => ({ title, ...how })

/** A column of figures. */
export const right = (title: string, how: Omit<Column, 'title' | 'align'> = {}): Column => ({
  title,
  align: 'right',
  ...how,
})

/** A column of names. */
export const names = (title: string): Column => ({ title, shortens: true })

export const heading = (text: Text, more: Pick<Heading, 'about' | 'notes'> = {}): Heading => ({
  kind: 'heading',
  text,
  ...more,
})

export const paragraph = (text: Text): Paragraph => ({ kind: 'paragraph', text })

export const notes = (texts: Notes['notes']): Notes => ({ kind: 'notes', notes: texts })

/** Whether a note is a list. */
export const isList = (note: Text | List): note is List => typeof note === 'object' && 'items' in note

/** Words from a user's files. */
export const name = (text: string): Marked => ({ as: 'name', text })

/** A sentence from a user's files, which may be longer than a name. */
export const quote = (text: string): Marked => ({ as: 'quote', text })

export const strong = (text: string): Marked => ({ as: 'strong', text })

/** Warnings for whoever reads a page. */
export const warningList = (warnings: readonly { readonly what: string; readonly fix: string }[]): List => ({
  title: 'Warnings',
  items: warnings.map(({ what, fix }) => `${what}; ${fix}`),
  onStderr: true,
})
