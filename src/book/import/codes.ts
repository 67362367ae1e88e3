/**
 * What an import says about an entry of a catalogue, by code: why it is left out, or what of it is in doubt. A model's
 * own warnings are told in this order.
 */
export const IMPORT_CODES = {
  // Left out
  NOT_A_MODEL: 'is no model, but an explanation or a record without fields',
  NOT_SELECTED: 'is sold by a provider that --only does not name',
  TYPE: 'is of another type than chat',
  MODE: 'is billed by something else than tokens of text',
  NO_PRICE: 'has no price',
  UNDATED: 'has no start date, so it needs --as-of',
  VARIABLE_PRICE: 'is a router whose price depends on the model it chooses',
  MIXED_CONSTRAINTS: 'mixes start dates and hours in a way that rows cannot express',
  NOT_A_RATE: 'has a rate that is no number, or more kinds of rates than a row may have',
  ZERO_PRICE: 'costs 0 in and out: not priced, part of a plan, or run by yourself',
  PLAN: 'is part of a subscription; name its provider in --only to take it all the same',
  RESELLER: 'is resold, at prices that follow others; name its provider in --only to take it all the same',
  MAGNITUDE: 'has a rate outside $0.0001 to $1,000 per 1M tokens',
  READ_ABOVE_INPUT: 'reads from the cache at more than the price of input',
  LONG_WRITE_BELOW_SHORT: 'writes to the cache for an hour at less than for some minutes',
  BATCH_ABOVE_NORMAL: 'has a batch rate above the normal one',
  TIERS_AND_WINDOWS: 'has rates by length and by hour at once',
  TIER_TWICE: 'has two rates for one length',
  WINDOWS_OVERLAP: 'has two rates at one hour',
  ROWS_OVERLAP: 'has two prices at one time',
  ROW_EMPTY: 'has a price that ends before it begins',
  DUPLICATE: 'is listed again under another name',
  NAME_TAKEN: "has the name of another provider's model in the book",
  OURS: 'is in the book already, whose rows count',
  // In doubt
  PATTERN: 'is found by prefix or pattern as well, which is dropped: it would catch later models',
  UNDATED_BEFORE: 'has an earlier price without a start date, which is dropped',
  FLOAT_NOISE: 'has a rate with rounding noise, rounded to 12 digits',
  ZERO_RATE: 'costs 0 either in or out, taken as unknown',
  ZERO_CACHE: 'reads from the cache at 0, taken as unknown',
  REASONING_PRICE: 'has another price for reasoning than for output, so output is unknown',
  STORAGE_AS_WRITE: 'states the storage of a cache as the price of a write, which is dropped',
  CONTEXT_CAPPED: 'has its context cut to where long prompts begin, so it is unknown',
  FLAT_OVER_WINDOWS: 'has one rate, although its provider has prices by the hour',
  AMBIGUOUS_ALIAS: 'has a name that another model claims, which is dropped',
  DISAGREES: 'differs by more than 0.5% from the row of the book, which counts',
  'LOST:search': 'has a fee for searches, which a row cannot hold',
  'LOST:service-tier': 'has priority, flex or fast rates, which are not taken',
  'LOST:audio': 'has rates for audio, which a row cannot hold',
  'LOST:image': 'has rates for images or video, which a row cannot hold',
  'LOST:requests': 'has a fee for each request, which a row cannot hold',
  'LOST:region': 'has a surcharge by region, which is not taken',
  'LOST:other': 'has rates of a kind that a row cannot hold',
} as const

/** Why an entry is left out, or what of it is in doubt. */
export type ImportCode = keyof typeof IMPORT_CODES

/** A code told of one entry, under the catalogue's own name for it. */
export interface Told {
  readonly name: string
  readonly code: ImportCode
}

const ORDER: readonly string[] = Object.keys(IMPORT_CODES)

/** An entry's codes, each once, in the order of the table. */
export const inOrder = (codes: Iterable<ImportCode>): ImportCode[] =>
  [...new Set(codes)].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))

/** Whether a text is one of the codes. */
export const isImportCode = (code: string): code is ImportCode => Object.hasOwn(IMPORT_CODES, code)
