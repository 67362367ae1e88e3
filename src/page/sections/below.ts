import type { Priced } from '../../plan/page/priced.ts'
import { el } from '../dom/element.ts'
import { SECTIONS } from './index.ts'
import type { Section } from './section.ts'

export interface Below {
  readonly element: HTMLElement
  /** Fills the sections one after another, each in a turn of its own; a later call takes the place of an earlier one. */
  readonly show: (priced: Priced) => void
  /** Scrolls to a section once all are filled. */
  readonly scrollTo: (id: string) => void
}

/** The parts of the page below the answer. @param done - called when all are filled */
export const sectionsBelow = (done: () => void): Below => {
  const sections = SECTIONS.map(emptySection)
  let later = 0
  let wanted: string | null = null
  const showFrom = (index: number, priced: Priced): void => {
    const own = sections[index]
    if (!own) {
      if (wanted !== null) document.getElementById(wanted)?.scrollIntoView()
      wanted = null
      done()
      return
    }
    const content = own.section.render(priced)
    own.element.hidden = content.length === 0
    own.body.replaceChildren(...content)
    later = setTimeout(() => showFrom(index + 1, priced))
  }
  return {
    element: el(
      'div',
      { class: 'sections' },
      sections.map(({ element }) => element),
    ),
    show: priced => {
      clearTimeout(later)
      showFrom(0, priced)
    },
    scrollTo: id => {
      wanted = id === 'answer' ? null : id
    },
  }
}

const emptySection = (section: Section) => {
  const { id, title } = section
  const body = el('div')
  const heading = el('h2', { id: `${id}-title` }, title)
  return {
    section,
    body,
    element: el('section', { id, 'aria-labelledby': `${id}-title`, hidden: true }, heading, body),
  }
}
