/** What the lines of a paragraph begin with. */
export interface Indent {
  readonly first: string
  readonly rest: string
}

interface Wrapping extends Indent {
  /** Characters per line; Infinity: nothing is wrapped. */
  readonly width: number
  /** Terminal columns that a text takes. */
  readonly widthOf?: (text: string) => number
}

/** Wraps a paragraph at spaces and indents its later lines; a word wider than a line stays whole. */
export const wrapBy = (text: string, { width, first, rest, widthOf = line => [...line].length }: Wrapping): string => {
  const lines: string[] = []
  let line = first
  // Measured word by word: the text may be one line of any length.
  let used = widthOf(first)
  let empty = true
  for (const word of text.split(' ')) {
    const own = widthOf(word)
    if (!empty && used + 1 + own > width) {
      lines.push(line)
      line = rest
      used = widthOf(rest)
      empty = true
    }
    line += empty ? word : ` ${word}`
    used += empty ? own : own + 1
    empty = false
  }
  return [...lines, line].join('\n')
}
