import { parseInstant } from '../../model/instant.ts'
import { addBlock } from '../../replay/cache/blocks.ts'
import { emptyRequest } from '../../replay/trace.ts'
import { isCount, isTime, objectOf, type TraceFormat } from './trace-format.ts'

/** Tokens of a prompt: each of its blocks is kept. */
const LONGEST = 2 ** 24

/** Token counts by conversation: JSON lines of our own form. */
export const lengths: TraceFormat = {
  name: 'lengths',
  about: 'JSON lines with at, conversation, input, output and, if wanted, model',
  matches: head => head.includes('"conversation"') && head.includes('"input"') && !head.includes('"messages"'),
  unit: 'line',
  ids: 'prefix',
  local: true,
  block: null,
  notes: [
    'A call of a conversation is taken to repeat the whole prompt before it; one that is shorter than that starts anew.',
  ],
  open: () => {
    const request = emptyRequest()
    return (line, emit) => {
      const data = objectOf(line.toString('utf8'))
      if (data === null) return 'it is not a JSON object'
      const { at, conversation, input, output, model = null } = data
      const ms = timeOf(at)
      if (ms === undefined) return NO_TIME
      if (typeof conversation !== 'string' && !isCount(conversation)) return 'conversation is not a name'
      if (!isCount(input)) return 'input is not a whole number of tokens'
      if (input > LONGEST) return 'input is more than 16,777,216 tokens, which no model takes'
      if (!isCount(output)) return 'output is not a whole number of tokens'
      if (model !== null && typeof model !== 'string') return 'model is not a name'
      request.at = ms
      request.input = input
      request.output = output
      request.model = model
      request.scope = JSON.stringify(conversation)
      emit(request)
      return null
    }
  },
  link: block => {
    const last = new Map<string | null, { input: number; begun: number }>()
    return request => {
      const { input, scope, blocks } = request
      const before = last.get(scope)
      const begun = before === undefined ? 0 : before.begun + (input < before.input ? 1 : 0)
      last.set(scope, { input, begun })
      request.scope = `${scope} ${begun}`
      blocks.count = 0
      for (let i = 0; i < Math.floor(input / block); i++) addBlock(blocks, 0, i)
      // What is not full is no block of another length.
      if (input % block > 0) addBlock(blocks, input % block, blocks.count)
    }
  },
}

/** Why `timeOf` finds no time. */
export const NO_TIME =
  'at is neither an instant with its zone nor a number of milliseconds from 0 to the end of the year 9999'

/** Milliseconds of an instant or a number; `undefined` for anything else. */
export const timeOf = (at: unknown): number | undefined => {
  if (typeof at === 'number') return isTime(at) ? at : undefined
  return typeof at === 'string' && at.includes('T') ? parseInstant(at) : undefined
}
