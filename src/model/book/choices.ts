/** The closed choices of price books and cluster books; imports nothing, so that using one loads no schema. */

export const BOOK_SCHEMA = 'dsprice/pricing/1'

/** Quality of a source: the vendor's own page, a catalogue, the press, the reviewed article, or one's own contract. */
export const GRADES = ['official-quoted', 'catalogue', 'secondary', 'article', 'own'] as const

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** What can be required of a model or its provider; docs/price-books.md says what each means. */
export const FACTS = [
  'open_weights',
  'fine_tuning',
  'batch',
  'zdr',
  'no_training',
  'eu',
  'us',
  'on_prem',
  'soc2',
  'iso27001',
  'hipaa',
  'sla',
] as const

/** `self`: once the customer switches it on; `request`: only after an approval, a contract or a sale. */
export const FACT_VALUES = ['yes', 'self', 'request', 'no', 'unknown'] as const

/** Public boards of model quality, each a scale of its own; the first is the default. */
export const BOARDS = ['arena', 'eci'] as const

/** What each board is called. */
export const BOARD_LABELS = { arena: 'Arena', eci: 'ECI' } as const satisfies Record<(typeof BOARDS)[number], string>

/** Values in place of a cache rule: there is no cache, or its behaviour is undocumented. */
export const NO_RULES = ['none', 'unknown'] as const

/** How text can be split into pieces before a vocabulary merges them, by the vocabulary that began it. */
export const SPLITS = [
  'cl100k_base',
  'qwen',
  'qwen-3.5',
  'o200k_base',
  'tekken',
  'kimi',
  'deepseek-v3',
  'gpt2',
  'command-r',
] as const

export const GPU_TERMS = ['on_demand', 'reserved', 'spot', 'owned', 'capacity_block', 'calendar'] as const

export const ROW_GRADES = ['A', 'B', 'C'] as const

/** Public catalogues that can be imported, by their names on the command line. */
export const CATALOGUE_NAMES = ['litellm', 'genai-prices', 'models.dev', 'openrouter', 'pi-ai'] as const
