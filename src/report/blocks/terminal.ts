import { type Block, type Entry, isList, type List, type Table, type Text, textParts } from './block.ts'
import { groupedTable } from './grouped-table.ts'
import { layOut, naturalWidth, wrap } from './lay-out.ts'
import type { Paint, RenderOptions, Setter } from './renderer.ts'

type Options = Pick<RenderOptions, 'width' | 'paint' | 'plot' | 'explain'>

/** For a terminal or a log: columns with figures right-aligned; only text is wrapped. */
export const terminal: Setter = {
  medium: 'terminal',
  set: (blocks, options) => `${setAll(blocks, options)}\n`,
}

const setAll = (blocks: readonly Block[], options: Options): string =>
  blocks
    .map(block => setBlock(block, options))
    .filter(Boolean)
    .join('\n\n')

const setBlock = (block: Block, options: Options): string => {
  switch (block.kind) {
    case 'heading':
      return [
        setLine(
          { as: 'strong', text: [plainText(block.text), block.answer].filter(Boolean).join(': ') },
          options,
          HANGING,
        ),
        // A description would push the answer's table down the screen.
        ...(block.about === undefined || !options.explain
          ? []
          : [setLine({ as: 'dim', text: block.about }, options, HANGING)]),
        ...(block.notes ?? []).map(note => setLine(note, options, HANGING)),
      ].join('\n')
    case 'paragraph':
      return setLine(block.text, options, FLUSH)
    case 'notes':
      return block.notes
        .flatMap(note => (isList(note) ? setList(note, options) : [setLine(note, options, HANGING)]))
        .join('\n')
    case 'entries':
      return block.entries.map(entry => setEntry(entry, options)).join('\n')
    case 'table':
      return setTable(block, options)
    case 'plot':
      return options.plot ? block.draw(options.width) : ''
    case 'folded':
      return block.sections
        .filter(({ blocks }) => blocks.length > 0)
        .map(({ title, blocks }) => `${options.paint.strong(title)}\n${setAll(blocks, options)}`)
        .join('\n\n')
    case 'marker':
      return ''
    default:
      return block satisfies never
  }
}

interface Indent {
  readonly first: string
  readonly rest: string
}

const FLUSH: Indent = { first: '', rest: '' }
const HANGING: Indent = { first: '', rest: '  ' }

/** A wrapped line; text of one colour is wrapped first, so that each of its lines is coloured completely. */
const setLine = (text: Text, { width, paint }: Options, indent: Indent): string =>
  typeof text === 'object' && 'as' in text
    ? painted({ ...text, text: wrap(text.text, width, indent) }, paint)
    : wrap(painted(text, paint), width, indent)

const plainText = (text: Text): string =>
  textParts(text)
    .map(part => (typeof part === 'string' ? part : part.text))
    .join('')

const painted = (text: Text, paint: Paint): string =>
  textParts(text)
    .map(part => {
      if (typeof part === 'string') return part
      switch (part.as) {
        case 'strong':
        case 'warn':
          return paint.strong(part.text)
        case 'dim':
        case 'good':
        case 'bad':
          return paint[part.as](part.text)
        case 'name':
        case 'quote':
          return part.text
        default:
          return part.as satisfies never
      }
    })
    .join('')

/** Items below a title have dashes; without a title each item is an ordinary line. */
const setList = ({ title, items, onStderr }: List, options: Options): string[] => {
  if (onStderr) return []
  if (title === undefined) return items.map(item => setLine(item, options, HANGING))
  return [`${title}:`, ...items.map(item => setLine(item, options, { first: '  - ', rest: '    ' }))]
}

const setEntry = ({ mark, text, facts = [] }: Entry, options: Options): string => {
  const { width, paint } = options
  const widest = Math.max(0, ...facts.map(({ label }) => label.length))
  return [
    wrap(`${painted(mark, paint)}  ${painted(text, paint)}`, width, {
      first: '',
      rest: ' '.repeat(mark.text.length + 2),
    }),
    ...facts.map(fact =>
      wrap(fact.text, width, { first: `  ${fact.label.padEnd(widest)}  `, rest: ' '.repeat(widest + 4) }),
    ),
  ].join('\n')
}

const setTable = (table: Table, options: Options): string => {
  const { width, paint } = options
  const set = setRows(table, options)
  const whole = table.section === undefined ? set : paint.strong(set)
  if (table.title === undefined) return whole
  return `${paint.strong(wrap(table.title, width, HANGING))}\n${whole}`
}

// With less room than this, remarks are set below the figures instead of beside them.
const REMARK = 32

/** Cells as printed; the first of each row says whether it is the marked one. */
const paintCells = ({ rows, marked }: Table, paint: Paint): string[][] =>
  rows.map((row, i) => {
    const cells = row.map(cell => painted(i === marked ? strongly(cell) : cell, paint))
    if (marked === undefined) return cells
    const [first = '', ...rest] = cells
    return [`${i === marked ? paint.strong('>') : ' '} ${first}`, ...rest]
  })

/** A cell of the marked row, unless it has a colour of its own. */
const strongly = (cell: Text): Text => (typeof cell === 'string' && cell !== '' ? { as: 'strong', text: cell } : cell)

const setRows = (table: Table, options: Options): string => {
  const { columns, remarks, narrow } = table
  const { width, paint } = options
  const cells = paintCells(table, paint)
  if (narrow !== undefined && naturalWidth(columns, cells) > width)
    return narrow === 'grouped' ? groupedTable(columns, cells, options) : setAll(narrow, options)
  if (!remarks) return layOut(columns, cells, width)
  if (width - naturalWidth(columns, cells) >= REMARK) {
    const remarked = cells.map((row, i) => [...row, paint.dim(remarks.cells[i] ?? '')])
    return layOut([...columns, { title: '', wraps: true }], remarked, width)
  }
  const below = remarks.below.map(note => wrap(note, width, HANGING)).join('\n')
  return [layOut(columns, cells, width), below].filter(Boolean).join('\n')
}
