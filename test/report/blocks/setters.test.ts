import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, it } from 'vitest'
import {
  type Block,
  heading,
  left,
  name,
  notes,
  paragraph,
  quote,
  right,
  strong,
} from '../../../src/report/blocks/block.ts'
import { markdown } from '../../../src/report/blocks/markdown.ts'
import { PLAIN, type RenderOptions } from '../../../src/report/blocks/renderer.ts'
import { terminal } from '../../../src/report/blocks/terminal.ts'

const OPTIONS: RenderOptions = { width: 60, paint: PLAIN, explain: false, plot: true }

/** One block of every kind. */
const BLOCKS: readonly Block[] = [
  { kind: 'marker', text: 'mark' },
  heading(['Cost of ', name('a*b')], { answer: '$3 a month.', about: 'What it is', notes: ['A sum: $1'] }),
  paragraph([strong('$3'), ' a month']),
  notes([
    'First.',
    { title: 'Assumed', items: ['one', quote('t|wo')] },
    { title: 'Warnings', items: ['w'], onStderr: true },
  ]),
  {
    kind: 'entries',
    entries: [{ mark: { as: 'bad', text: 'FAIL' }, text: 'over', facts: [{ label: 'fix', text: 'type this' }] }],
  },
  { kind: 'table', title: 'Rows', columns: [left('#'), right('cost')], rows: [[name('a|b'), '$1']] },
  {
    kind: 'table',
    columns: [left('way'), right('cost')],
    rows: [
      ['one', '$1'],
      ['two', '$2'],
    ],
    marked: 1,
  },
  { kind: 'plot', draw: width => `${width} wide` },
  {
    kind: 'folded',
    sections: [
      { title: 'More', blocks: [paragraph('inside')] },
      { title: 'None', blocks: [] },
    ],
  },
]

it('sets every kind of block for a terminal', () => {
  expect(terminal.set(BLOCKS, { ...OPTIONS, explain: true })).toBe(`Cost of a*b: $3 a month.
What it is
A sum: $1

$3 a month

First.
Assumed:
  - one
  - t|wo

FAIL  over
  fix  type this

Rows
#    cost
a|b    $1

way    cost
  one    $1
> two    $2

60 wide

More
inside
`)
})

it('sets every kind of block as Markdown', () => {
  expect(markdown.set(BLOCKS, OPTIONS)).toBe(`<!-- mark -->

## Cost of \`a*b\`

**$3 a month.**

What it is

A sum: $1

**$3** a month

First.

Assumed:

- one
- \`t|wo\`

Warnings:

- w

- **FAIL** over
  - fix: type this

### Rows

| #      | cost |
| :----- | ---: |
| \`a\\|b\` |   $1 |

| way     |   cost |
| :------ | -----: |
| one     |     $1 |
| **two** | **$2** |

<details><summary>More</summary>

inside

</details>
`)
})

it('keeps the code spans of two names apart', () => {
  const html = micromark(markdown.set([paragraph([name('a'), name('`'), 'c'])], OPTIONS), {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  expect(html.trim()).toBe('<p><code>a</code> <code>`</code>c</p>')
})

it('names the sections that a comment has no room for', () => {
  const long = { title: 'Long', blocks: [paragraph('word '.repeat(12_000))] }
  const text = markdown.set(
    [{ kind: 'folded', sections: [long, { title: 'Short', blocks: [paragraph('x')] }] }],
    OPTIONS,
  )
  expect(text).toContain('<summary>Short</summary>')
  expect(text).toContain('Left out for lack of room in a comment: Long.')
})
