import { priceShown } from '../engine.ts'
import { fragmentOf, type Place, placeIn } from '../plan/page/fragment.ts'
import type { PageData, Settings } from '../plan/page/page-data.ts'
import { answerElements } from './answer/answer.ts'
import { type WhatIf, whatIf } from './controls/what-if.ts'
import { el } from './dom/element.ts'
import { apartNote, footerElement, headingOf, problemsElement, savedNote, scenarioChoice } from './frame.ts'
import { sectionsBelow } from './sections/below.ts'
import { overviewElement } from './sections/overview.ts'

/** The page of scenarios: the answer, the controls, and the parts below, which follow the controls. */
export const startApp = (data: PageData, root: HTMLElement): void => {
  let place: Omit<Place, 'part'> = { index: 0, settings: new Map() }
  let controls: WhatIf | null = null
  const { heading, answer, aside, below } = addFrame(data, root, () => {
    document.body.dataset['shown'] = fragmentOf(place)
  })

  const change = (settings: Settings): void => {
    place = { ...place, settings }
    history.replaceState(null, '', fragmentOf(place) || location.pathname + location.search)
    show()
  }

  /** Shows the answer at once, and the parts below one after another, so that a slider stays quick. */
  const show = (): void => {
    controls?.show(place.settings)
    const found = priceShown(data, place.index, place.settings)
    document.body.classList.toggle('faulty', 'problems' in found)
    if ('problems' in found) answer.replaceChildren(problemsElement(found.problems))
    else {
      answer.replaceChildren(...answerElements(found.priced))
      below.show(found.priced)
    }
  }

  /** Shows the place that the address names. */
  const open = (): void => {
    const given = placeIn(location.hash)
    place = given.index < data.scenarios.length ? given : { index: 0, settings: new Map() }
    const own = data.scenarios[place.index]
    if (!own) return
    controls = whatIf(data, () => place, change)
    aside.replaceChildren(...controls.elements)
    heading.replaceChildren(...headingOf(own))
    show()
    below.scrollTo(given.part ?? data.part)
  }

  addEventListener('hashchange', open)
  open()
}

/** The elements that the app fills. @param done - called when every part is filled */
const addFrame = (data: PageData, root: HTMLElement, done: () => void) => {
  const heading = el('div')
  const answer = el('div', { id: 'answer', 'aria-live': 'polite' })
  const aside = el('aside', { 'aria-label': 'Controls', hidden: data.saved })
  const below = sectionsBelow(done)
  root.append(
    el('header', {}, scenarioChoice(data), heading, savedNote(data), apartNote(data)),
    el('main', { class: data.saved ? 'plain' : '' }, overviewElement(data), answer, aside, below.element),
    footerElement(data),
  )
  return { heading, answer, aside, below }
}
