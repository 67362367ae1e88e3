import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvRecords } from '../../../src/load/usage/csv-records.ts'
import { LINES } from '../../../src/load/usage/scan/page.ts'
import { splitLines } from '../../../src/load/usage/split-lines.ts'

/** The lines of bytes that come in pieces. */
const linesOf = (bytes: Uint8Array, cuts: readonly number[]) => {
  const lines: { text: string | null; line: number; byte: number }[] = []
  const splitter = splitLines((text, line, byte) => lines.push({ text, line, byte }))
  let from = 0
  for (const to of [...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    splitter.push(bytes.subarray(from, to))
    from = to
  }
  splitter.end()
  return lines
}

it('values come out as JSON.parse has them, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.json(), { minLength: 1 }), fc.array(fc.nat()), (values, cuts) => {
      const bytes = new TextEncoder().encode(values.join('\n'))
      const lines = linesOf(bytes, cuts)
      expect(lines.map(({ text }) => JSON.parse(text ?? ''))).toEqual(values.map(value => JSON.parse(value)))
      for (const { text, line, byte } of lines) {
        expect(new TextDecoder().decode(bytes.subarray(byte)).startsWith(text ?? '')).toBe(true)
        expect(line).toBe(lines.findIndex(one => one.byte === byte) + 1)
      }
    }),
  )
})

it('lines come out as they went in, longer ones than the page or its pieces too', () => {
  const size = fc.oneof(
    fc.nat({ max: 300 }),
    fc
      .constantFrom(LINES, LINES / 4, LINES * 0.75, LINES * 2.5)
      .chain(most => fc.integer({ min: most - 3, max: most + 3 })),
  )
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(), { maxLength: 5 }), (sizes, cuts) => {
      const texts = sizes.map((length, i) => String.fromCharCode(97 + i).repeat(Math.floor(length)))
      const lines = linesOf(Buffer.from(`${texts.join('\n')}\n`), cuts)
      let start = 0
      const expected = texts.map((text, i) => {
        const byte = start
        start += text.length + 1
        return { text, line: i + 1, byte }
      })
      expect(lines.length).toBe(expected.length)
      for (const [i, one] of expected.entries()) {
        const found = lines[i]
        // A difference of long texts would take minutes to be written.
        expect([found?.line, found?.byte, found?.text === one.text]).toEqual([one.line, one.byte, true])
      }
    }),
  )
})

it('refuses to read lines while a line is read: there is one page', () => {
  const inner = splitLines(() => {})
  const outer = splitLines(() => inner.push(Buffer.from('b\n')))
  expect(() => outer.push(Buffer.from('a\n'))).toThrow('while a line is read')
  // And is free again.
  inner.push(Buffer.from('c\n'))
})

const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'ü', ' ') })

it('cells come out as they went in, with quotes, commas and line ends in them', () => {
  const written = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell)), fc.array(fc.nat()), (rows, cuts) => {
      const found: string[][] = []
      const csv = csvRecords({
        row: fields => found.push([fields['a'] ?? '', fields['b'] ?? '', fields['c'] ?? '']),
        bad: why => expect.fail(why),
      })
      const text = ['a,b,c', ...rows.map(row => row.map(written).join(','))].join('\n')
      for (const { text: line, line: number, byte } of linesOf(new TextEncoder().encode(text), cuts)) {
        csv.line(line ?? '', number, byte)
      }
      csv.end()
      expect(found).toEqual(rows)
    }),
  )
})
