import { InputError, problems } from '../errors/index.ts'
import { guarded, printable, printableIn } from '../model/printable.ts'
import type { Advice } from '../model/result/advice.ts'
import type { Difference } from '../model/result/difference.ts'
import type { Forecast } from '../model/result/forecast.ts'
import type { Replay } from '../model/result/replay.ts'
import type { Comparison, Result } from '../model/result/result.ts'
import type { Sweep } from '../model/result/sweep.ts'
import type { UsageReport } from '../model/result/usage.ts'
import type { Block } from './blocks/block.ts'
import { type Encoder, heldView, type RenderOptions, type Setter } from './blocks/renderer.ts'
import type { Sheet } from './blocks/sheet.ts'

/** Kinds of report: the documents of these commands, and the sheets of `prices` and `tokens`. */
type Kind =
  | 'estimate'
  | 'compare'
  | 'route'
  | 'breakeven'
  | 'check'
  | 'diff'
  | 'forecast'
  | 'sweep'
  | 'advise'
  | 'usage'
  | 'replay'
  | 'sheet'

interface Row {
  /** The commands that offer it. */
  readonly of: readonly Kind[]
  readonly load: () => Promise<Setter | Encoder>
}

/** The documents that commands report. */
type Document = Result | Comparison | Difference | Forecast | Sweep | Advice | UsageReport | Replay

const EVERY = [
  'estimate',
  'compare',
  'route',
  'breakeven',
  'check',
  'diff',
  'forecast',
  'sweep',
  'advise',
  'usage',
  'replay',
  'sheet',
] as const

/** Every report format, one row each; a format is loaded when requested. */
const FORMAT_ROWS = {
  table: { of: EVERY, load: async () => (await import('./blocks/terminal.ts')).terminal },
  json: { of: EVERY, load: async () => (await import('./formats/json.ts')).json },
  markdown: { of: EVERY, load: async () => (await import('./blocks/markdown.ts')).markdown },
  csv: {
    of: [
      'estimate',
      'compare',
      'route',
      'breakeven',
      'diff',
      'forecast',
      'sweep',
      'advise',
      'usage',
      'replay',
      'sheet',
    ],
    load: async () => (await import('./formats/csv.ts')).csv,
  },
  html: {
    of: ['estimate', 'compare', 'breakeven', 'forecast', 'sweep', 'usage'],
    load: async () => (await import('./formats/html.ts')).html,
  },
  github: { of: ['check'], load: async () => (await import('./formats/github.ts')).github },
  focus: { of: ['usage'], load: async () => (await import('./formats/focus.ts')).focus },
  junit: { of: ['check'], load: async () => (await import('./formats/junit.ts')).junit },
} as const satisfies Record<string, Row>

type Rows = typeof FORMAT_ROWS

export type Format = keyof Rows

/** The formats that a command offers. */
export type FormatOf<K extends Kind> = {
  [F in Format]: K extends Rows[F]['of'][number] ? F : never
}[Format]

export const FORMATS = Object.keys(FORMAT_ROWS) as Format[]

/** The formats that a command offers, in the order of the table above. */
export const formatsOf = <K extends Kind>(kind: K): FormatOf<K>[] =>
  FORMATS.filter((format): format is FormatOf<K> => (FORMAT_ROWS[format].of as readonly Kind[]).includes(kind))

/**
 * Renders a document in a format. Every format except JSON, which has its own escapes, receives printable text only,
 * and its output is checked again, so that a new format cannot forget to.
 *
 * @throws {InputError} USAGE if the document has no such format
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

/** Renders a sheet in a format, made as safe to print as any document. */
export const renderSheet = async (
  { data, ...sheet }: Sheet,
  format: FormatOf<'sheet'>,
  options: RenderOptions,
): Promise<string> => {
  const loaded: Setter | Encoder = await FORMAT_ROWS[format].load()
  if (format === 'json' && !('set' in loaded)) return loaded.sheet?.({ ...sheet, data }) ?? ''
  const shown = printableIn(sheet)
  if (!('set' in loaded)) return guarded(loaded.sheet?.({ ...shown, data: null }) ?? '')
  const { sheetBlocks } = await import('./blocks/sheet.ts')
  return guarded(loaded.set(sheetBlocks(shown), options), { colours: true })
}

