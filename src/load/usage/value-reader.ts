import type { Line } from '../../usage/formats/line.ts'
import type { UsageFile } from '../../usage/formats/open-usage.ts'
import { csvRecords } from './csv-records.ts'
import { headerFault } from './header-fault.ts'
import { buffer } from './scan/page.ts'
import type { LineScanner } from './scan/scan-line.ts'
import { DOCUMENT_LIMIT, type LineBytes, type TakeKnown, textOf, type VisitBytes } from './split-lines.ts'

/** Reads lines as one way of writing values. */
interface Reader {
  line(text: string, line: number, byte: number): void
  /** Takes a line of a structure that is known. @returns the place of its newline; -1: it was not taken */
  known?: TakeKnown
  /** Takes a line without its text; left out, or not taken: `line` must read it. */
  scan?(bytes: LineBytes, line: number, byte: number): boolean
  end(): void
}

const NOT_JSON = 'it is not JSON'

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

const jsonLines = (file: UsageFile, scanner: LineScanner): Reader => {
  // The line that must be read whole.
  let whole = 0
  const take = (found: Line | null, line: number, byte: number): boolean => {
    if (found === null) return false
    const isTaken = file.takeLine(found, line, byte)
    if (!isTaken) whole = line
    return isTaken
  }
  return {
    known: (from, line, byte) => {
      const to = scanner.known(from)
      return to >= 0 && take(scanner.line(), line, byte) ? to : -1
    },
    scan: ({ chunk, from, to }, line, byte) =>
      line !== whole && take(chunk === buffer ? scanner.scan(from, to) : null, line, byte),
    line: (text, line, byte) => {
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch {
        if (text.trim() !== '') file.bad(NOT_JSON, { line, byte })
        return
      }
      file.take(value, 'json', { line, byte })
    },
    end: () => {},
  }
}

/** One JSON value over many lines, held whole. */
const jsonDocument = (file: UsageFile, at: { readonly line: number; readonly byte: number }): Reader => {
  let texts: string[] = []
  let size = 0
  return {
    line: text => {
      size += text.length + 1
      if (size > DOCUMENT_LIMIT) texts = []
      else texts.push(text)
    },
    end: () => {
      if (size > DOCUMENT_LIMIT) {
        file.bad('a JSON document of more than 64 MiB: write it as JSON Lines', at)
        return
      }
      const found = parsed(texts.join('\n'))
      if (found) file.take(found.value, 'json', at)
      else file.bad(NOT_JSON, at)
    },
  }
}

const csv = (file: UsageFile): Reader =>
  csvRecords({
    row: (fields, line, byte) => file.take(fields, 'csv', { line, byte }),
    bad: (why, line, byte) => file.bad(why, { line, byte }),
    header: columns => {
      file.reading.header = headerFault(columns)
    },
  })

interface Held {
  readonly text: string
  readonly line: number
  readonly byte: number
}

/** Reads the lines of a file, whatever it is written as. */
export interface ValueReader {
  readonly known: TakeKnown
  readonly visit: VisitBytes
  end(): void
}

/**
 * Chooses by the first lines. What does not begin with `{` or `[` is CSV. A first line that is JSON is followed by
 * others; one that is not, and no JSON after it, begins a document.
 */
export const valueReader = (file: UsageFile, scanner: LineScanner): ValueReader => {
  let reader: Reader | null = null
  let held: Held | null = null
  const begin = (made: Reader, ...lines: readonly Held[]): void => {
    reader = made
    for (const { text, line, byte } of lines) made.line(text, line, byte)
  }
  const choose = (next: Held): void => {
    if (held) {
      begin(parsed(next.text) ? jsonLines(file, scanner) : jsonDocument(file, held), held, next)
      return
    }
    const text = next.text.replace(/^\ufeff/, '')
    if (text.trim() === '') return
    const first = { ...next, text }
    if (!/^\s*[{[]/.test(text)) begin(csv(file), first)
    else if (parsed(text)) begin(jsonLines(file, scanner), first)
    else held = first
  }
  const visitText = (text: string, line: number, byte: number): void => {
    if (reader) reader.line(text, line, byte)
    else if (text !== '' || held) choose({ text, line, byte })
  }
  return {
    known: (from, line, byte) => reader?.known?.(from, line, byte) ?? -1,
    visit: (bytes, line, byte) => {
      if (bytes === null) file.bad('it is longer than 16 MiB', { line, byte })
      else if (!reader?.scan?.(bytes, line, byte)) visitText(textOf(bytes), line, byte)
    },
    end: () => {
      if (held && !reader) begin(jsonDocument(file, held), held)
      reader?.end()
      file.end()
    },
  }
}
