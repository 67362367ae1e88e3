import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf, csvRecords } from '../../../src/load/usage/csv-records.ts'

/** The rows of a text, by their cells, and what is bad in it. */
const read = (text: string) => {
  const rows: string[][] = []
  const bad: (readonly [number, string])[] = []
  const reader = csvRecords({
    row: fields => rows.push(Object.values(fields)),
    bad: (why, line) => bad.push([line, why]),
  })
  for (const [i, line] of text.split('\n').entries()) reader.line(line, i + 1, 0)
  reader.end()
  return { rows, bad }
}

describe('a quote', () => {
  it('within a cell that did not begin with one is text, and parts no rows', () => {
    const rows = Array.from({ length: 100 }, (_, i) => `m,${i === 9 ? '5"a' : i === 89 ? '5"b' : i}`)
    const { rows: found, bad } = read(`model,n\n${rows.join('\n')}`)
    expect(bad).toEqual([])
    expect(found.map(([, n]) => n)).toEqual(rows.map(row => row.slice(2)))
  })

  it.each([
    ['a,b', ['a', 'b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a ""b""",c', ['a "b"', 'c']],
    ['"","', ['', '"']],
    ['a"b,"c"', ['a"b', 'c']],
    ['a ""b"",c', ['a ""b""', 'c']],
    [' "a",b', [' "a"', 'b']],
    ['"a,b"c,d', ['"a,b"c', 'd']],
    ['"a",', ['a', '']],
    [',"a"', ['', 'a']],
  ])('in %j: %j', (text, cells) => {
    expect(cellsOf(text)).toEqual(cells)
  })

  it('that opens a cell goes on over lines', () => {
    expect(read('a,b\n"x\ny,""z"",\n",1\n2,"3"').rows).toEqual([
      ['x\ny,"z",\n', '1'],
      ['2', '3'],
    ])
  })

  it('that does not end is a bad record', () => {
    expect(read('a,b\n1,2\n1,"2\n3,4')).toEqual({ rows: [['1', '2']], bad: [[3, 'a quote in it does not end']] })
  })
})

const piece = fc.constantFrom('a', '"', '""', ',', '\n', ' ', '1')
const cell = fc.array(piece, { maxLength: 6 }).map(pieces => pieces.join(''))

it('rows are read as they were written, with quotes where they are needed and where they are not', () => {
  const row = fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 4 })
  const write = (text: string, isQuoted: boolean): string =>
    isQuoted || /^"|[,\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), rows => {
      const written = rows.map(cells => cells.map(([text, isQuoted]) => write(text, isQuoted)).join(','))
      const { rows: found, bad } = read(['a,b,c,d', ...written].join('\n'))
      expect(bad).toEqual([])
      expect(found).toEqual(rows.map(cells => [...cells.map(([text]) => text), '', ''].slice(0, 4)))
    }),
  )
})
