import { plural } from '../model/plural.ts'
import type { Replay, ReplayRow } from '../model/result/replay.ts'
import type { Pricing, Warning } from '../model/result/result.ts'
import { VERSION } from '../version.ts'
import type { RowName } from './choose-policies.ts'
import type { HitCounts } from './count-hits.ts'
import type { Policy } from './policies.ts'
import { priceHits, type Unpriced } from './price-hits.ts'
import type { Replayed } from './replay.ts'
import { sizeNodes, type Throughput } from './size-nodes.ts'

export interface DescribeTerms {
  readonly pricing: Pricing
  readonly trace: Pick<
    Replay['trace'],
    'files' | 'format' | 'block' | 'ids' | 'malformed' | 'first_malformed' | 'sorted'
  >
  readonly rowNames: readonly RowName[]
  readonly warmUp: Replay['warm_up']
  readonly throughput: { readonly of: Throughput; readonly maxUtilisation: number } | null
  readonly notes: readonly string[]
}

/** What was replayed, as `dsprice replay --json` prints it. */
export const describeReplay = (replayed: Replayed, terms: DescribeTerms): Replay => {
  const { load, states, windows } = replayed
  const priced = replayed.rows.map(counts => ({ counts, ...priceHits(counts, states) }))
  const hasIds = terms.trace.ids !== 'none'
  const rows = priced.map(({ counts, costs, unpriced }, i) =>
    describeRow(counts, {
      row: terms.rowNames[i] ?? 'rule',
      policies: replayed.policies[i] ?? [],
      costs,
      reason: unpriced[0]?.reason ?? null,
    }),
  )
  const hitShare = (hasIds ? rows[0]?.hit_share : null) ?? 0
  return {
    schema: 'dsprice/replay/1',
    tool_version: VERSION,
    pricing: terms.pricing,
    trace: {
      ...terms.trace,
      requests: load?.requests ?? 0,
      input_tokens: load?.input_tokens ?? 0,
      output_tokens: load?.output_tokens ?? 0,
      models: replayed.models.flatMap(model => model ?? []),
    },
    warm_up: terms.warmUp,
    rows,
    load,
    fleet:
      load && terms.throughput
        ? sizeNodes({ load, windows }, terms.throughput.of, {
            hitShare,
            maxUtilisation: terms.throughput.maxUtilisation,
          })
        : null,
    notes: [...terms.notes],
    warnings: [...malformedWarning(terms.trace), ...unpricedWarnings(priced)],
  }
}

const describeRow = (
  counts: HitCounts,
  { policies, ...of }: Pick<ReplayRow, 'row' | 'costs' | 'reason'> & { readonly policies: readonly Policy[] },
): ReplayRow => {
  const [policy] = policies
  const only = policies.length === 1 ? policy : undefined
  const lives = only && only.name !== 'infinite' && only.name !== 'lru' && Number.isFinite(only.lifetime)
  return {
    row: of.row,
    policies: [...new Set(policies.map(nameOf))],
    ttl_s: lives ? only.lifetime / 1000 : null,
    capacity_blocks: only?.name === 'lru' && only.capacity > 0 ? only.capacity : null,
    requests: counts.requests,
    input_tokens: counts.input,
    output_tokens: counts.output,
    cached_tokens: counts.cached,
    written_tokens: counts.written,
    full_blocks: counts.fullBlocks,
    hit_blocks: counts.hitBlocks,
    requests_with_hit: counts.withHit,
    hit_share: counts.input === 0 ? null : counts.cached / counts.input,
    mean_request_share: counts.requests === 0 ? null : counts.shares / counts.requests,
    costs: of.costs,
    reason: of.costs === null ? (of.reason ?? 'no request was counted') : null,
  }
}

/** A cache that keeps nothing is none. */
const nameOf = ({ name, capacity }: Policy): string => (name === 'lru' && capacity === 0 ? 'none' : name)

const malformedWarning = ({ malformed, first_malformed: first }: DescribeTerms['trace']): Warning[] => {
  if (malformed === 0) return []
  const places = first.map(({ file, line, byte, what }) => `${file}:${line} (byte ${byte}): ${what}`)
  return [
    {
      code: 'BAD_LINE',
      what: `${plural(malformed, 'line')} could not be read and ${malformed === 1 ? 'is' : 'are'} left out: ${places.join('; ')}`,
      fix: 'correct or remove them, or name the format with --input-format',
      at: first[0] ? `${first[0].file}:${first[0].line}` : null,
    },
  ]
}

/** Each model without a price once: what the first row found, which counts the same requests as any other. */
const unpricedWarnings = (priced: readonly { readonly unpriced: readonly Unpriced[] }[]): Warning[] =>
  (priced[0]?.unpriced ?? [])
    .filter(({ model }) => model !== '')
    .map(({ reason, requests, tokens }) => ({
      code: 'UNPRICED',
      what: `${reason} (${plural(requests, 'request')}, ${plural(tokens, 'token')}), so the cost of all is not known`,
      fix: 'name another model with --model, another time with --at, or add prices with --pricing',
      at: null,
    }))
