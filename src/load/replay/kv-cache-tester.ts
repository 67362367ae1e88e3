import { exact, toDecimals } from '../../model/number/money.ts'
import { addBlock } from '../../replay/cache/blocks.ts'
import { emptyRequest, type TraceRequest } from '../../replay/trace.ts'
import { isCount, isTime, objectOf, type TraceFormat, whyNoTime } from './trace-format.ts'

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
    return (unit, emit, note) => {
      const data = objectOf(unit.toString('utf8'))
      if (data === null) return 'it is not a JSON object'
      const { block_size: size, hash_id_scope: scope = 'local', requests } = data
      if (!isCount(size) || size === 0) return 'block_size is not a whole number of tokens'
      if (size !== block) {
        note(`its block_size is ${size}, not ${block}`, `write --block ${size}`)
        return null
      }
      if (scope !== 'local' && scope !== 'global') return 'hash_id_scope is neither local nor global'
      request.scope = scope === 'local' ? file : ''
      const walk = (list: readonly unknown[], path: string, base: number): void => {
        list.forEach((one, i) => {
          const own = `${path}requests[${i}]`
          const fault = isFields(one) ? readOne(one, own, base) : 'it is not an object'
          if (fault !== null) note(`${own}: ${fault}`)
        })
      }
      const readOne = (one: Fields, path: string, base: number): string | null => {
        const { t, requests: nested } = one
        const seconds = typeof t === 'number' && t >= 0 ? base + t : Number.NaN
        const fault = isTime(seconds * 1000) ? fill(request, one) : whyNoTime('t', 'seconds')
        if (fault === null && 'hash_ids' in one) {
          request.at = Number(toDecimals(exact(String(seconds)).times(1000), 0))
          emit(request)
        }
        // Without a time of its own, none in it has one.
        if (Array.isArray(nested)) walk(nested, `${path}.`, seconds)
        return fault
      }
      if (!Array.isArray(requests)) return 'requests is not a list'
      walk(requests, '', 0)
      return null
    }
  },
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** Fills in a request of its own; a sub-agent alone has none. @returns what is wrong; `null`: nothing */
const fill = (
  request: TraceRequest,
  { in: input, out: output = 0, model = null, hash_ids: ids, requests: nested }: Fields,
): string | null => {
  if (nested !== undefined && !Array.isArray(nested)) return 'requests is not a list'
  if (ids === undefined) return nested === undefined ? 'there is no hash_ids' : null
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
