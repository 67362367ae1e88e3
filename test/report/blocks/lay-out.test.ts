import Table from 'cli-table3'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Column } from '../../../src/report/blocks/block.ts'
import { layOut } from '../../../src/report/blocks/lay-out.ts'
import { runs } from '../../laws.ts'

const FRAME = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
const LINES = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle']

/** The same table by a library, each column as wide as its widest cell and two spaces between them. */
const byLibrary = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const all = [columns.map(({ title }) => title), ...rows]
  const gap = (i: number): string => (i === columns.length - 1 ? '' : '  ')
  const gapped = (row: readonly string[]): string[] =>
    row.map((cell, i) => (columns[i]?.align === 'right' ? `${cell}${gap(i)}` : cell))
  const table = new Table({
    head: gapped(columns.map(({ title }) => title)),
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: columns.map((_, i) => Math.max(...all.map(row => stringWidth(row[i] ?? ''))) + gap(i).length),
    chars: Object.fromEntries([...FRAME, ...LINES].map(name => [name, ''])),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  table.push(...rows.map(gapped))
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
}

const cell = fc.oneof(
  fc.constantFrom('$1,234.50', 'N/A', '模型', 'é', '🙂 ok', '\u001b[2mfaint\u001b[22m', 'deepseek-v4-pro'),
  fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/),
)
const tables = fc.integer({ min: 1, max: 5 }).chain(width =>
  fc.record({
    columns: fc.array(fc.record({ title: cell, align: fc.constantFrom('left', 'right') }), {
      minLength: width,
      maxLength: width,
    }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
  }),
)

describe('a table', () => {
  it('is set as a library sets it', () => {
    fc.assert(
      fc.property(tables, ({ columns, rows }) => {
        expect(layOut(columns, rows, Number.POSITIVE_INFINITY)).toBe(byLibrary(columns, rows))
      }),
      { numRuns: runs(100) },
    )
  })

  it('wraps what may be wrapped, the other cells beside its first line', () => {
    const columns: Column[] = [{ title: 'view' }, { title: 'USD', align: 'right' }, { title: '', wraps: true }]
    const rows = [
      ['cached', '0.73', 'expected with the cache of this provider'],
      ['batch', '1.20', 'half price'],
    ]
    expect(layOut(columns, rows, 30)).toBe(
      [
        'view     USD',
        'cached  0.73  expected with',
        '              the cache of',
        '              this provider',
        'batch   1.20  half price',
      ].join('\n'),
    )
  })

  describe('that is too wide', () => {
    const columns: Column[] = [
      { title: 'model', shortens: true },
      { title: 'USD a day', align: 'right' },
      { title: 'USD a conversation', align: 'right' },
      { title: 'context', align: 'right', drop: 1 },
    ]
    const rows = [
      ['host/some-long-model-of-1', '$3.00', '$0.0310', '128,000'],
      ['host/some-long-model-of-2', '$10.50-$11.00', '$0.1050-$0.1100', '1,000,000'],
    ]

    it('has its headings in two lines first: 25 + 13 + 15 + 9 and three gaps of 2 instead of 71', () => {
      expect(layOut(columns, rows, 68)).toBe(`\
                                                    USD a
model                          USD a day     conversation    context
host/some-long-model-of-1          $3.00          $0.0310    128,000
host/some-long-model-of-2  $10.50-$11.00  $0.1050-$0.1100  1,000,000`)
    })

    it('then drops what may be dropped: 20 + 13 + 15 and two gaps', () => {
      expect(layOut(columns, rows, 52)).toBe(`\
                                               USD a
model                     USD a day     conversation
host/some-…odel-of-1          $3.00          $0.0310
host/some-…odel-of-2  $10.50-$11.00  $0.1050-$0.1100
Left out at this width: context.`)
    })

    it('then has the ends of ranges one below the other: 16 + 7 + 12 and two gaps', () => {
      expect(layOut(columns, rows, 39)).toBe(`\
                    USD a         USD a
model                 day  conversation
host/som…el-of-1    $3.00       $0.0310
host/som…el-of-2  $10.50-      $0.1050-
                   $11.00       $0.1100
Left out at this width: context.`)
    })

    it('is a block of lines for each row at last: less than 16 + 5 + 12 and two gaps', () => {
      expect(layOut(columns, rows.slice(0, 1), 36)).toBe(`\
model: host/some-long-model-of-1
  USD a day: $3.00
  USD a conversation: $0.0310
  context: 128,000`)
    })
  })

  it('paints each line of a painted cell by itself, so that no other cell takes its colour', () => {
    const columns: Column[] = [{ title: '', wraps: true }, { title: 'n' }]
    const rows = [['\u001b[2mone two three four\u001b[22m', '1']]
    expect(layOut(columns, rows, 15)).toBe(
      ['              n', '\u001b[2mone two\u001b[22m       1', '\u001b[2mthree four\u001b[22m'].join('\n'),
    )
  })
})
