import { scanCl100k } from '../scan/cl100k.ts'
import { scanDeepSeek } from '../scan/deepseek.ts'
import { scanO200k } from '../scan/o200k.ts'
import type { Scanner } from '../scan/scanner.ts'

/** How text becomes pieces for a vocabulary. */
export interface Splitting {
  /** A scanner for one text. */
  readonly scanner: () => Scanner
  /** The form that text is brought into first. */
  readonly normalize?: 'NFC' | 'NFKC'
}

const always = (scanner: Scanner) => () => scanner

/** Every vocabulary that ships, one row each, by the name of its file in dist/vocabularies. */
export const VOCABULARIES: Readonly<Record<string, Splitting>> = {
  o200k_base: { scanner: always(scanO200k({ most: 3, contractions: true, tail: 'slashes' })) },
  cl100k_base: { scanner: always(scanCl100k({ most: 3 })) },
  'deepseek-v3': { scanner: scanDeepSeek },
  // Qwen 2.5 and 3 share one model.
  qwen: { scanner: always(scanCl100k({ most: 1 })), normalize: 'NFC' },
  // Mistral's third: ranks begin behind 1,000 special tokens.
  tekken: { scanner: always(scanO200k({ most: 1, contractions: false, tail: 'slashes' })) },
}
