import { adviceSection } from './advice.ts'
import { breakEvenSection } from './break-even.ts'
import { cacheSection } from './cache.ts'
import { forecastSection } from './forecast.ts'
import { linesSection } from './lines.ts'
import { modelsSection } from './models.ts'
import { notesSection } from './notes.ts'
import { pricesSection } from './prices.ts'
import type { Section } from './section.ts'
import { splitSection } from './split.ts'
import { sweepSection } from './sweep.ts'
import { viewsSection } from './views.ts'
import { weekSection } from './week.ts'

/** The parts of the page below the answer, in their order. */
export const SECTIONS: readonly Section[] = [
  viewsSection,
  modelsSection,
  splitSection,
  breakEvenSection,
  cacheSection,
  forecastSection,
  weekSection,
  pricesSection,
  sweepSection,
  linesSection,
  adviceSection,
  notesSection,
]
