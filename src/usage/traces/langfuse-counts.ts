import { BadRecord } from '../reading/bad-record.ts'
import { type Counts, countAt, neededAt } from '../reading/counts.ts'
import { type Fields, isFields } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { EXCLUDED, fromPrompt, THINKING } from '../reading/from-prompt.ts'

const READS = ['input_cached_tokens', 'input_cache_read', 'cache_read_input_tokens']
const WRITES = ['input_cache_creation', 'input_cache_write', 'cache_creation_input_tokens', 'input_cache_creation_5m']
const WRITES_1H = ['input_cache_creation_1h']

/**
 * Counts of an observation; `null`: it has none. Keys of `usageDetails` are disjoint, which their `total` proves; where
 * it proves that a user's own keys are not, the map is read as a prompt that includes its parts.
 */
export const langfuseCounts = (value: Fields, sink: Pick<Sink, 'convention'>): Counts | null => {
  const details = value['usageDetails']
  if (isFields(details) && Object.keys(details).length > 0) return fromDetails(details, sink)
  const usage = isFields(value['usage']) ? value['usage'] : {}
  const prompt = countAt(value, 'promptTokens') ?? countAt(usage, 'input') ?? countAt(value, 'inputUsage')
  const output = countAt(value, 'completionTokens') ?? countAt(usage, 'output') ?? countAt(value, 'outputUsage')
  if (typeof prompt !== 'number' || typeof output !== 'number') return null
  return fromPrompt({ prompt, read: null, write: null, output, reasoning: null }, sink)
}

const fromDetails = (details: Fields, sink: Pick<Sink, 'convention'>): Counts => {
  const sum = (test: (key: string) => boolean): number =>
    Object.keys(details).reduce((all, key) => (test(key) ? all + (countAt(details, key) ?? 0) : all), 0)
  const isInput = (key: string): boolean => key.includes('input') || key.startsWith('prompt')
  const isOutput = (key: string): boolean => key.includes('output') || key.startsWith('completion')
  const [read, short, long] = [READS, WRITES, WRITES_1H].map(keys => sum(key => keys.includes(key))) as Three
  const reasoning = countAt(details, 'output_reasoning_tokens') ?? countAt(details, 'output_reasoning') ?? null
  const [input, output, total] = [sum(isInput), sum(isOutput), countAt(details, 'total')]
  if (typeof total === 'number' && total !== input + output) {
    const known = { prompt: neededAt(details, 'input'), output: neededAt(details, 'output') }
    if (total !== known.prompt + known.output) throw new BadRecord('its total is not the sum of its parts')
    return fromPrompt({ ...known, read, write: short + long, write1h: long, reasoning, total }, sink)
  }
  sink.convention(EXCLUDED)
  if (reasoning !== null) sink.convention(THINKING)
  return {
    ...{ input: input - read - short - long, cache_read: read, cache_write: short, cache_write_1h: long },
    ...{ output, reasoning },
  }
}

type Three = [number, number, number]
