import { join } from 'node:path'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { printable } from '../../src/model/printable.ts'
import { type Difference, differenceSchema } from '../../src/model/result/difference.ts'
import { type Forecast, forecastSchema } from '../../src/model/result/forecast.ts'
import { type Comparison, compareSchema, type Result, resultSchema } from '../../src/model/result/result.ts'
import { type Sweep, sweepSchema } from '../../src/model/result/sweep.ts'
import { PLAIN } from '../../src/report/blocks/renderer.ts'
import { FORMATS, type Format, renderDocument } from '../../src/report/index.ts'
import { dsprice, repository } from '../fake-io.ts'
import { BIDI, commandIn, HARMFUL, hostile } from '../hostile.ts'
import { change, checkOf, everyView, fault, resultWith, scenarioResult, verdict } from './documents.ts'

/**
 * Every document in every format, with a stranger's words in every place that may hold words. Which these are the
 * schemas say, so that a new key and a new format are tested as they come.
 */

type Document = Result | Comparison | Difference | Forecast | Sweep

const SCHEMAS = {
  'dsprice/result/1': resultSchema,
  'dsprice/compare/1': compareSchema,
  'dsprice/diff/1': differenceSchema,
  'dsprice/forecast/1': forecastSchema,
  'dsprice/sweep/1': sweepSchema,
} as const
const fits = (document: unknown): boolean =>
  SCHEMAS[(document as Document).schema]?.safeParse(document).success ?? false

/** A walk through a document: what becomes of each text, told where it stands; lists are one place. */
const walk = (value: unknown, say: (text: string, place: string) => string, place = ''): unknown => {
  if (typeof value === 'string') return say(value, place)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(one => walk(one, say, `${place}[]`))
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [say(key, `${place} key ${key}`), walk(one, say, `${place}.${key}`)]),
  )
}

const isFigure = (text: string): boolean => /^-?[\d.]+$|^\d{4}-\d\d-\d\d|^[0-9a-f]{40,}$/.test(text)

const known = new Map<string, boolean>()

/** Places where the schema lets anything stand; a place is tried once for each schema. */
const freePlaces = (document: Document): Set<string> => {
  const places = new Set<string>()
  walk(document, (text, place) => {
    if (!isFigure(text)) places.add(place)
    return text
  })
  const isFree = (place: string): boolean => {
    const id = document.schema + place
    const free = known.get(id) ?? fits(walk(document, (text, here) => (here === place ? `\u202E@ ${text}` : text)))
    known.set(id, free)
    return free
  }
  return new Set([...places].filter(isFree))
}

/** What no other text ends with. */
const END = '»'

interface Case {
  readonly name: string
  /** The document with these words before every text that a stranger may write. */
  readonly said: (words: string) => Document
}

const caseOf = (name: string, document: Document): Case => {
  expect(fits(document)).toBe(true)
  const free = freePlaces(document)
  expect(free.size).toBeGreaterThan(5)
  return {
    name,
    said: words =>
      walk(document, (text, place) =>
        free.has(place) && !isFigure(text) ? `${words}${END}${text}` : text,
      ) as Document,
  }
}

const run = async (folder: string, ...argv: string[]): Promise<Document> => {
  const { code, out } = await dsprice([...argv, '--json', '--quiet'], join(repository, folder))
  expect(code).toBe(0)
  return JSON.parse(out)
}

const checkedResult = (): Result => {
  const over = verdict({ state: 'over', actual: '412.1', over_by: '12.1' })
  const unknown = verdict({ state: 'unknown', actual: null, at_least: '1', reason: 'no rate' })
  const skipped = verdict({ limit: 'max_increase', state: 'no_baseline', actual: null, reason: 'it is new' })
  return resultWith({
    scenarios: [
      scenarioResult({ budget: [over, unknown, skipped] }),
      scenarioResult({ name: 'free', tags: { a: 'b' } }),
    ],
    check: checkOf({
      baseline: { kind: 'git', name: 'main', commit: null, reason: null },
      totals: [{ ...unknown, of: 'run' }],
      changes: [change({ baseline: everyView('1'), change: everyView('0.5'), prices: everyView('2') })],
      faults: [fault(), fault({ file: null, at: null })],
    }),
    warnings: [{ code: 'OLD', what: 'old', fix: 'renew', at: 'scenarios/bot.yaml:3:4' }],
  })
}

