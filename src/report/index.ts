import { InputError, problems } from '../errors/index.ts'
import { guarded, printable, printableIn } from '../model/printable.ts'
import type { Difference } from '../model/result/difference.ts'
import type { Comparison, Result } from '../model/result/result.ts'
import { heldView, type Renderer, type RenderOptions } from './renderer.ts'

/** What reports are made of: the documents of these commands, and the sheets of `prices` and `tokens`. */
type Kind = 'estimate' | 'compare' | 'route' | 'breakeven' | 'check' | 'diff' | 'sheet'

interface Row {
  /** The commands that list it. */
  readonly of: readonly Kind[]
  readonly load: (document: Document) => Promise<Partial<Renderer>>
}

/** What commands report. */
type Document = Result | Comparison | Difference

/** The table that a document is set in, and no other. */
const loadTable = async (document: Document): Promise<Partial<Renderer>> => {
  if (document.schema === 'dsprice/diff/1') {
    const { differenceTable } = await import('./difference-table.ts')
    return { difference: differenceTable }
  }
  if (document.schema === 'dsprice/result/1' && document.check) {
    const { check } = document
    const { checkTable } = await import('./check-table.ts')
    return { result: (result, options) => checkTable(result, check, options) }
  }
  const { tableWith } = await import('./table.ts')
  return tableWith(hasFleet(document) ? await import('./fleet-table.ts') : null)
}

/** Whether anything but one model of an API serves. */
const hasFleet = (document: Result | Comparison): boolean =>
  document.scenarios.some(({ routing, self_host }) => routing || self_host) ||
  (document.schema === 'dsprice/result/1' && Boolean(document.breakeven || document.route))

/** Every report format, one row each; a format is loaded when it is asked for. */
const RENDERERS = {
  table: {
    of: ['estimate', 'compare', 'route', 'breakeven', 'check', 'diff', 'sheet'],
    load: loadTable,
  },
  json: {
    of: ['estimate', 'compare', 'route', 'breakeven', 'check', 'diff', 'sheet'],
    load: async () => (await import('./json.ts')).json,
  },
  markdown: {
    of: ['estimate', 'compare', 'route', 'breakeven', 'check', 'diff', 'sheet'],
    load: async () => (await import('./markdown.ts')).markdown,
  },
  csv: {
    of: ['estimate', 'compare', 'route', 'breakeven', 'diff', 'sheet'],
    load: async () => (await import('./csv.ts')).csv,
  },
  github: {
    of: ['check'],
    load: async () => (await import('./github.ts')).github,
  },
  junit: {
    of: ['check'],
    load: async () => (await import('./junit.ts')).junit,
  },
} as const satisfies Record<string, Row>

type Rows = typeof RENDERERS

export type Format = keyof Rows

/** The formats that a command lists. */
export type FormatOf<K extends Kind> = {
  [F in Format]: K extends Rows[F]['of'][number] ? F : never
}[Format]

export const FORMATS = Object.keys(RENDERERS) as Format[]

/** The formats that a command lists, in the order of the table above. */
export const formatsOf = <K extends Kind>(kind: K): FormatOf<K>[] =>
  FORMATS.filter((format): format is FormatOf<K> => (RENDERERS[format].of as readonly Kind[]).includes(kind))

/**
 * Any document in any format that it has. But for JSON, which has escapes of its own, a renderer is only ever given
 * printable texts, and what it makes of them is looked at again: a new one cannot forget to.
 *
 * @throws {InputError} USAGE where it has no such format
 */
export const renderDocument = async (document: Document, format: Format, options: RenderOptions): Promise<string> => {
  if (format === 'json') return render(document, format, options)
  const { from } = options
  const text = await render(
    printableIn(document),
    format,
    from === undefined ? options : { ...options, from: printable(from) },
  )
  return guarded(text, { colours: true, annotations: format === 'github' })
}

const render = async (document: Document, format: Format, options: RenderOptions): Promise<string> => {
  const renderer: Partial<Renderer> = await RENDERERS[format].load(document)
  switch (document.schema) {
    case 'dsprice/result/1':
      return (
        renderer.result?.(
          document,
          document.check ? { ...options, view: options.view ?? heldView(document) } : options,
        ) ?? refuse(format, 'a result', formatsOf('estimate'))
      )
    case 'dsprice/compare/1':
      return renderer.comparison?.(document, options) ?? refuse(format, 'a comparison', formatsOf('compare'))
    case 'dsprice/diff/1':
      return renderer.difference?.(document, options) ?? refuse(format, 'a difference', formatsOf('diff'))
    default:
      return document satisfies never
  }
}

const refuse = (format: Format, document: string, formats: readonly Format[]): never => {
  throw new InputError([
    problems.usage(`${document} has no ${format} form`, `write --format ${formats.join(', --format ')}`),
  ])
}
