import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { SCREENSHOTS, screenshots } from '../scripts/screenshots/screenshots.ts'
import { terminalSvg } from '../scripts/screenshots/terminal-svg.ts'
import { dsprice, repository } from './fake-io.ts'

const folder = join(repository, 'docs/images')
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

/** The characters of a terminal, put back where the image has them: 8.4 by 18 pixels each, 16 around all. */
const screenOf = (svg: string): string => {
  const rows: string[][] = []
  let place: { row: number; column: number } | null = null
  const put = (text: string, { row, column }: { row: number; column: number }): void => {
    const cells = rows[row] ?? []
    rows[row] = cells
    for (const [i, character] of [...text].entries()) {
      expect(cells[column + i]).toBeUndefined()
      cells[column + i] = character
    }
  }
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes: { x = '', y = '', width = '' } }) => {
    const column = Math.round((Number(x) - 16) / 8.4)
    place = name === 'text' ? { row: Math.floor((Number(y) - 16) / 18), column } : null
    if (name !== 'rect' || x === '.5') return
    put('█'.repeat(Math.round(Number(width) / 8.4)), { row: Math.floor((Number(y) - 16) / 18), column })
  })
  parser.on('text', text => void (place && put(text, place)))
  parser.on('closetag', () => {
    place = null
  })
  parser.write(svg).close()
  return [...rows].map(cells => Array.from(cells ?? [], character => character ?? ' ').join('')).join('\n')
}

describe('docs/images', () => {
  it('is what the commands print (else: npm run screenshots)', async () => {
    const images = await screenshots(repository)
    const drawn = readdirSync(folder).filter(name => name.endsWith('.svg'))
    expect(drawn.sort()).toEqual([...images.keys()].sort())
    for (const [file, svg] of images) expect(read(file)).toBe(svg)
  })

  it.each(SCREENSHOTS)(
    '$file shows every character that the command prints, in its place',
    async ({ command, file, shows }) => {
      const { out } = await dsprice(command.split(' ').slice(1), repository, {
        ...{ terminal: 80, newer: true },
        env: { NO_COLOR: '1' },
      })
      const screen = screenOf(read(file))
      const [first, ...rest] = screen.split('\n')
      expect(first).toBe(`$ ${command}`)
      const shown = rest.join('\n').split('\n\n')
      const printed = out.trimEnd().split('\n\n')
      if (shows === undefined) expect(shown).toEqual(printed)
      else expect(printed.filter(paragraph => shown.includes(paragraph))).toEqual(shown.filter(one => one !== '…'))
    },
  )

  it.each(SCREENSHOTS)('$file is in a document, and small', ({ file }) => {
    const docs = readdirSync(join(repository, 'docs')).filter(name => name.endsWith('.md'))
    const pages = ['README.md', ...docs.map(name => `docs/${name}`)]
    const texts = pages.map(page => readFileSync(join(repository, page), 'utf8'))
    expect(texts.some(text => text.includes(`images/${file})`))).toBe(true)
    expect(read(file).length).toBeLessThan(10_000)
  })
})

describe('a terminal as an image', () => {
  it('has colours, bold and dim as classes, and text as it is', () => {
    const svg = terminalSvg('a <b>', '\x1b[1mx & y\x1b[22m  \x1b[32m\x1b[2mz\x1b[22m\x1b[39m', 20)
    expect(screenOf(svg)).toBe('$ a <b>\nx & y  z')
    // The second line is 18 lower; z stands in column 7: 16 + 7 × 8.4.
    expect(svg).toContain('<text x="16" y="47.5" textLength="42" class="bold">x &amp; y</text>')
    expect(svg).toContain('<text x="74.8" y="47.5" textLength="8.4" class="ansi-green dim">z</text>')
  })

  it.each([
    { it: 'a line wider than the terminal', printed: 'x'.repeat(21), what: '21 columns' },
    { it: 'a style that it has not', printed: '\x1b[3mx\x1b[23m', what: 'italic' },
  ])('refuses $it', ({ printed, what }) => {
    expect(() => terminalSvg('a', printed, 20)).toThrow(what)
  })
})
