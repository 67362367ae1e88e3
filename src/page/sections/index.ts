import { adviceSection } from './advice.ts'
import { breakEvenSection } from './break-even.ts'
import { forecastSection } from './forecast.ts'
import { linesSection } from './lines.ts'
import { notesSection } from './notes.ts'
import type { Section } from './section.ts'
import { splitSection } from './split.ts'
import { viewsSection } from './views.ts'

/** The parts of the page below the answer, in their order. */
export const SECTIONS: readonly Section[] = [
  viewsSection,
  splitSection,
  breakEvenSection,
  forecastSection,
  linesSection,
  adviceSection,
  notesSection,
]
