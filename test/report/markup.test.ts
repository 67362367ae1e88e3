import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { code, codeCell, oneLine, plain } from '../../src/report/markup.ts'
import { hostile } from './hostile.ts'

const toHtml = (text: string): string =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

const decoded = (html: string): string =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')

describe('text in Markdown', () => {
  it.each<[string, string]>([
    ['a*b', 'a\\*b'],
    ['<b>&lt;', '\\<b\\>\\&lt;'],
    ['two\nlines\u2028three', 'two lines three'],
    ['@octocat', '@\u200Boctocat'],
    ['a\u202Eb\u0007', 'a\uFFFDb\uFFFD'],
  ])('%j is %j', (text, expected) => {
    expect(plain(text)).toBe(expected)
  })
})

describe('a code span', () => {
  it.each<[string, string]>([
    ['bot', '`bot`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', ''],
    ['\n', ''],
    // 36 and 35 characters about the ellipsis are 72.
    ['a'.repeat(40) + 'b'.repeat(40), `\`${'a'.repeat(36)}…${'b'.repeat(35)}\``],
  ])('of %j is %j', (text, expected) => {
    expect(code(text)).toBe(expected)
  })

  it.each<[string, string]>([
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\ \\|b`'],
    ['a\\\\|b', '`a\\\\ \\|b`'],
  ])('of %j in a table is %j', (text, expected) => {
    expect(codeCell(text)).toBe(expected)
  })

  it('holds whatever it is given, and nothing of it gets out', () => {
    fc.assert(
      fc.property(hostile, text => {
        const span = code(text)
        if (span === '') return
        const [, inside] = /^<p>x <code>(.*)<\/code> y<\/p>$/s.exec(toHtml(`x ${span} y`)) ?? []
        // A span gives the text between its fences, less one blank at each end where both have one.
        expect(decoded(inside ?? '').trim()).toBe(span.replace(/^`+|`+$/g, '').trim())
      }),
      { numRuns: 1000 },
    )
  })

  it('fills one cell of a table, whatever it is given', () => {
    fc.assert(
      fc.property(hostile, text => {
        const html = toHtml(`| a | b |\n| - | - |\n| ${codeCell(text)} | end |`)
        expect(html.match(/<td>/g)).toHaveLength(2)
        expect(html).toContain('<td>end</td>')
        expect(html.replace(/<code>.*?<\/code>/s, '')).not.toMatch(/<(?!\/?(table|thead|tbody|tr|th|td)>)/)
      }),
      { numRuns: 1000 },
    )
  })
})

it('sets apart what a runner takes for a command', () => {
  expect(oneLine('::error::x')).toBe(': :error: :x')
  expect(oneLine(':::')).toBe(': : :')
  expect(oneLine('##[error]')).toBe('# #[error]')
  expect(oneLine('a:1:2')).toBe('a:1:2')
})
