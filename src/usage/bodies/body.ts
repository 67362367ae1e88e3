import type { Cell, CellAt } from '../reading/cell.ts'
import type { Counts } from '../reading/counts.ts'
import { type Fields, hasKey, isFields } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'

/** Counts that are read from cells. @throws {BadRecord} */
export type ReadCounts = (sink: Pick<Sink, 'convention'>) => Counts

/** Where a response body says what of its call; `null`: nowhere. */
export interface BodyCells {
  readonly time: Cell | null
  readonly model: Cell | null
  readonly id: Cell | null
  /** The service tier. */
  readonly tier: Cell | null
  readonly speed: Cell | null
  /** Where it was kept by a setting that is billed. */
  readonly geo: Cell | null
  readonly searches: Cell | null
  /** Tokens of sound: counts, or lists of counts by modality. */
  readonly audio: readonly (Cell | null)[]
  readonly counts: ReadCounts
}

/** Finds the cells of a body whose usage has been found. */
export type PlanBody = (body: Fields, usage: Fields, at: CellAt) => BodyCells

/** Whose names a usage has; they differ in what "input" includes. */
export type UsageKind = 'openai' | 'anthropic' | 'deepseek' | 'gemini'

/** The usage of a body; `null`: it has none. */
export const usageOf = (body: Fields): Fields | null => {
  const { usage, usageMetadata } = body
  if (isFields(usage)) return usage
  return isFields(usageMetadata) ? usageMetadata : null
}

/** Whose names a usage has; `null`: none that are known. */
export const usageKind = (usage: Fields): UsageKind | null => {
  if (hasKey(usage, 'prompt_cache_hit_tokens') || hasKey(usage, 'prompt_cache_miss_tokens')) return 'deepseek'
  if (hasKey(usage, 'prompt_tokens')) return 'openai'
  if (hasKey(usage, 'promptTokenCount') || hasKey(usage, 'totalTokenCount')) return 'gemini'
  if (!hasKey(usage, 'input_tokens')) return null
  // Responses, of a gateway where it has Anthropic's names besides.
  if (hasKey(usage, 'input_tokens_details')) return 'openai'
  if (hasKey(usage, 'cache_read_input_tokens') || hasKey(usage, 'cache_creation_input_tokens')) return 'anthropic'
  return hasKey(usage, 'total_tokens') ? 'openai' : 'anthropic'
}
