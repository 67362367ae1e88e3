import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { empty } from '../../src/load/page/saved-page.ts'
import { type Comparison, compareSchema } from '../../src/model/result/result.ts'
import { PLAIN } from '../../src/report/blocks/renderer.ts'
import { FORMATS, formatsOf, renderDocument } from '../../src/report/index.ts'
import { repository, TODAY } from '../fake-io.ts'
import { differenceWith, forecastWith, resultWith } from './documents.ts'

/** What the build would make for a page. */
const ASSETS = { program: '', loader: '', style: '', hashes: { scripts: [], styles: [] } }
const OPTIONS = {
  width: Number.POSITIVE_INFINITY,
  paint: PLAIN,
  explain: false,
  page: { data: { ...empty(TODAY), part: 'answer' as const }, assets: ASSETS },
}
const comparison: Comparison = compareSchema.parse(
  JSON.parse(readFileSync(join(repository, 'test/golden/render-compare/comparison.json'), 'utf8')),
)

it('each command lists the formats that its document has', () => {
  expect(formatsOf('estimate')).toEqual(['table', 'json', 'markdown', 'csv', 'html'])
  expect(formatsOf('compare')).toEqual(['table', 'json', 'markdown', 'csv', 'html'])
  expect(formatsOf('check')).toEqual(['table', 'json', 'markdown', 'github', 'junit'])
  expect(formatsOf('diff')).toEqual(['table', 'json', 'markdown', 'csv'])
  expect(formatsOf('usage')).toEqual(['table', 'json', 'markdown', 'csv', 'html', 'focus'])
  expect(formatsOf('sweep')).toEqual(['table', 'json', 'markdown', 'csv', 'html'])
})

describe.each(FORMATS)('%s', format => {
  it('takes every result, but for a format of usage alone', async () => {
    const text = renderDocument(resultWith(), format, OPTIONS)
    const isListed = [...formatsOf('estimate'), ...formatsOf('check')].some(one => one === format)
    if (isListed) expect(typeof (await text)).toBe('string')
    else await expect(text).rejects.toThrow(`has no ${format} form`)
  })

  it.each([
    { kind: 'compare', document: comparison },
    { kind: 'diff', document: differenceWith() },
    { kind: 'forecast', document: forecastWith() },
  ] as const)('takes the document of $kind exactly where it is listed', async ({ kind, document }) => {
    const isListed = (formatsOf(kind) as string[]).includes(format)
    const text = renderDocument(document, format, OPTIONS)
    if (isListed) expect(typeof (await text)).toBe('string')
    else await expect(text).rejects.toThrow(`has no ${format} form`)
  })
})

it('loads a format’s library only with the format', () => {
  const of = {
    'fast-xml-builder': 'formats/junit.ts',
    'csv-stringify/sync': 'formats/to-csv.ts',
    'markdown-table': 'blocks/markdown.ts',
    'string-width': 'blocks/lay-out.ts',
  }
  const folder = join(repository, 'src/report')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  for (const [library, file] of Object.entries(of)) {
    const users = files.filter(name => readFileSync(join(folder, name), 'utf8').includes(`'${library}'`))
    expect(users).toEqual([file])
  }
})
