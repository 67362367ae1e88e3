import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VOCABULARIES } from '../../../src/tokens/bpe/vocabularies.ts'
import { loadTokenizer } from '../../../src/tokens/index.ts'
import { fakeIo, repository } from '../../fake-io.ts'

/** Characters of three bytes, of scripts without spaces. */
const letters = (from: number, to: number) => fc.integer({ min: from, max: to }).map(code => String.fromCodePoint(code))
const run = fc.array(
  fc.oneof(letters(0x4e00, 0x9fa5), letters(0x3041, 0x30ff), letters(0xac00, 0xd7a3), letters(0x0e01, 0x0e3a)),
  {
    minLength: 20,
    maxLength: 60,
  },
)

// Counting cuts at seams once it has met enough of such text; encoding never does.
describe.each(Object.keys(VOCABULARIES))('%s', name => {
  it('counts long text without spaces as it encodes it', async () => {
    const tokenizer = await loadTokenizer(name, fakeIo(repository).shipped)
    if (!tokenizer) throw new Error(`there is no vocabulary ${name}`)
    const { count, encode } = tokenizer
    let seen = 0
    fc.assert(
      fc.property(fc.array(run, { minLength: 20, maxLength: 20 }), runs => {
        const text = runs.map(one => one.join('')).join('。')
        seen += new TextEncoder().encode(text).length
        expect(count(text)).toBe(encode(text).length)
      }),
      { numRuns: 60 },
    )
    expect(seen).toBeGreaterThan(100_000)
  })
})
