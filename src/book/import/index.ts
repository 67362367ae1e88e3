import type { Catalogue } from './catalogue.ts'
import { convertListing, type Imported, type ImportOptions } from './convert.ts'
import { genaiPrices } from './genai-prices.ts'
import { litellm } from './litellm.ts'
import { modelsDev } from './models-dev.ts'
import { openrouter } from './openrouter.ts'
import { piAi } from './pi-ai.ts'

/** Every catalogue that can be imported, one row each. */
export const CATALOGUES = [litellm, genaiPrices, modelsDev, openrouter, piAi] as const satisfies readonly Catalogue[]

export type { Catalogue, Listing } from './catalogue.ts'
export { IMPORT_CODES, type ImportCode, type Told } from './codes.ts'
export { convertListing, type Imported, type ImportOptions }
