import type { Replay } from '../../model/result/replay.ts'

/** One row for each policy. */
export const policyRows = ({ rows, trace: { format, block } }: Replay) =>
  rows.map(({ policies, at_least: known, ...row }) => ({
    format,
    block_tokens: block,
    row: row.row,
    policy: policies.join(' + '),
    ttl_s: row.ttl_s,
    capacity_blocks: row.capacity_blocks,
    delay_s: row.delay_s,
    requests: row.requests,
    input_tokens: row.input_tokens,
    output_tokens: row.output_tokens,
    cached_tokens: row.cached_tokens,
    written_tokens: row.written_tokens,
    full_blocks: row.full_blocks,
    hit_blocks: row.hit_blocks,
    requests_with_hit: row.requests_with_hit,
    hit_share: row.hit_share,
    mean_request_share: row.mean_request_share,
    cost_usd: row.costs?.total ?? null,
    no_cache_usd: row.costs?.no_cache ?? null,
    all_cached_usd: row.costs?.all_cached ?? null,
    at_least_usd: known?.total ?? null,
    reason: row.reason,
  }))
