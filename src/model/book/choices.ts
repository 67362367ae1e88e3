/** The closed choices of price books and cluster books; imports nothing, so that using one loads no schema. */

export const BOOK_SCHEMA = 'dsprice/pricing/1'

/** Quality of a source: the vendor's own page, a catalogue, the press, the reviewed article, or one's own contract. */
export const GRADES = ['official-quoted', 'catalogue', 'secondary', 'article', 'own'] as const

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export const FACTS = ['open_weights', 'fine_tuning', 'batch', 'zdr', 'on_prem', 'soc2'] as const

/** Values in place of a cache rule: there is no cache, or its behaviour is undocumented. */
export const NO_RULES = ['none', 'unknown'] as const

export const GPU_TERMS = ['on_demand', 'reserved', 'spot', 'owned', 'capacity_block', 'calendar'] as const

export const ROW_GRADES = ['A', 'B', 'C'] as const

/** Public catalogues that can be imported, by their names on the command line. */
export const CATALOGUE_NAMES = ['litellm', 'genai-prices', 'models.dev', 'openrouter', 'pi-ai'] as const
