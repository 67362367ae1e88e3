import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
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
  readonly first: Replay['trace']['first_malformed'][number][]
}

const MOST_PLACED = 5
/** Bytes of a file whose unit is the whole of it. */
const WHOLE_LIMIT = 256 * 2 ** 20
/** Bytes read at once. */
const PIECE = 2 ** 20
/** Characters by which a format is told. */
const HEAD = 65_536

/** The pieces of a file. @throws {InputError} NO_FILE, IS_FOLDER, NOT_READABLE */
function* piecesOf(
  file: string,
  io: Pick<Io, 'pieces'>,
  passed: (bytes: number) => void = () => {},
): Generator<Uint8Array> {
  try {
    for (const { bytes } of io.pieces(file, PIECE)) {
      yield bytes
      passed(bytes.length)
    }
  } catch (error) {
    throw toReadProblem(error, file, Number.POSITIVE_INFINITY)
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
  const malformed: Malformed = { count: 0, first: [] }
  let goesOn = true
  let requests = 0
  const take = (request: TraceRequest): void => {
    requests++
    if (goesOn) goesOn = onRequest(request)
  }
  const wasRead = openHowFar(files, io, tell)
  for (const file of files) {
    const read = format.open({ ...terms, file })
    const note = (what: string | null, { line, byte }: LinePlace): void => {
      if (what === null) return
      malformed.count++
      if (malformed.first.length < MOST_PLACED) malformed.first.push({ file, line, byte, what })
    }
    if (format.unit === 'file') {
      const text = Buffer.from(readText(file, io, WHOLE_LIMIT))
      note(read(text, take), { line: 1, byte: 0 })
      wasRead(text.length, requests)
    } else {
      const pieces = piecesOf(file, io, bytes => wasRead(bytes, requests))
      eachLine(pieces, (line, place) => {
        if (line.length > 0) note(read(line, take), place)
        return goesOn
      })
    }
    if (!goesOn) break
  }
  return malformed
}
