import { expect, it } from 'vitest'
import { type CountingFile, readCounter } from '../../src/tokens/index.ts'

const base64 = (...bytes: readonly number[]): string => Buffer.from(bytes).toString('base64')
const ranks = [...Array.from({ length: 256 }, (_, byte) => base64(byte)), base64(97, 98)]
const bytes = new TextEncoder().encode(ranks.map((token, rank) => `${token} ${rank}`).join('\n'))
const file: CountingFile = { name: 'file:a', path: 'a', bytes, sha256: '0123456789abcdef', split: 'cl100k_base' }

it('counts exactly, and says which file it is', async () => {
  const counter = await readCounter(file)
  if ('refused' in counter) throw new Error(counter.refused)
  // "ab" is a token, " " and "c" are bytes.
  expect(counter.count('ab c')).toEqual({ tokens: 3, low: 3, high: 3 })
  expect(counter).toMatchObject({
    name: 'file:a',
    vocabulary: 'a',
    estimation: null,
    source: 'a file that dsprice does not know, sha256 01234567…',
  })
})

it('takes the split of a known file, unless another is given', async () => {
  const known = { ...file, sha256: `b6c497a7${'0'.repeat(56)}`, split: undefined }
  const counter = await readCounter(known)
  expect(counter).toMatchObject({ source: "Kimi K2's file, sha256 b6c497a7…" })
  expect(await readCounter({ ...known, split: 'nope' })).toMatchObject({ split: 'missing' })
})

it('needs a split for ranks that are not known', async () => {
  expect(await readCounter({ ...file, split: undefined, sha256: 'ff' })).toMatchObject({ split: 'missing' })
})

it('indexes one content once, whatever its path', async () => {
  const [a, b] = [
    await readCounter(file),
    await readCounter({ ...file, name: 'file:b', path: 'b', bytes: new Uint8Array() }),
  ]
  if ('refused' in a || 'refused' in b) throw new Error('it is read')
  expect(b.count('ab c')).toEqual(a.count('ab c'))
})
