import { InputError, problems, typed } from '../../errors/index.ts'
import type { Io, Piece } from '../../io.ts'
import type { Replay } from '../../model/result/replay.ts'
import type { TraceRequest } from '../../replay/trace.ts'
import { type HowFar, openHowFar } from '../files/how-far.ts'
import { toReadProblem } from '../files/read-bytes.ts'
import { readText } from '../files/read-text.ts'
import { TRACE_FORMAT_NAMES, TRACE_FORMATS } from './formats.ts'
import { eachLine, type LinePlace } from './lines.ts'
import type { ReaderTerms, TraceFormat } from './trace-format.ts'

/** Lines left out, and where the first ones stand. */
export interface Malformed {
  count: number
  /** What to do about the first of them, where that is not the same for all. */
  fix: string | null
  readonly first: Replay['trace']['first_malformed'][number][]
}

const MOST_PLACED = 5
/** Bytes of a file whose unit is the whole of it. */
const WHOLE_LIMIT = 256 * 2 ** 20
/** Bytes read at once. */
const PIECE = 2 ** 20
/** Characters by which a format is told. */
const HEAD = 65_536

/** How packed files begin, and what unpacks them. */
const PACKED = [
  { kind: 'gzip', magic: [0x1f, 0x8b], tool: 'gunzip -c' },
  { kind: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], tool: 'zstd -dc' },
  { kind: 'a ZIP', magic: [0x50, 0x4b, 0x03, 0x04], tool: 'unzip -p' },
]

/** @throws {InputError} NOT_TEXT */
const refusePacked = (file: string, bytes: Uint8Array): void => {
  const packed = PACKED.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte))
  if (!packed) return
  const [what, name] = file === '-' ? ['stdin', 'FILE'] : [JSON.stringify(file), typed(file)]
  throw new InputError([
    {
      ...{ code: 'NOT_TEXT', exit: 2, about: file, what: `${what} is ${packed.kind}: replay reads what is not packed` },
      fix: `write ${packed.tool} ${name} | dsprice replay -`,
    },
  ])
}

/** A trace is named on the command line, not in a scenario. */
const ofNoScenario = (error: unknown): unknown =>
  error instanceof InputError
    ? new InputError(error.problems.map(one => (one.code === 'NO_FILE' ? { ...one, fix: 'check the path' } : one)))
    : error

/** The pieces of a file. @throws {InputError} NO_FILE, IS_FOLDER, NOT_READABLE, NOT_TEXT */
function* piecesOf(
  file: string,
  io: Pick<Io, 'pieces'>,
  passed: (bytes: number) => void = () => {},
): Generator<Uint8Array> {
  try {
    let isFirst = true
    for (const { bytes } of io.pieces(file, PIECE)) {
      if (isFirst) refusePacked(file, bytes)
      isFirst = false
      yield bytes
      passed(bytes.length)
    }
  } catch (error) {
    throw ofNoScenario(toReadProblem(error, file, Number.POSITIVE_INFINITY))
  }
}

/** Standard input can be read once: it is kept, since a trace is read to tell its format, and again to replay it. */
export const rereadable = <T extends Pick<Io, 'pieces' | 'read'>>(io: T): T => {
  let kept: Piece[] | null = null
  const stdin = (size: number): Piece[] => {
    kept ??= Array.from(io.pieces('-', size), ({ bytes, all }) => ({ bytes: bytes.slice(), all }))
    return kept
  }
  return {
    ...io,
    pieces: (path: string, size: number) => (path === '-' ? stdin(size) : io.pieces(path, size)),
    read: (path: string, limit: number) =>
      path === '-' ? Buffer.concat(stdin(PIECE).map(({ bytes }) => bytes)) : io.read(path, limit),
  }
}

/**
 * The format of some files, by their first line, or as named.
 *
 * @throws {InputError} INVALID for a file of no known format, or of another one than the first
 */
export const detectFormat = (
  files: readonly string[],
  given: string | undefined,
  io: Pick<Io, 'pieces'>,
): TraceFormat => {
  if (given !== undefined) {
    const named = TRACE_FORMATS.find(({ name }) => name === given)
    if (named) return named
  }
  const found = files.map(file => {
    const head = headOf(file, io)
    if (head === '')
      throw new InputError([problems.invalid(`${JSON.stringify(file)} is empty`, 'name a file with requests')])
    const format = TRACE_FORMATS.find(one => one.matches(head))
    if (format) return { file, format }
    const known = TRACE_FORMATS.map(({ name, about }) => `${name} (${about})`).join('; ')
    throw new InputError([
      problems.invalid(
        `${JSON.stringify(file)} is no trace of a known format; known are ${known}`,
        `name it with --input-format ${TRACE_FORMAT_NAMES.join('|')}`,
      ),
    ])
  })
  const [first] = found
  if (!first) throw new Error('a trace has a file')
  const other = found.find(({ format }) => format !== first.format)
  if (!other) return first.format
  throw new InputError([
    problems.invalid(
      `${JSON.stringify(other.file)} is of the format ${other.format.name}, ${JSON.stringify(first.file)} of ${first.format.name}`,
      'replay files of one format at a time',
    ),
  ])
}

const headOf = (file: string, io: Pick<Io, 'pieces'>): string => {
  for (const piece of piecesOf(file, io)) {
    const text = Buffer.from(piece.subarray(0, HEAD))
      .toString('utf8')
      .replace(/^\ufeff/, '')
    // The start of a JSON document may be spread over lines.
    return text
      .split('\n', 40)
      .filter(line => line.trim() !== '')
      .slice(0, text.startsWith('{\n') ? 40 : 1)
      .join('\n')
  }
  return ''
}

/**
 * Gives every request of some files, in their order; what cannot be read is counted, and the first of it placed.
 *
 * @param onRequest - the request is valid during the call; `false` ends the reading
 */
export const readTrace = (
  files: readonly string[],
  {
    format,
    io,
    tell,
    ...terms
  }: {
    format: TraceFormat
    io: Pick<Io, 'pieces' | 'read' | 'size'>
    tell?: HowFar | undefined
  } & Omit<ReaderTerms, 'file'>,
  onRequest: (request: TraceRequest) => boolean,
): Malformed => {
  const malformed: Malformed = { count: 0, fix: null, first: [] }
  let goesOn = true
  let requests = 0
  const take = (request: TraceRequest): void => {
    requests++
    if (goesOn) goesOn = onRequest(request)
  }
  const wasRead = openHowFar(files, io, tell)
  for (const file of files) {
    const read = format.open({ ...terms, file })
    const note = (what: string, { line, byte }: LinePlace, fix: string | null = null): void => {
      if (malformed.count++ === 0) malformed.fix = fix
      if (malformed.first.length < MOST_PLACED) malformed.first.push({ file, line, byte, what })
    }
    if (format.unit === 'file') {
      const text = Buffer.from(readText(file, io, WHOLE_LIMIT))
      const whole = { line: 1, byte: 0 }
      const fault = read(text, take, (what, fix) => note(what, whole, fix))
      if (fault !== null) note(fault, whole)
      wasRead(text.length, requests)
    } else {
      const pieces = piecesOf(file, io, bytes => wasRead(bytes, requests))
      eachLine(pieces, (line, place) => {
        const fault = line.length > 0 ? read(line, take, what => note(what, place)) : null
        if (fault !== null) note(fault, place)
        return goesOn
      })
    }
    if (!goesOn) break
  }
  return malformed
}
