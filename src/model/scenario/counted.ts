/** Lengths counted for one model, and what counted them: types only. */

/** What a part of a prompt is: a number the user gave, text, tool definitions, or what a chat template puts around them. */
export const PART_KINDS = ['number', 'text', 'tools', 'template'] as const

/** Tokens of one part of a prompt. */
export interface Part {
  /** A file, a glob, or what the text was given as. */
  readonly source: string
  readonly kind: (typeof PART_KINDS)[number]
  /** Tokens of each sample; all samples are equally likely. An estimate is taken at its stated factor. */
  readonly samples: readonly number[]
  /** The tokenizer that counted it; `null` for a number that the user gave. */
  readonly tokenizer: string | null
  readonly exact: boolean
  /** Tokens of each sample at the ends of an estimate's band; left out where the count is exact. */
  readonly low?: readonly number[] | undefined
  readonly high?: readonly number[] | undefined
}

/** A counted length: a plain number of tokens, or parts that are added, with their mean. */
export type Length =
  | number
  | {
      /** Mean tokens, at most 6 decimals; `parts` hold what it is made of. */
      readonly mean: string
      readonly min: number
      readonly max: number
      readonly parts: readonly Part[]
    }

/** The lengths that a scenario file gives. */
export const REQUEST_LENGTHS = ['shared', 'session', 'turn', 'output', 'reasoning'] as const

/**
 * These, and what the chat template adds: once a prompt before and behind everything else, and to an earlier answer
 * each time that it is sent again. What it adds to a message is part of that message's length.
 */
export const COUNTED_LENGTHS = [...REQUEST_LENGTHS, 'start_overhead', 'end_overhead', 'answer_overhead'] as const

export type CountedLength = (typeof COUNTED_LENGTHS)[number]

/** One conversation: lengths in tokens, `turn_gap_s` in seconds. */
export interface Request extends Readonly<Record<CountedLength, Length>> {
  readonly turns: number
  readonly turn_gap_s: number
  readonly history: boolean
}

/** Tokens that a chat template adds around what one writes. */
export interface Template {
  /** As the price book names it. */
  readonly name: string
  /** Once a prompt, before everything else: the same in every prompt, so a cache finds it again. */
  readonly start: number
  /** Once a prompt, behind everything else: where the answer begins. */
  readonly end: number
  /** To a system message. */
  readonly system: number
  /** To a user message, with what stands between it and its answer. */
  readonly user: number
  /** To an earlier answer that is sent again. */
  readonly answer: number
  /** Whether this is the model's own template. */
  readonly exact: boolean
  readonly source: string
}

/** How the tokens of a provider without a public tokenizer are estimated from another vocabulary's. */
export interface Estimation {
  /** Tokens for 100 of the vocabulary's: at the stated factor, and at both ends of its band. */
  readonly percent: number
  readonly low: number
  readonly high: number
}

/** How a model's text was counted. */
export interface Counting {
  /** As the price book names it. */
  readonly tokenizer: string
  /** The vocabulary that was run. */
  readonly vocabulary: string
  /** `null` where the vocabulary is the model's own: the count is exact. */
  readonly estimation: Estimation | null
  /** Where the vocabulary, or the factor and its band, are from. */
  readonly source: string
  /** `null` where the model's template is not known. */
  readonly template: Template | null
}

/** A request with its text counted for one model. */
export interface Counted {
  readonly request: Request | null
  /** How its text was counted; `null` where there is none. */
  readonly counting: Counting | null
}
