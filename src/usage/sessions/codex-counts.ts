import { type Counts, countAt, neededAt } from '../reading/counts.ts'
import type { Fields } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { fromPrompt } from '../reading/from-prompt.ts'

/** Counts as Codex writes them: the input includes the cache, the output includes reasoning. */
export const codexCounts = (usage: Fields, sink: Pick<Sink, 'convention'>): Counts =>
  fromPrompt(
    {
      prompt: neededAt(usage, 'input_tokens'),
      read: countAt(usage, 'cached_input_tokens') ?? 0,
      write: countAt(usage, 'cache_write_input_tokens') ?? 0,
      output: neededAt(usage, 'output_tokens'),
      reasoning: countAt(usage, 'reasoning_output_tokens') ?? null,
      total: countAt(usage, 'total_tokens'),
    },
    sink,
  )
