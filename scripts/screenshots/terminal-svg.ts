import Anser from 'anser'

/** Sizes of a character and the space around all of them, pixels. */
const CHARACTER = { width: 8.4, height: 18, font: 14 } as const
const MARGIN = 16

/** Height of a full block, which leaves a line between two rows of bars. */
const BLOCK = CHARACTER.height - 2

/** One dark terminal, which is legible on a light page and on a dark one. */
const STYLE = [
  `text{font:${CHARACTER.font}px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}`,
  'svg{fill:#e6edf3}',
  '.bold{font-weight:700}.dim{fill:#8d96a0}.prompt{fill:#79c0ff}',
  '.ansi-red{fill:#ff7b72}.ansi-green{fill:#7ee787}.ansi-yellow{fill:#e3b341}',
  '.ansi-blue{fill:#79c0ff}.ansi-magenta{fill:#d2a8ff}.ansi-cyan{fill:#76e3ea}',
].join('')

/** Text in one style. */
interface Run {
  readonly text: string
  readonly style: string
}

/**
 * A terminal as an SVG image that needs no other file: the command, and what it printed with its colours.
 *
 * @param printed - with ANSI sequences; of these, colours of the first eight, bold and dim are drawn
 * @param columns - width of the terminal
 * @throws {Error} if a line is wider, or a style is none of these
 */
export const terminalSvg = (command: string, printed: string, columns: number): string => {
  const lines = [[{ text: '$ ', style: 'prompt' }, ...runsOf(command)], ...linesOf(printed)]
  const width = 2 * MARGIN + columns * CHARACTER.width
  const height = 2 * MARGIN + lines.length * CHARACTER.height
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(command)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="#161b22" stroke="#30363d"/>`,
    ...lines.flatMap((runs, row) => lineSvg(runs, { row, columns })),
    '</svg>',
    '',
  ].join('\n')
}

/** A line: each piece in its column, whatever font draws it. Full blocks are rectangles, without seams. */
const lineSvg = (
  runs: readonly Run[],
  { row, columns }: { readonly row: number; readonly columns: number },
): string[] => {
  let column = 0
  const top = MARGIN + row * CHARACTER.height
  const pieces = runs.flatMap(({ text, style }) => {
    const start = column
    column += [...text].length
    // Two spaces part cells; one is part of a cell.
    return [...text.matchAll(/█+|[^\s█]+(?: [^\s█]+)*/gu)].map(({ 0: piece, index }) => {
      const x = tidy(MARGIN + (start + [...text.slice(0, index)].length) * CHARACTER.width)
      const width = tidy([...piece].length * CHARACTER.width)
      const named = style === '' ? '' : ` class="${style}"`
      if (piece.startsWith('█')) return `<rect x="${x}" y="${top + 1}" width="${width}" height="${BLOCK}"${named}/>`
      const y = tidy(top + 0.75 * CHARACTER.height)
      return `<text x="${x}" y="${y}" textLength="${width}"${named}>${escaped(piece)}</text>`
    })
  })
  if (column > columns) throw new Error(`a line has ${column} columns: ${runs.map(({ text }) => text).join('')}`)
  return pieces.length === 0 ? [] : [pieces.join('')]
}

/** The lines of what was printed, each in runs of one style. */
const linesOf = (printed: string): Run[][] => {
  const lines: Run[][] = [[]]
  for (const run of runsOf(printed)) {
    const [first = '', ...rest] = run.text.split('\n')
    lines.at(-1)?.push({ ...run, text: first })
    for (const text of rest) lines.push([{ ...run, text }])
  }
  return lines
}

const runsOf = (printed: string): Run[] =>
  Anser.ansiToJson(printed, { json: true, use_classes: true }).map(({ content, fg, bg, decorations }) => {
    const styles = [...(fg ? [fg] : []), ...decorations]
    const strange = [...styles, ...(bg ? [bg] : [])].find(style => !STYLE.includes(`.${style}{`))
    if (strange !== undefined) throw new Error(`there is no style for ${strange}`)
    return { text: content, style: styles.join(' ') }
  })

const escaped = (text: string): string => Anser.escapeForHtml(text)

const tidy = (pixels: number): string => String(Math.round(pixels * 10) / 10)
