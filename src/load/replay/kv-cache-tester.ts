import { exact, toDecimals } from '../../model/number/money.ts'
import { addBlock } from '../../replay/cache/blocks.ts'
import { emptyRequest, type TraceRequest } from '../../replay/trace.ts'
import { isCount, objectOf, type TraceFormat } from './trace-format.ts'

type Fields = Readonly<Record<string, unknown>>

/** Conversations as callanjfox/kv-cache-tester records them: one JSON file each, sub-agents nested. */
export const kvCacheTester: TraceFormat = {
  name: 'kv-cache-tester',
  about: 'one JSON file a conversation, requests with t (s), in, out and hash_ids, sub-agents nested',
  matches: head => /^\s*\{/.test(head) && head.includes('"block_size"') && head.includes('"requests"'),
  unit: 'file',
  ids: 'prefix',
  local: true,
  block: 64,
  notes: ['Each conversation begins at its own 0: several files are laid over one another.'],
  open: ({ block, file }) => {
    const request = emptyRequest()
    return (unit, emit) => {
      const data = objectOf(unit.toString('utf8'))
      if (data === null) return 'it is not a JSON object'
      if (data['block_size'] !== block) return `its block_size is not ${block}: write --block ${data['block_size']}`
      request.scope = data['hash_id_scope'] === 'local' ? file : ''
      const walk = (of: Fields, base: number): string | null => {
        const { requests } = of
        if (!Array.isArray(requests)) return 'requests is not a list'
        for (const one of requests as readonly unknown[]) {
          const fault = isFields(one) ? readOne(one, base) : 'a request is not an object'
          if (fault !== null) return fault
        }
        return null
      }
      const readOne = (one: Fields, base: number): string | null => {
        const { t } = one
        if (typeof t !== 'number' || t < 0) return 't is not a number of seconds'
        if ('hash_ids' in one) {
          const fault = fill(request, one)
          if (fault !== null) return fault
          request.at = Number(toDecimals(exact(String(base + t)).times(1000), 0))
          emit(request)
        }
        return 'requests' in one ? walk(one, base + t) : null
      }
      return walk(data, 0)
    }
  },
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** @returns what is wrong; `null`: nothing */
const fill = (
  request: TraceRequest,
  { in: input, out: output = 0, model = null, hash_ids: ids }: Fields,
): string | null => {
  if (!isCount(input)) return 'in is not a whole number of tokens'
  if (!isCount(output)) return 'out is not a whole number of tokens'
  if (model !== null && typeof model !== 'string') return 'model is not a name'
  if (!Array.isArray(ids)) return 'hash_ids is not a list'
  request.input = input
  request.output = output
  request.model = model
  request.blocks.count = 0
  for (const id of ids as readonly unknown[]) {
    if (!isCount(id)) return 'an id is not a whole number below 2^53'
    addBlock(request.blocks, Math.floor(id / 2 ** 32), id % 2 ** 32)
  }
  return null
}
