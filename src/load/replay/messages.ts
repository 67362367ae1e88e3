import { addBlock } from '../../replay/cache/blocks.ts'
import { emptyRequest } from '../../replay/trace.ts'
import { NO_TIME, timeOf } from './lengths.ts'
import { isCount, objectOf, type TraceFormat } from './trace-format.ts'

type Fields = Readonly<Record<string, unknown>>

/** Request bodies with their messages, in the form of any API: tokenized, and cut into blocks. */
export const messages: TraceFormat = {
  name: 'messages',
  about: 'JSON lines of request bodies with messages, also below body; at, output or usage beside them',
  matches: head => head.includes('"messages"'),
  unit: 'line',
  ids: 'content',
  local: false,
  block: null,
  needsText: true,
  notes: [
    'Each message is counted as its JSON text; what the chat template adds is not.',
    'Requests without at come one after another at the same moment; output is that of usage, 0 where there is none.',
  ],
  open: ({ block, encode }) => {
    const request = emptyRequest()
    const numbers = new Map<string, number>()
    return (line, emit) => {
      const data = objectOf(line.toString('utf8'))
      if (data === null) return 'it is not a JSON object'
      const body = isFields(data['body']) ? data['body'] : data
      const { messages: list, system, tools } = body
      const at = data['at'] === undefined ? 0 : timeOf(data['at'])
      if (at === undefined) return NO_TIME
      if (!Array.isArray(list)) return 'messages is not a list'
      if (encode === null) return 'there is no tokenizer for it'
      const tokens = [tools, system, ...(list as readonly unknown[])].flatMap(part =>
        part === undefined ? [] : encode(typeof part === 'string' ? part : JSON.stringify(part)),
      )
      request.at = at
      request.input = tokens.length
      request.output = outputOf(data)
      request.model = typeof body['model'] === 'string' ? body['model'] : null
      request.blocks.count = 0
      for (let i = 0; i < tokens.length; i += block) {
        const key = tokens.slice(i, i + block).join(' ')
        const number = numbers.get(key) ?? numbers.size
        numbers.set(key, number)
        addBlock(request.blocks, 0, number)
      }
      emit(request)
      return null
    }
  },
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** Tokens of the answer, 0 where nothing says them. */
const outputOf = ({ output, usage }: Fields): number => {
  if (isCount(output)) return output
  const { completion_tokens: chat, output_tokens: other } = isFields(usage) ? usage : {}
  return [chat, other].find(isCount) ?? 0
}