const render = async (document: Document, format: Format, given: RenderOptions): Promise<string> => {
  const loaded: Setter | Encoder = await FORMAT_ROWS[format].load()
  const isChecked = document.schema === 'dsprice/result/1' && document.check !== undefined
  const options = isChecked ? { ...given, view: given.view ?? heldView(document) } : given
  return 'set' in loaded
    ? loaded.set(await blocksOf(document, loaded.medium, options), options)
    : encode(document, { format, encoder: loaded, options })
}

/** The blocks of a document, the same in every format; only a check differs between a log and a page. */
const blocksOf = async (document: Document, medium: Setter['medium'], options: RenderOptions): Promise<Block[]> => {
  switch (document.schema) {
    case 'dsprice/result/1': {
      const { check } = document
      if (check && medium === 'page') return (await import('./check/comment.ts')).checkComment(document, check, options)
      if (check) return (await import('./check/log.ts')).checkLog(document, check, options)
      const { breakeven, route } = document
      if (breakeven) return (await import('./fleet/break-even-report.ts')).breakEvenReport(document, breakeven, options)
      if (route) return (await import('./route/report.ts')).routeReport(document, route, options)
      const { resultBlocks } = await import('./estimate/document.ts')
      const fleets = hasFleet(document) ? (await import('./fleet/fleet-blocks.ts')).fleetBlocks : null
      return resultBlocks(document, options, fleets)
    }
    case 'dsprice/compare/1':
      return (await import('./estimate/comparison.ts')).comparisonBlocks(document, options)
    case 'dsprice/diff/1':
      return (await import('./difference/document.ts')).differenceBlocks(document, options)
    case 'dsprice/forecast/1':
      return (await import('./forecast/document.ts')).forecastBlocks(document, options)
    case 'dsprice/sweep/1':
      return (await import('./sweep/document.ts')).sweepBlocks(document)
    case 'dsprice/advice/1':
      return (await import('./advice/document.ts')).adviceBlocks(document)
    case 'dsprice/usage/1':
      return (await import('./usage/document.ts')).usageBlocks(document, options)
    case 'dsprice/replay/1':
      return (await import('./replay/document.ts')).replayBlocks(document)
    default:
      return document satisfies never
  }
}

/** Whether anything other than a single API model serves. */
const hasFleet = ({ scenarios }: Result): boolean => scenarios.some(({ routing, self_host }) => routing || self_host)

interface Encoding {
  readonly format: Format
  readonly encoder: Encoder
  readonly options: RenderOptions
}

const encode = (document: Document, { format, encoder, options }: Encoding): string => {
  switch (document.schema) {
    case 'dsprice/result/1':
      return encoder.result?.(document, options) ?? refuse(format, 'a result', formatsOf('estimate'))
    case 'dsprice/compare/1':
      return encoder.comparison?.(document, options) ?? refuse(format, 'a comparison', formatsOf('compare'))
    case 'dsprice/diff/1':
      return encoder.difference?.(document, options) ?? refuse(format, 'a difference', formatsOf('diff'))
    case 'dsprice/forecast/1':
      return encoder.forecast?.(document, options) ?? refuse(format, 'a forecast', formatsOf('forecast'))
    case 'dsprice/sweep/1':
      return encoder.sweep?.(document, options) ?? refuse(format, 'a sweep', formatsOf('sweep'))
    case 'dsprice/advice/1':
      return encoder.advice?.(document, options) ?? refuse(format, 'an advice', formatsOf('advise'))
    case 'dsprice/usage/1':
      return encoder.usage?.(document, options) ?? refuse(format, 'a usage report', formatsOf('usage'))
    case 'dsprice/replay/1':
      return encoder.replay?.(document) ?? refuse(format, 'a replay', formatsOf('replay'))
    default:
      return document satisfies never
  }
}

const refuse = (format: Format, document: string, formats: readonly Format[]): never => {
  throw new InputError([
    problems.usage(`${document} has no ${format} form`, `write --format ${formats.join(', --format ')}`),
  ])
}
