import type { Counts } from '../reading/counts.ts'
import type { Fields } from '../reading/fields.ts'
import { textAt } from '../reading/fields.ts'
import { keysOf } from '../reading/keys.ts'
import { serviceOf } from '../reading/service.ts'
import type { UsageRecord } from '../record.ts'
import { promptOf, type Span } from './bucket.ts'

/** What a bucket of Anthropic's says besides its time and model. */
export interface AnthropicBucket {
  readonly counts: Counts
  readonly requests: number | null
  readonly searches: number | null
  readonly tier: string | null
  readonly speed: string | null
  readonly window: string | null
  readonly region: string | null
  readonly keys: Record<string, string>
}

export const anthropicRecord = (span: Span, model: string | null, bucket: AnthropicBucket): UsageRecord => {
  const prompt = promptOf(bucket.window)
  return {
    ...{ ...span, model, ...bucket.counts, requests: bucket.requests },
    ...serviceOf(bucket.tier, bucket.speed),
    ...{ id: null, stated_usd: null, keys: bucket.keys },
    ...(bucket.searches === null ? {} : { web_searches: bucket.searches }),
    ...(bucket.region === null ? {} : { region: bucket.region }),
    ...(prompt ? { rates: { prompt } } : {}),
  }
}

/** Where the bucket was used; a key's own name, never the key. */
export const anthropicKeys = (fields: Fields): Record<string, string> =>
  keysOf({
    project: textAt(fields, 'workspace_id', 'workspace'),
    api_key_id: textAt(fields, 'api_key_id'),
    geo: geoOf(textAt(fields, 'inference_geo')),
  })

const geoOf = (geo: string | null): string | null => (geo === 'not_available' ? null : geo)
