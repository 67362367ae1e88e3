/** Bytes that byte-level vocabularies write as themselves; the others are written as letters from U+0100 on. */
const isPrintable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff)

const byteOfLetter = (): ReadonlyMap<number, number> => {
  const bytes = new Map<number, number>()
  let others = 0
  for (let byte = 0; byte < 256; byte++) bytes.set(isPrintable(byte) ? byte : 0x100 + others++, byte)
  return bytes
}

const BYTES = byteOfLetter()

/**
 * The bytes of a token as tokenizer.json writes them, a letter each.
 *
 * @returns `undefined`: it has another character, so it is no byte-level token
 * @see bytes_to_unicode of GPT-2, https://github.com/openai/gpt-2/blob/master/src/encoder.py
 */
export const bytesOf = (token: string): Uint8Array | undefined => {
  const bytes = new Uint8Array(token.length)
  for (let i = 0; i < token.length; i++) {
    const byte = BYTES.get(token.charCodeAt(i))
    if (byte === undefined) return undefined
    bytes[i] = byte
  }
  return bytes
}
