import { agree, plural } from '../model/plural.ts'
import type { Replay, ReplayRow } from '../model/result/replay.ts'
import type { Pricing, Warning } from '../model/result/result.ts'
import { VERSION } from '../version.ts'
import type { Misfit } from './block-fit.ts'
import { lifetimeOf, type Policy } from './cache/policies.ts'
import type { RowName } from './choose-policies.ts'
import type { HitCounts } from './count-hits.ts'
import type { Load } from './load.ts'
import { type PricedHits, priceHits, type Unpriced } from './price-hits.ts'
import type { Replayed } from './replay.ts'
import { type FleetTerms, sizeNodes } from './size-nodes.ts'

export interface DescribeTerms {
  readonly pricing: Pricing
  readonly trace: Pick<
    Replay['trace'],
    'files' | 'format' | 'block' | 'ids' | 'malformed' | 'first_malformed' | 'sorted'
  >
  /** What was left out, and what to do about the first of it. */
  readonly left?: { readonly unit: 'line' | 'record'; readonly fix: string | null }
  readonly rowNames: readonly RowName[]
  readonly warmUp: Replay['warm_up']
  /** `null`: no fleet was asked for. */
  readonly fleet:
    | ((load: Load) => FleetTerms & { readonly notes: readonly string[]; readonly warnings: readonly Warning[] })
    | null
  readonly notes: readonly string[]
}

/** What was replayed, as `dsprice replay --json` prints it. */
export const describeReplay = (replayed: Replayed, terms: DescribeTerms): Replay => {
  const { load, states, windows } = replayed
  const priced = replayed.rows.map(counts => ({ counts, ...priceHits(counts, states) }))
  const hasIds = terms.trace.ids !== 'none'
  const rows = priced.map(({ counts, ...of }, i) =>
    describeRow(counts, { ...of, row: terms.rowNames[i] ?? 'rule', policies: replayed.policies[i] ?? [] }),
  )
  // Every row counts the same requests. Where no model is named at all, nobody asked for a cost.
  const lacking = priced[0]?.unpriced ?? []
  const unpriced = lacking.every(({ model }) => model === null) && rows[0]?.at_least == null ? [] : lacking
  const hitShare = (hasIds ? rows[0]?.hit_share : null) ?? 0
  const fleet = load && terms.fleet ? terms.fleet(load) : null
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
    fleet: load && fleet ? sizeNodes({ load, windows }, hitShare, fleet) : null,
    unpriced: unpriced.map(({ model, code, reason, requests, input, output }) => ({
      ...{ model, code, reason, requests, input_tokens: input, output_tokens: output },
    })),
    notes: [...terms.notes, ...(fleet?.notes ?? [])],
    warnings: [
      ...malformedWarning(terms),
      ...misfitWarning(replayed.misfit, terms.trace.block),
      ...unpriced.map(unpricedWarning),
      ...(fleet?.warnings ?? []),
    ],
  }
}

const describeRow = (
  counts: HitCounts,
  { policies, known, unpriced, row }: PricedHits & Pick<ReplayRow, 'row'> & { readonly policies: readonly Policy[] },
): ReplayRow => {
  const [policy] = policies
  const [lack] = unpriced
  const only = policies.length === 1 ? policy : undefined
  const [lifetime = null, ...others] = new Set(policies.map(lifetimeOf))
  return {
    row,
    policies: [...new Set(policies.map(nameOf))],
    ttl_s: others.length === 0 ? lifetime : null,
    capacity_blocks: only?.name === 'lru' && only.capacity > 0 ? only.capacity : null,
    delay_s: (policy?.delay ?? 0) / 1000,
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
    costs: lack === undefined ? known : null,
    at_least: known,
    reason: lack ? reasonOf(lack) : known === null ? 'no request was counted' : null,
  }
}

/** A cache that keeps nothing is none. */
const nameOf = ({ name, capacity }: Policy): string => (name === 'lru' && capacity === 0 ? 'none' : name)

const malformedWarning = ({ trace: { malformed, first_malformed: first }, left }: DescribeTerms): Warning[] => {
  if (malformed === 0) return []
  const places = first.map(({ file, line, byte, what }) => `${file}:${line} (byte ${byte}): ${what}`)
  return [
    {
      code: 'BAD_LINE',
      what: `${plural(malformed, left?.unit ?? 'line')} could not be read and ${malformed === 1 ? 'is' : 'are'} left out: ${places.join('; ')}`,
      fix: left?.fix ?? 'correct or remove them, or name the format with --input-format',
      at: first[0] ? `${first[0].file}:${first[0].line}` : null,
    },
  ]
}

const misfitWarning = (misfit: Misfit | null, block: number): Warning[] => {
  if (misfit === null) return []
  const { off, requests, better } = misfit
  return [
    {
      code: 'BLOCK_MISFIT',
      what: `${off} of ${plural(requests, 'request')} ${agree(off, 'has', 'have')} another number of ids than blocks of ${plural(block, 'token')}: the hits are those of other lengths`,
      fix:
        better === null
          ? 'name the block that the ids are of with --block'
          : `write --block ${better}, which fits most`,
      at: null,
    },
  ]
}

const reasonOf = ({ model, reason }: Unpriced): string => (model === null ? reason : `${model}: ${reason}`)

const unpricedWarning = ({ model, reason, requests, input, output, fix }: Unpriced): Warning => ({
  code: 'UNPRICED',
  what: `${plural(requests, 'request')} of ${model ?? 'no model named'}, ${plural(input, 'token')} in and ${output} out, ${requests === 1 ? 'has' : 'have'} no price: ${reason}`,
  fix: fix ?? 'name another model with --model, another time with --at, or add prices with --pricing',
  at: null,
})
