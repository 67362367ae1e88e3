import { emptyRequest } from '../../replay/trace.ts'
import { IdReader } from './block-ids.ts'
import { isCount, objectOf, type TraceFormat } from './trace-format.ts'

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
    const request = emptyRequest()
    return (line, emit) => {
      const found = ids.read(line, KEY, request.blocks)
      if (typeof found === 'string') return found
      // The rest is small: JSON.parse checks it.
      const rest = objectOf(`${line.toString('utf8', 0, found.from)}null${line.toString('utf8', found.to)}`)
      if (rest === null) return 'it is not a JSON object'
      const { timestamp, input_length: input, output_length: output, hash_ids: list, model = null } = rest
      if (list !== null) return 'there is no "hash_ids"'
      if (typeof timestamp !== 'number' || timestamp < 0) return 'timestamp is not a number of milliseconds'
      if (!isCount(input)) return 'input_length is not a whole number of tokens'
      if (!isCount(output)) return 'output_length is not a whole number of tokens'
      if (model !== null && typeof model !== 'string') return 'model is not a name'
      request.at = timestamp
      request.input = input
      request.output = output
      request.model = model
      emit(request)
      return null
    }
  },
}
