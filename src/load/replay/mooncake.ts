import { emptyRequest, type TraceRequest } from '../../replay/trace.ts'
import { type FoundIds, IdReader } from './block-ids.ts'
import { plainReader } from './plain-line.ts'
import { isCount, isTime, objectOf, type TraceFormat, whyNoTime } from './trace-format.ts'

const KEY = Buffer.from('"hash_ids"')

/** Traces as kvcache-ai/Mooncake publishes them: JSON lines, time in ms, an id for each prefix of 512 tokens. */
export const mooncake: TraceFormat = {
  name: 'mooncake',
  about: 'JSON lines with timestamp (ms), input_length, output_length and hash_ids',
  matches: head => head.includes('"hash_ids"') && head.includes('"input_length"'),
  unit: 'line',
  ids: 'prefix',
  local: false,
  block: 512,
  notes: [],
  open: () => {
    const ids = new IdReader()
    const plain = plainReader(['timestamp', 'input_length', 'output_length'], 'hash_ids')
    const request = emptyRequest()
    return (line, emit) => {
      let found: FoundIds | null = null
      const readList = (from: number): number | string => {
        const to = ids.readList(line, from, request.blocks)
        if (typeof to === 'number') found = { from, to }
        return to
      }
      if (plain.read(line, readList)) {
        const [at = 0, input = 0, output = 0] = plain.values
        if (!isTime(at)) return whyNoTime('timestamp', 'milliseconds')
        request.at = at
        request.input = input
        request.output = output
        request.model = null
      } else {
        found ??= ids.read(line, KEY, request.blocks)
        if (typeof found === 'string')
          return objectOf(line.toString('utf8')) === null ? 'it is not a JSON object' : found
        const fault = readRest(`${line.toString('utf8', 0, found.from)}null${line.toString('utf8', found.to)}`, request)
        if (fault !== null) return fault
      }
      emit(request)
      return null
    }
  },
}

/** Reads a line whose list of ids was replaced by null. @returns what is wrong with it */
const readRest = (text: string, to: TraceRequest): string | null => {
  const rest = objectOf(text)
  if (rest === null) return 'it is not a JSON object'
  const { timestamp, input_length: input, output_length: output, hash_ids: list, model = null } = rest
  if (list !== null) return 'there is no "hash_ids"'
  if (!isTime(timestamp)) return whyNoTime('timestamp', 'milliseconds')
  if (!isCount(input)) return 'input_length is not a whole number of tokens'
  if (!isCount(output)) return 'output_length is not a whole number of tokens'
  if (model !== null && typeof model !== 'string') return 'model is not a name'
  to.at = timestamp
  to.input = input
  to.output = output
  to.model = model
  return null
}
