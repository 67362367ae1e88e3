/**
 * What a source says of usage, in one disjoint form: prompt = input + cache_read + cache_write + cache_write_1h, and
 * output includes reasoning. `null` is unknown, never 0.
 */
export interface UsageRecord {
  /** When it happened, ms since 1970; for a bucket its start. `null`: the source has no time. */
  readonly at: number | null
  /** End of a bucket, ms since 1970, not included; `null`: one call, or what has no time. */
  readonly end: number | null
  /** The model that served it, as the source names it; `null`: money only, or not told. */
  readonly model: string | null
  /** Tokens. */
  readonly input: number
  readonly cache_read: number | null
  /** Writes of the shorter lifetime, and those whose lifetime is not told. */
  readonly cache_write: number | null
  readonly cache_write_1h: number | null
  readonly output: number
  /** Part of the output. */
  readonly reasoning: number | null
  /** Requests: 1 for a call; `null`: a bucket that does not count them. */
  readonly requests: number | null
  /** The service tier that was billed, such as `flex`, as price books name it; `null`: not told, or standard. */
  readonly service: string | null
  readonly batch: boolean
  /** Where it was kept by a setting that is billed, such as `us`, as price books name it; left out: nowhere, or not told. */
  readonly region?: string | null
  /** Tells duplicates apart; `null`: the format has no key; left out: they have been told apart. */
  readonly id?: string | null
  /** Tokens of sound among the others, which have rates of their own; left out: none, or not told. */
  readonly audio?: number
  /** Searches on the web that are billed apart; left out: not told. */
  readonly web_searches?: number
  /** What the source says that it cost, in USD, exact; `null`: it does not say. */
  readonly stated_usd: Usd | null
  /** By what reports can be grouped: user, team, project, conversation, tags; left out: the source does not say. */
  readonly keys: Readonly<Record<string, string>>
  /** What the source itself says that decides rates: DeepSeek's price a token, a length tier. */
  readonly rates?: RecordRates
}

/** An amount that a source states, exact: digits, or a whole number of its last decimal. */
export type Usd = string | UsdUnits

/** An amount of few digits, as it is read from bytes. */
export interface UsdUnits {
  /** Of at most 15 digits. */
  readonly units: number
  readonly decimals: number
}

/** Facts of a record by which its row, window or tier is known although it is a bucket. */
export interface RecordRates {
  /** Prices that stand beside the amounts, per 1M tokens in the source's currency, by meter. */
  readonly prices?: Readonly<Partial<Record<'input' | 'cache_read' | 'output', string>>>
  readonly currency?: string
  /** The least and most prompt tokens of a request, where the source tells the tier: 200,001 to 1,000,000. */
  readonly prompt?: { readonly from: number; readonly to: number | null }
}

/** How fine a source is. A bucket has no length tier, no turns and no load within it. */
export type Granularity = 'call' | 'bucket' | 'money'

/** Where a record stands in its source. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** Bytes before it. */
  readonly byte: number
}
