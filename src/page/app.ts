import type { Problem } from '../errors/index.ts'
import { controlsOf } from '../plan/page/controls.ts'
import type { PageData } from '../plan/page/page-data.ts'
import type { Settings } from '../plan/page/shown.ts'
import { controlsPanel, type Panel } from './controls/panel.ts'
import { el } from './dom/element.ts'
import { fragmentOf, type Place, placeIn } from './fragment.ts'
import { type Priced, priceShown } from './priced.ts'
import { answerElements } from './sections/answer.ts'
import { SECTIONS } from './sections/index.ts'
import { shareBar } from './share-bar.ts'

/** The page: the answer, the controls, and the parts below, which follow the controls. */
export const startApp = (data: PageData, root: HTMLElement): void => {
  let place: Omit<Place, 'part'> = { index: 0, settings: new Map() }
  let panel: Panel | null = null
  const answer = el('div', { id: 'answer', 'aria-live': 'polite' })
  const controls = el('aside', { 'aria-label': 'Controls' })
  const sections = SECTIONS.map(section => ({ section, ...sectionElement(section) }))
  let later = 0

  const change = (settings: Settings): void => {
    place = { ...place, settings }
    history.replaceState(null, '', fragmentOf(place) || location.pathname + location.search)
    show()
  }

  /** Shows the answer at once, and the parts below one after another, so that a slider stays quick. */
  const show = (): void => {
    panel?.show(place.settings)
    const found = priceShown(data, place.index, place.settings)
    clearTimeout(later)
    document.body.classList.toggle('faulty', 'problems' in found)
    if ('problems' in found) {
      answer.replaceChildren(problemsElement(found.problems))
      return
    }
    answer.replaceChildren(...answerElements(found.priced))
    showFrom(0, found.priced)
  }

  const showFrom = (index: number, priced: Priced): void => {
    const own = sections[index]
    if (!own) {
      document.body.dataset['shown'] = fragmentOf(place)
      return
    }
    const content = own.section.render(priced)
    own.element.hidden = content.length === 0
    own.body.replaceChildren(...content)
    later = setTimeout(() => showFrom(index + 1, priced))
  }

  const open = (): void => {
    const { part, ...given } = placeIn(location.hash)
    const scenario = data.scenarios[given.index] ?? data.scenarios[0]
    place = { index: scenario === data.scenarios[given.index] ? given.index : 0, settings: given.settings }
    if (!scenario) return
    panel = controlsPanel(scenario, controlsOf(scenario, data), { settings: () => place.settings, change })
    const bar = shareBar({ data, place: () => place, reset: () => change(new Map()) })
    controls.replaceChildren(el('details', { open: isWide() }, el('summary', {}, 'What if …'), panel.element, bar))
    heading.replaceChildren(...headingOf(scenario.scenario))
    show()
    if (part !== null) document.getElementById(part)?.scrollIntoView()
  }

  const heading = el('div', {})
  root.append(
    el(
      'header',
      {},
      heading,
      scenarioChoice(data, index => {
        location.hash = fragmentOf({ index, settings: new Map() }) || '#'
      }),
    ),
    el(
      'main',
      {},
      answer,
      controls,
      el(
        'div',
        { class: 'sections' },
        sections.map(({ element }) => element),
      ),
    ),
    el(
      'footer',
      {},
      `Made by dsprice ${data.tool_version}. Figures are reckoned in this page by its own engine; nothing is sent anywhere.`,
    ),
  )
  addEventListener('hashchange', open)
  open()
}

const WIDE = 1000

const isWide = (): boolean => innerWidth >= WIDE

const headingOf = ({ name, description, model, routing }: PageData['scenarios'][number]['scenario']): HTMLElement[] => [
  el('h1', {}, name),
  ...(description === undefined ? [] : [el('p', { class: 'about' }, description)]),
  el('p', { class: 'quiet' }, model ?? routing?.legs.map(leg => leg.model).join(', ') ?? ''),
]

const sectionElement = ({ id, title }: (typeof SECTIONS)[number]) => {
  const body = el('div', { class: 'body' })
  return {
    body,
    element: el('section', { id, 'aria-labelledby': `${id}-title` }, el('h2', { id: `${id}-title` }, title), body),
  }
}

/** A choice between the page's scenarios, where it has several. */
const scenarioChoice = ({ scenarios }: PageData, go: (index: number) => void): HTMLElement | null => {
  if (scenarios.length < 2) return null
  const choice = el(
    'select',
    { id: 'scenario', onchange: () => go(Number(choice.value)) },
    scenarios.map(({ scenario }, i) => el('option', { value: i }, scenario.name)),
  )
  choice.value = String(placeIn(location.hash).index)
  return el('p', {}, el('label', { for: 'scenario' }, 'Scenario '), choice)
}

const problemsElement = (problems: readonly Problem[]): HTMLElement =>
  el(
    'div',
    { class: 'problems', role: 'alert' },
    el('p', { class: 'lead' }, 'These settings have no answer.'),
    el(
      'ul',
      {},
      problems.map(({ code, what, fix, path = [] }) =>
        el(
          'li',
          {},
          el('strong', {}, path.join('.')),
          ` ${what} (${code})`,
          el('p', { class: 'quiet' }, `fix: ${fix}`),
        ),
      ),
    ),
  )
