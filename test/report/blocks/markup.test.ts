import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { cell, code, codeCell, plain } from '../../../src/report/blocks/markup.ts'
import { hostile } from '../../hostile.ts'
import { runs } from '../../laws.ts'

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
    ['<b>&lt; <0.1% > 5', '\\<b>\\&lt; <0.1% > 5'],
    ['two\nlines\u2028three', 'two\\\\u{a}lines\\\\u{2028}three'],
    ['a\u202Eb\u0007', 'a\\\\u{202e}b\\\\u{7}'],
    ['ask @octocat, please', 'ask `@octocat`, please'],
    ['claude-haiku-4-5@20251001', '`claude-haiku-4-5@20251001`'],
    ['read https://evil.example/a_b.', 'read `https://evil.example/a_b`.'],
    ['(www.evil.example)', '(`www.evil.example`)'],
    ['acme/bots#12 and GH-12', '`acme/bots#12` and `GH-12`'],
    ['# 1 `@a`|@b', '\\# 1 \\``@a`\\`\\|`@b`'],
    ['$1.50, $x$, $(id)', '$1.50, \\$x\\$, \\$(id)'],
  ])('%j is %j', (text, expected) => {
    expect(cell(text)).toBe(expected)
    expect(plain(text)).toBe(expected)
  })

  it.each<[string, string]>([
    ['- a', '\\- a'],
    ['+ a', '\\+ a'],
    ['-', '\\-'],
    ['---', '\\---'],
    ['- - -', '\\- - -'],
    ['===', '\\==='],
    ['1. a', '1\\. a'],
    ['12) a', '12\\) a'],
    ['    a', 'a'],
    ['> a', '\\> a'],
    ['# a', '\\# a'],
    ['-1.5%', '-1.5%'],
    ['1.5', '1.5'],
    ['--set a', '--set a'],
  ])('%j begins a line as %j', (text, expected) => {
    expect(plain(text)).toBe(expected)
  })

  const BLOCKS: readonly [string, (text: string) => string, RegExp][] = [
    ['a paragraph', text => `a\n\n${plain(text)}\n\nb`, /^<p>a<\/p>\n(?:<p>[^\n]*<\/p>\n)?<p>b<\/p>$/],
    ['a heading', text => `## ${plain(text)}\n\nb`, /^<h2>[^\n]*<\/h2>\n<p>b<\/p>$/],
    ['an item', text => `- ${plain(text)}\n- b`, /^<ul>\n<li>[^\n]*<\/li>\n<li>b<\/li>\n<\/ul>$/],
    ['a cell', text => `| a | b |\n| - | - |\n| ${cell(text)} | b |`, /<tr>\n<td>[^\n]*<\/td>\n<td>b<\/td>\n<\/tr>/],
  ]
  it.each(BLOCKS)('stays text in %s, whatever it is', (_, set, shape) => {
    fc.assert(
      fc.property(hostile, text => {
        const html = toHtml(set(text))
        expect(html).toMatch(shape)
        // Nothing but the block itself, and code in which nothing more is found.
        expect(html.replace(/<code>.*?<\/code>/gs, '')).not.toMatch(
          /<(?!\/?(?:p|h2|ul|li|table|thead|tbody|tr|th|td)>)|@|:\/\/|www\.|#\d/i,
        )
      }),
      { numRuns: runs(300) },
    )
  })
})

describe('a code span', () => {
  it.each<[string, string]>([
    ['bot', '`bot`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', ''],
    [' ', ''],
    ['\n', '`\\u{a}`'],
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
      { numRuns: runs(1000) },
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
      { numRuns: runs(1000) },
    )
  })
})
