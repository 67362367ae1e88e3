import { estimate, faultsOf } from '../../engine.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { fragmentOf } from '../../plan/page/fragment.ts'
import type { PageData } from '../../plan/page/page-data.ts'
import { answerInWords } from '../../report/estimate/answer-in-words.ts'
import { totalInWords } from '../../report/estimate/total-in-words.ts'
import { el } from '../dom/element.ts'

/** Of several scenarios, all of them as their files have them, each a link; `null`: there is one, or no sum of them. */
export const overviewElement = ({ scenarios, books, at }: PageData): HTMLElement | null => {
  const [book] = books
  if (!book || scenarios.length < 2) return null
  try {
    const own = scenarios.map(({ scenario }) => scenario)
    const result = estimate(own, book, at)
    return el(
      'section',
      { id: 'overview', 'aria-label': 'All scenarios' },
      el('p', { class: 'lead' }, `${scenarios.length} scenarios: ${totalInWords(result)}`),
      el('ul', {}, result.scenarios.map(linkItem)),
    )
  } catch (error) {
    faultsOf(error)
    return null
  }
}

const linkItem = (scenario: ScenarioResult, index: number): HTMLElement =>
  el(
    'li',
    {},
    el('a', { href: fragmentOf({ index, settings: new Map() }) || '#' }, scenario.name),
    `: ${answerInWords(scenario)}`,
  )
