import { markdownTable } from 'markdown-table'
import { type Block, type Folded, isList, type List, type Notes, type Table, textParts } from './block.ts'
import { cell, plain } from './markup.ts'
import type { Setter } from './renderer.ts'

/** GitHub-flavoured Markdown, for pull requests; also readable unrendered. */
export const markdown: Setter = { medium: 'page', set: blocks => `${setAll(blocks)}\n` }

// GitHub allows 65,536 characters in a comment.
const MOST_CHARACTERS = 60_000

const setAll = (blocks: readonly Block[]): string => {
  let text = ''
  for (const block of blocks) {
    const set = block.kind === 'folded' ? setFolded(block, text.length) : setBlock(block)
    if (set !== '') text += text === '' ? set : `\n\n${set}`
  }
  return text
}

const setBlock = (block: Exclude<Block, Folded>): string => {
  switch (block.kind) {
    case 'heading':
      return [
        `## ${plain(block.text)}`,
        ...(block.answer === undefined ? [] : [plain({ as: 'strong', text: block.answer })]),
        ...(block.about === undefined ? [] : [plain(block.about)]),
        ...(block.notes ?? []).map(plain),
      ].join('\n\n')
    case 'paragraph':
      return plain(block.text)
    case 'notes':
      return setNotes(block)
    case 'entries':
      return block.entries
        .flatMap(({ mark, text, facts = [] }) => [
          `- ${plain([{ as: 'strong', text: mark.text }, ' ', ...textParts(text)])}`,
          ...facts.map(fact => `  - ${plain(`${fact.label}: ${fact.text}`)}`),
        ])
        .join('\n')
    case 'table':
      return setTable(block)
    case 'plot':
      return ''
    case 'marker':
      return `<!-- ${block.text} -->`
    default:
      return block satisfies never
  }
}

const setNotes = ({ notes }: Notes): string =>
  notes
    .map(note => (isList(note) ? setList(note) : plain(note)))
    .filter(Boolean)
    .join('\n\n')

const setList = ({ title, items }: List): string => {
  if (items.length === 0) return ''
  const list = items.map(item => `- ${plain(item)}`).join('\n')
  return title === undefined ? list : `${title}:\n\n${list}`
}

const setTable = ({ title, section, columns, rows, remarks, marked, compact = false }: Table): string => {
  const heads = columns.map(column => head(column.title))
  const align = columns.map(column => (column.align === 'right' ? 'r' : 'l'))
  const cells = rows.map((row, i) => [
    ...row.map(one => cell(i === marked && typeof one === 'string' && one !== '' ? { as: 'strong', text: one } : one)),
    ...(remarks ? [cell(remarks.cells[i] ?? '')] : []),
  ])
  const set = markdownTable([remarks ? [...heads, ''] : heads, ...cells], {
    align: remarks ? [...align, 'l'] : align,
    alignDelimiters: !compact,
  })
  return [
    ...(section === undefined ? [] : [`## ${plain(section)}`]),
    ...(title === undefined ? [] : [`### ${plain(title)}`]),
    set,
  ].join('\n\n')
}

/** In a table, a lone number sign does not start a heading. */
const head = (title: string): string => (title === '#' ? title : cell(title))

/**
 * Folded sections, one after another, as far as there is room; those that do not fit are named.
 *
 * @param before - characters of the text so far
 */
const setFolded = ({ sections }: Folded, before: number): string => {
  const folded: string[] = []
  const left: string[] = []
  let length = before
  for (const { title, blocks } of sections) {
    const body = setAll(blocks)
    if (body === '') continue
    const block = `<details><summary>${title}</summary>\n\n${body}\n\n</details>`
    // Room is reserved for the sentence that names the sections left out.
    if (length + block.length < MOST_CHARACTERS - 500) {
      folded.push(block)
      length += block.length + 2
    } else left.push(title)
  }
  if (left.length > 0) folded.push(`Left out for lack of room in a comment: ${left.join(', ')}.`)
  return folded.join('\n\n')
}
