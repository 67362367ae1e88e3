/** Thrown for bytes that cannot be read to their end. */
export class Broken extends Error {
  override readonly name = 'Broken'
}

/** How files begin that are packed, or written in another way than text. */
const MAGIC = [
  { bytes: [0x1f, 0x8b], kind: 'gzip' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: 'zstd' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'a ZIP: unpack it first' },
  { bytes: [0x50, 0x41, 0x52, 0x31], kind: 'Parquet, which is read from a named file, without --input-format' },
  { bytes: [0xff, 0xfe], kind: 'UTF-16: save it as UTF-8' },
  { bytes: [0xfe, 0xff], kind: 'UTF-16: save it as UTF-8' },
] as const

/**
 * The text's bytes: as they are, or unpacked from gzip or zstd, of several members or frames too.
 *
 * @param chunks - each valid until the next; so are those given
 * @throws {Broken} where packed bytes are damaged or end early, or the file is of another kind
 */
export async function* unpack(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const [first, rest] = beginning(chunks)
  const kind = MAGIC.find(({ bytes }) => bytes.every((byte, i) => first[i] === byte))?.kind
  const all = function* (): Generator<Uint8Array> {
    if (first.length > 0) yield first
    for (let next = rest.next(); !next.done; next = rest.next()) yield next.value
  }
  if (kind === undefined) yield* all()
  else if (kind === 'gzip') yield* gunzip(copies(all()))
  else if (kind === 'zstd') yield* unzstd(copies(all()))
  else throw new Broken(`it is ${kind}`)
}

/** What unpacks may read ahead. */
function* copies(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const chunk of chunks) yield chunk.slice()
}

/** The first chunk, of 4 bytes at least if there are so many, and what follows it. */
const beginning = (chunks: Iterable<Uint8Array>): [Uint8Array, Iterator<Uint8Array>] => {
  const rest = chunks[Symbol.iterator]()
  let first: Uint8Array = new Uint8Array()
  for (let next = rest.next(); !next.done; next = rest.next()) {
    const isEnough = first.length === 0 && next.value.length >= 4
    first = isEnough ? next.value : Buffer.concat([first, next.value])
    if (first.length >= 4) break
  }
  return [first, rest]
}

async function* gunzip(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const [{ createGunzip }, { Readable, pipeline }] = await Promise.all([import('node:zlib'), import('node:stream')])
  const unzip = createGunzip({ chunkSize: 2 ** 18 })
  const packed = beginningOf(chunks)
  // Errors come out of the loop below.
  pipeline(Readable.from(packed.chunks(), { objectMode: true, highWaterMark: 1 }), unzip, () => {})
  let given = 0
  try {
    for await (const chunk of unzip) {
      given += chunk.length
      yield chunk
    }
  } catch (error) {
    const broken = brokenBy(error, 'gzip', { Z_BUF_ERROR: true })
    const bytes = broken instanceof Broken ? packed.whole() : null
    const all = bytes && (await unpackedBefore(bytes))
    if (all && all.length > given) yield all.subarray(given)
    throw broken
  }
}

/** Packed bytes that are kept of a file, so that what lies before its damage can be unpacked again. */
const KEPT = 4 * 2 ** 20
/** Most bytes that they are unpacked to. */
const MOST = 2 ** 28

/** Passes chunks on, and keeps them while they are few. */
const beginningOf = (chunks: Iterable<Uint8Array>) => {
  let kept: Uint8Array[] | null = []
  let size = 0
  return {
    *chunks(): Generator<Uint8Array> {
      for (const chunk of chunks) {
        size += chunk.length
        if (size > KEPT) kept = null
        kept?.push(chunk)
        yield chunk
      }
    },
    /** All that were passed on; `null`: too many. */
    whole: (): Uint8Array | null => kept && Buffer.concat(kept),
  }
}

/**
 * What gzip data holds before its damage. The stream drops what it unpacked from a chunk in which the damage lies: here
 * the longest undamaged beginning is looked for.
 */
const unpackedBefore = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const { constants, gunzipSync } = await import('node:zlib')
  let found: Uint8Array = new Uint8Array()
  let [good, bad] = [0, bytes.length + 1]
  while (bad - good > 1) {
    const length = Math.floor((good + bad) / 2)
    try {
      found = gunzipSync(bytes.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST })
      good = length
    } catch {
      bad = length
    }
  }
  return found
}

async function* unzstd(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  let out: Uint8Array[] = []
  const stream = new Decompress(chunk => {
    if (chunk.length > 0) out.push(chunk)
  })
  // What was unpacked before an error is given as well.
  function* push(chunk: Uint8Array, isLast: boolean): Generator<Uint8Array> {
    out = []
    let error: unknown = null
    try {
      stream.push(chunk, isLast)
    } catch (thrown) {
      error = brokenBy(thrown, 'zstd', { 'unexpected EOF': true })
    }
    yield* out
    if (error !== null) throw error
  }
  for (const chunk of chunks) yield* push(chunk, false)
  yield* push(new Uint8Array(), true)
}

const brokenBy = (error: unknown, kind: string, early: Readonly<Record<string, true>>): unknown => {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  // An error of the disk, under the unpacking, is not of the packing.
  if (kind === 'gzip' && !code.startsWith('Z_')) return error
  const isEarly = early[code] === true || early[error.message] === true
  return new Broken(isEarly ? `its ${kind} data ends early` : `its ${kind} data is damaged`)
}
