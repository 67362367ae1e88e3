import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Counter, findPrefix } from '../../src/tokens/index.ts'

/** One token a character. */
const byLetter: Counter = {
  ...{ name: 'letters', vocabulary: 'letters', estimation: null, source: 'this test' },
  count: text => ({ tokens: text.length, low: text.length, high: text.length }),
  encode: text => [...text].map(letter => letter.charCodeAt(0)),
}

const found = (texts: readonly string[], counter: Counter = byLetter) => {
  const prefix = findPrefix(counter)
  for (const text of texts) prefix.add(text)
  return prefix.found()
}

it.each([
  { texts: ['abc', 'abd', 'abce'], shared: 2, rests: [1, 1, 2] },
  { texts: ['abc', 'abc'], shared: 3, rests: [0, 0] },
  { texts: ['ab', 'abc', 'a'], shared: 1, rests: [1, 2, 0] },
  { texts: ['abc', 'xbc'], shared: 0, rests: [3, 3] },
  { texts: ['', 'abc'], shared: 0, rests: [0, 3] },
])('$texts share $shared', ({ texts, shared, rests }) => {
  const prefix = found(texts)
  expect([prefix.shared.tokens, prefix.texts.map(({ rest }) => rest.tokens)]).toEqual([shared, rests])
})

it('scales an estimate, with the ends of its band: 4 tokens at 110, 95 and 125 percent', () => {
  const gemini: Counter = { ...byLetter, estimation: { percent: 110, low: 95, high: 125 } }
  expect(found(['abcdx', 'abcdy'], gemini).shared).toEqual({ tokens: 4, low: 3, high: 5 })
})

it('does not depend on the order of the texts, and shared and rest are the whole', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), texts => {
      const { shared, texts: each } = found(texts)
      expect(found(texts.toReversed()).shared).toEqual(shared)
      expect(each.map(({ rest }) => shared.tokens + rest.tokens)).toEqual(texts.map(({ length }) => length))
    }),
  )
})