const cases: readonly Case[] = [
  caseOf('an estimate', await run('scenarios', 'estimate', 'routing-80-15-5.yaml', 'self-host-v4.yaml')),
  caseOf('a comparison', await run('.', 'compare', 'scenarios/chat.yaml', '--models', 'deepseek-v4,claude-opus-4.7')),
  caseOf('a frontier', await run('.', 'route', 'scenarios/routing-80-15-5.yaml')),
  caseOf('a break-even', await run('.', 'breakeven', 'scenarios/self-host-v4.yaml')),
  caseOf(
    'a sweep',
    await run('.', 'sweep', 'scenarios/chat.yaml', '--vary', 'model=deepseek-v4,gone', '--vary', 'traffic.requests=2x'),
  ),
  caseOf('a difference', await run('test/golden/diff', 'diff', 'base.json', 'head.json')),
  caseOf('a forecast', await run('test/golden/forecast', 'forecast', 'bot.yaml', '--months', '3')),
  caseOf('a check', checkedResult()),
]

/** A format in which a case can be set, at some width, with every line or without. */
const set = async (document: Document, format: Format, width = Number.POSITIVE_INFINITY): Promise<string> =>
  renderDocument(document, format, { width, paint: PLAIN, explain: width > 100, from: undefined })

const hasForm = async (one: Case, format: Format): Promise<boolean> =>
  tameOf(one, format).then(
    () => true,
    () => false,
  )

const toHtml = (text: string): string =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

/** The tags alone, without code, in which nothing more is found. */
const shapeOf = (html: string): string => (html.replace(/<code>.*?<\/code>/gs, '').match(/<[^>]*>/g) ?? []).join('')

/** A line of CSV, and those after it. @see RFC 4180 */
const parseCsv = (text: string): string[][] => {
  const rows: string[][] = [[]]
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end === '\n') rows.push([])
  }
  return rows.slice(0, -1)
}

/** As a spreadsheet has it: a cell that would be a formula begins with a quote. */
const inSheet = (cell: string): string => {
  if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
  return cell.replace(/^'(?=[=+\-@])/, '')
}

const unescapeCommand = (line: string): string => {
  expect(line).toMatch(/^::(error|warning|notice) title=[^:]*::/)
  return line
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

const parseXml = (text: string): unknown[] => {
  const found: unknown[] = []
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => found.push([name, { ...attributes }]))
  parser.on('text', text => found.push(text))
  parser.write(text).close()
  return found
}

/**
 * What a reader of each format gets, as one text: with the stranger's words taken out again it must be the same,
 * whatever they were. A format that is not here only has to be harmless.
 */
const READ: Readonly<Partial<Record<Format, (text: string) => string>>> = {
  json: text => JSON.stringify(JSON.parse(text)),
  csv: text => JSON.stringify(parseCsv(text).map(row => row.map(inSheet))),
  github: text => JSON.stringify(text.split('\n').slice(0, -1).map(unescapeCommand)),
  junit: text => JSON.stringify(parseXml(text)),
  // Nothing of the stranger's is an element: their number and order is that of the template.
  markdown: text => shapeOf(toHtml(text)),
}

const TAME = 'x'
const inside = (words: string): string => JSON.stringify(words + END).slice(1, -1)

const TAMED = new Map<string, string>()

const tameOf = async ({ name, said }: Case, format: Format): Promise<string> => {
  const key = `${name} ${format}`
  const text = TAMED.get(key) ?? (await set(said(TAME), format))
  TAMED.set(key, text)
  return text
}

const check = async (one: Case, format: Format, words: string): Promise<void> => {
  const document = one.said(words)
  const text = await set(document, format)
  for (const shown of format === 'table' ? [text, await set(document, format, 60)] : [text]) {
    expect(shown).not.toMatch(HARMFUL)
    if (format !== 'github') expect(shown.split('\n').filter(commandIn)).toEqual([])
  }
  const read = READ[format]
  const shown = inside(format === 'json' ? words : printable(words))
  if (read) expect(read(text).replaceAll(shown, inside(TAME))).toBe(read(await tameOf(one, format)))
}

const MARKS = `=cmd()${BIDI.join('')}`
const COMMAND = '::set-output name=a::b\u001b]8;;http://evil.example\u0007'

describe.each(cases)('$name', one => {
  it.each(FORMATS)('as %s', async format => {
    if (!(await hasForm(one, format))) return
    await check(one, format, COMMAND)
    await check(one, format, MARKS)
    await fc.assert(
      fc.asyncProperty(hostile, words => check(one, format, words)),
      { numRuns: 1 },
    )
  })
})
