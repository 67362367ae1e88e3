import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unpack } from '../../../src/load/usage/unpack.ts'

const text = Array.from(
  { length: 50 },
  (_, i) => `{"line":${i},"noise":"${(i * 2_654_435_761) % 4_294_967_296}"}\n`,
).join('')

/** What is given of bytes, cut into chunks, before the error. */
const unpacked = async (bytes: Uint8Array, size = bytes.length) => {
  const chunks = function* (): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const given: Buffer[] = []
  try {
    for await (const chunk of unpack(chunks())) given.push(Buffer.from(chunk))
    return { text: Buffer.concat(given).toString(), why: null }
  } catch (error) {
    return { text: Buffer.concat(given).toString(), why: error instanceof Error ? error.message : error }
  }
}

const packed = gzipSync(text)
const withByte = (at: number): Buffer => {
  const bytes = Buffer.from(packed)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
  return bytes
}

describe('what lies before damage in gzip is given', () => {
  it.each([
    ['a wrong sum at the end', withByte(packed.length - 6)],
    ['a wrong length at the end', withByte(packed.length - 2)],
    ['something else behind it', Buffer.concat([packed, Buffer.from('no gzip at all')])],
    ['a second member that is damaged at once', Buffer.concat([packed, Buffer.from([0x1f, 0x8b, 0xff])])],
  ])('whole: %s', async (_, bytes) => {
    for (const size of [bytes.length, 100, 7]) {
      const { text: found, why } = await unpacked(bytes, size)
      expect(found).toBe(text)
      expect(why).toMatch(/^its gzip data /)
    }
  })

  it('to where it is damaged, the same however it is cut', async () => {
    const bytes = Buffer.concat([packed, gzipSync(text).subarray(0, 12), Buffer.alloc(300, 0xff)])
    const { text: found, why } = await unpacked(bytes)
    expect(found.slice(0, text.length)).toBe(text)
    expect(why).toBe('its gzip data is damaged')
    expect(await unpacked(bytes, 16)).toEqual({ text: found, why })
  })

  it('to where it ends', async () => {
    const { text: found, why } = await unpacked(packed.subarray(0, Math.floor(packed.length / 2)))
    expect(why).toBe('its gzip data ends early')
    expect(found.length).toBeGreaterThan(100)
    expect(text.startsWith(found)).toBe(true)
  })
})

/** A frame of zstd in raw blocks. @see RFC 8878 */
const zstdOf = (...blocks: readonly string[]): Buffer => {
  const parts: Uint8Array[] = [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50)]
  for (const [i, block] of blocks.entries()) {
    const head = block.length * 8 + (i === blocks.length - 1 ? 1 : 0)
    parts.push(Uint8Array.of(head & 255, (head >> 8) & 255, (head >> 16) & 255), Buffer.from(block))
  }
  return Buffer.concat(parts)
}

it('what lies before damage in zstd is given', async () => {
  // A block of the type that is reserved.
  const bytes = Buffer.concat([zstdOf(text, text).subarray(0, 9 + text.length), Uint8Array.of(0x06, 0, 0)])
  for (const size of [bytes.length, 64]) {
    expect(await unpacked(bytes, size)).toEqual({ text, why: 'its zstd data is damaged' })
  }
})
