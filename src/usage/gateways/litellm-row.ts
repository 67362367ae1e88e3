import type { ReadCounts } from '../bodies/body.ts'
import { mostIn, planCache, toldIn, writesIn } from '../bodies/prompt-cache.ts'
import { BadRecord } from '../reading/bad-record.ts'
import { type Cell, type CellAt, countIn, fixedCells, neededIn, textIn } from '../reading/cell.ts'
import { type Fields, fieldsAt, isFields, jsonIn } from '../reading/fields.ts'
import { fromPrompt } from '../reading/from-prompt.ts'

/** Where the metadata has the usage of the call: of both, either may have a count that the other leaves out. */
const USAGES = ['additional_usage_values', 'usage_object']

/** Counts of a row of LiteLLM_SpendLogs, whose cache stands in its metadata alone. */
export const planLitellmCounts = (row: Fields, at: CellAt): ReadCounts => {
  const metadata = at(row, 'metadata')
  const own = {
    prompt: at(row, 'prompt_tokens'),
    output: at(row, 'completion_tokens'),
    total: at(row, 'total_tokens'),
  }
  if (metadata?.kind !== 'text') return planCounts(own, fieldsAt(row, 'metadata'), at)
  return sink => {
    const read = jsonIn(textIn(metadata))
    if (!isFields(read)) throw new BadRecord('its metadata is not JSON, and holds its cache counts')
    return planCounts(own, read, fixedCells)(sink)
  }
}

const planCounts = (
  own: Readonly<Record<'prompt' | 'output' | 'total', Cell | null>>,
  metadata: Fields,
  at: CellAt,
): ReadCounts => {
  const usages = USAGES.map(key => fieldsAt(metadata, key))
  // Without any usage in it nothing is told, not even that nothing was cached.
  const isTold = usages.some(usage => Object.keys(usage).length > 0)
  const cache = planCache(usages, at, 'prompt_tokens_details')
  const reasoning = usages
    .flatMap(usage => at(fieldsAt(usage, 'completion_tokens_details'), 'reasoning_tokens') ?? [])
    .filter(({ kind }) => kind !== 'null')
  return sink => {
    const { write, write1h } = writesIn(cache)
    return fromPrompt(
      {
        prompt: neededIn(own.prompt, 'prompt_tokens'),
        read: isTold ? toldIn(cache.read) : null,
        write: isTold ? write : null,
        write1h,
        output: neededIn(own.output, 'completion_tokens'),
        reasoning: reasoning.length > 0 ? mostIn(reasoning) : null,
        total: countIn(own.total),
      },
      sink,
    )
  }
}
