import { expect, it } from 'vitest'
import { cutDataUris, dataUriOf, withoutDataUris } from '../../../src/load/contents/data-uris.ts'

const png = 'data:image/png;base64,iVBORw0KGgo='

it.each([
  { text: `see ${png} there`, rest: 'see  there', kinds: ['image/png'] },
  { text: `${png}${png}`, rest: '', kinds: ['image/png', 'image/png'] },
  { text: '(data:image/svg+xml;charset=utf-8;base64,PHN2Zz4=)', rest: '()', kinds: ['image/svg+xml'] },
  { text: 'DATA:;BASE64,aGk=', rest: '', kinds: ['text/plain'] },
  { text: '"url": "data:application/pdf;base64,JVBE_-%2B"', rest: '"url": ""', kinds: ['application/pdf'] },
  { text: 'data:;base64,aGldata:;base64,aGk=x', rest: 'x', kinds: ['text/plain', 'text/plain'] },
  { text: 'data:;base64,data:;base64,aGk', rest: 'data:;base64,', kinds: ['text/plain'] },
  { text: 'data:;base64,aGk===', rest: '=', kinds: ['text/plain'] },
  { text: 'data: base64, as text', rest: 'data: base64, as text', kinds: [] },
  { text: 'data:image/png;base64,', rest: 'data:image/png;base64,', kinds: [] },
  { text: 'data:text/plain,hello', rest: 'data:text/plain,hello', kinds: [] },
])('$text', ({ text, rest, kinds }) => {
  const cut = cutDataUris(text)
  expect({ rest: cut.text, kinds: cut.found.map(({ kind }) => kind) }).toEqual({ rest, kinds })
})

it('is a picture only where it is the whole beginning', () => {
  expect(dataUriOf(png)).toEqual({ kind: 'image/png', base64: 'iVBORw0KGgo=' })
  expect(dataUriOf(`see ${png}`)).toBeNull()
  expect(dataUriOf('https://example.com/a.png')).toBeNull()
})

it('is named in one warning, with kind, bytes and place', () => {
  const { notes } = withoutDataUris('a.md', `one\ntwo ${png}`, '---\n---\n')
  // 11 characters of base64 are 8 bytes
  expect(notes).toEqual([
    expect.objectContaining({
      code: 'DATA_URI_LEFT_OUT',
      what: 'data inside "a.md" is not text and not counted: image/png of 8 bytes',
      at: 'a.md:4:5',
    }),
  ])
})

it('may be as long as a text can go without a space', () => {
  const { text, found } = cutDataUris(`see ${png.slice(0, -1)}${'A'.repeat(2 ** 25)}= there`)
  expect([text, found.length]).toEqual(['see  there', 1])
})

// 2 MB each: by the square of the length they would take minutes.
it.each([
  ['beginnings', 'data:'.repeat(400_000)],
  ['beginnings of a kind', 'data:a/'.repeat(300_000)],
  ['parameters', `data:a/b${';x=data:a/b'.repeat(200_000)}`],
  ['payloads', 'data:a/b;base64,'.repeat(125_000)],
  ['one long kind', `data:${'a'.repeat(2_000_000)}`],
  ['one long payload', `${png}${'A'.repeat(2_000_000)}`],
  ['signs', '='.repeat(2_000_000)],
])('takes time in proportion to the text: %s', (_, text) => {
  const began = performance.now()
  withoutDataUris('a.md', text)
  expect(performance.now() - began).toBeLessThan(2000)
})
