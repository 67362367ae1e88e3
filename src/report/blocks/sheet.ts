import { type Block, type Column, heading, notes as notesBlock } from './block.ts'

/** A document with one table: text for people, data for programs. */
export interface Sheet {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
  /** What `--json` prints. */
  readonly data: unknown
}

export const sheetBlocks = ({ title, columns, rows, notes }: Omit<Sheet, 'data'>): Block[] => [
  heading(title),
  { kind: 'table', columns, rows },
  ...(notes.length > 0 ? [notesBlock(notes)] : []),
]
