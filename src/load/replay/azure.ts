import { parseInstant } from '../../model/instant.ts'
import { emptyRequest } from '../../replay/trace.ts'
import type { TraceFormat } from './trace-format.ts'

const ROW = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?(?:\+00:00)?,(\d{1,12}),(\d{1,12})$/

/** Azure's public traces of LLM inference: CSV of times in UTC and lengths, without prompts. */
export const azure: TraceFormat = {
  name: 'azure',
  about: 'CSV with TIMESTAMP (UTC), ContextTokens and GeneratedTokens: load and cost without a cache alone',
  matches: head => /^TIMESTAMP,ContextTokens,GeneratedTokens\s*$/i.test(head),
  unit: 'line',
  ids: 'none',
  local: false,
  block: null,
  notes: ['The file has lengths alone, so no hits are known.'],
  open: () => {
    const request = emptyRequest()
    let isFirst = true
    return (line, emit) => {
      const text = line.toString('latin1')
      const isHead = isFirst
      isFirst = false
      if (isHead && text.startsWith('TIMESTAMP')) return null
      const match = ROW.exec(text)
      if (!match) return 'it is not a time and two counts of tokens'
      const [, date, time, fraction = 0, input, output] = match
      const second = parseInstant(`${date}T${time}Z`)
      if (second === undefined) return `there is no time ${date} ${time}`
      request.at = second + Number(fraction) * 1000
      request.input = Number(input)
      request.output = Number(output)
      emit(request)
      return null
    }
  },
}
