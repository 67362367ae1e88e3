/** Where a line stands in its file: `line` from 1, `byte`: bytes before it. */
export interface LinePlace {
  readonly line: number
  readonly byte: number
}

const [NEWLINE, RETURN] = [10, 13]
const MARK = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * Calls a function with each line of a file, without its end and without a byte-order mark. Only one line is kept.
 *
 * @param onLine - its bytes are valid during the call; `false` ends the reading
 */
export const eachLine = (
  pieces: Iterable<Uint8Array>,
  onLine: (line: Buffer, place: LinePlace) => boolean | undefined,
): void => {
  let rest: Buffer[] = []
  let [line, byte] = [0, 0]
  const take = (bytes: Buffer): boolean => {
    line++
    const place = { line, byte }
    byte += bytes.length + 1
    const start = line === 1 && bytes.subarray(0, 3).equals(MARK) ? 3 : 0
    const end = bytes[bytes.length - 1] === RETURN ? bytes.length - 1 : bytes.length
    return onLine(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), place) !== false
  }
  for (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    let from = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      const own = bytes.subarray(from, end)
      const whole = rest.length === 0 ? own : Buffer.concat([...rest, own])
      rest = []
      if (!take(whole)) return
      from = end + 1
    }
    // Copied, as the piece is overwritten by the next one.
    if (from < bytes.length) rest.push(Buffer.from(bytes.subarray(from)))
  }
  if (rest.length > 0) take(Buffer.concat(rest))
}
