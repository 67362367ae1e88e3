import { BadRecord } from '../reading/bad-record.ts'
import { type Cell, type CellAt, countIn, textCell } from '../reading/cell.ts'
import type { Fields } from '../reading/fields.ts'
import { INCLUDED, SPOKEN, THINKING, TOO_LARGE } from '../reading/from-prompt.ts'
import type { PlanBody, ReadCounts } from './body.ts'

const zeroIn = (cell: Cell | null): number => countIn(cell) ?? 0

/**
 * Counts of `usageMetadata`, whose protobuf leaves zeros out: thoughts stand beside the candidates, and what tools
 * put into the prompt beside the prompt.
 */
const planGeminiCounts = (usage: Fields, at: CellAt): ReadCounts => {
  const cells = {
    prompt: at(usage, 'promptTokenCount'),
    read: at(usage, 'cachedContentTokenCount'),
    tools: at(usage, 'toolUsePromptTokenCount'),
    thoughts: at(usage, 'thoughtsTokenCount'),
    candidates: at(usage, 'candidatesTokenCount'),
    total: at(usage, 'totalTokenCount'),
  }
  return ({ convention }) => {
    const prompt = zeroIn(cells.prompt)
    const read = zeroIn(cells.read)
    const tools = zeroIn(cells.tools)
    const thoughts = zeroIn(cells.thoughts)
    const candidates = zeroIn(cells.candidates)
    const total = countIn(cells.total)
    if (read > prompt) throw new BadRecord('it has more cached content than prompt')
    if (read > 0) convention(INCLUDED)
    // A proxy may have added the thoughts to the candidates.
    const isInside = thoughts > 0 && total === prompt + tools + candidates
    const spoken = candidates + (isInside ? 0 : thoughts)
    // Thoughts may be told by the total alone.
    const rest = typeof total === 'number' ? total - prompt - tools - spoken : 0
    if (rest < 0) convention('the total is less than its parts')
    if (isInside) convention(SPOKEN)
    else if (thoughts > 0 || rest > 0) convention(THINKING)
    const output = spoken + Math.max(rest, 0)
    if (!Number.isSafeInteger(prompt + tools) || !Number.isSafeInteger(output)) throw new BadRecord(TOO_LARGE)
    return {
      input: prompt - read + tools,
      cache_read: read,
      cache_write: 0,
      cache_write_1h: 0,
      output,
      reasoning: cells.thoughts === null && rest <= 0 ? null : thoughts + Math.max(rest, 0),
    }
  }
}

export const planGemini: PlanBody = (body, usage, at) => ({
  time: at(body, 'createTime'),
  model: textCell(body, at, 'modelVersion', 'model'),
  id: textCell(body, at, 'responseId'),
  tier: textCell(usage, at, 'trafficType'),
  speed: null,
  geo: null,
  searches: null,
  audio: [at(usage, 'promptTokensDetails'), at(usage, 'candidatesTokensDetails')],
  counts: planGeminiCounts(usage, at),
})
