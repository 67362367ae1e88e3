import { BadRecord } from '../reading/bad-record.ts'
import { type Counts, countAt } from '../reading/counts.ts'
import { type Fields, textAt } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { INCLUDED, THINKING } from '../reading/from-prompt.ts'
import { instantOf } from '../reading/instants.ts'
import { serviceOf } from '../reading/service.ts'
import type { ReadBody } from './body.ts'

/**
 * Counts of `usageMetadata`, whose protobuf leaves zeros out: thoughts stand beside the candidates, and what tools
 * put into the prompt beside the prompt.
 */
export const geminiCounts = (usage: Fields, { convention }: Pick<Sink, 'convention'>): Counts => {
  const count = (key: string): number => countAt(usage, key) ?? 0
  const [prompt, read, tools] = [
    count('promptTokenCount'),
    count('cachedContentTokenCount'),
    count('toolUsePromptTokenCount'),
  ]
  const [thoughts, candidates] = [count('thoughtsTokenCount'), count('candidatesTokenCount')]
  const total = countAt(usage, 'totalTokenCount')
  if (read > prompt) throw new BadRecord('it has more cached content than prompt')
  if (read > 0) convention(INCLUDED)
  // A proxy may have added the thoughts to the candidates.
  const isInside = thoughts > 0 && total === prompt + tools + candidates
  if (thoughts > 0) convention(isInside ? 'output includes reasoning' : THINKING)
  else if (typeof total === 'number' && total !== prompt + tools + candidates) convention('the total is not its parts')
  return {
    ...{ input: prompt - read + tools, cache_read: read, cache_write: 0, cache_write_1h: 0 },
    ...{
      output: candidates + (isInside ? 0 : thoughts),
      reasoning: usage['thoughtsTokenCount'] === undefined ? null : thoughts,
    },
  }
}

export const readGemini: ReadBody = (body, usage, sink) => ({
  at: instantOf(body['createTime']),
  model: textAt(body, 'modelVersion', 'model'),
  id: textAt(body, 'responseId'),
  ...serviceOf(usage['trafficType']),
  ...geminiCounts(usage, sink),
  web_searches: null,
})
