import type { Problem } from '../errors/index.ts'
import { plural } from '../model/plural.ts'
import { fragmentOf, placeIn } from '../plan/page/fragment.ts'
import type { PageData, PageScenario } from '../plan/page/page-data.ts'
import { el } from './dom/element.ts'

/** What stands around the figures: whose they are, which scenario is shown, and what is wrong with the settings. */

export const headingOf = ({ scenario: { name, description, model, routing } }: PageScenario): HTMLElement[] => [
  el('h1', {}, name),
  ...(description === undefined ? [] : [el('p', { class: 'about' }, description)]),
  el('p', { class: 'quiet' }, model ?? routing?.legs.map(leg => leg.model).join(', ') ?? ''),
]

/** A choice between the page's scenarios, where it has several. */
export const scenarioChoice = ({ scenarios }: PageData): HTMLElement | null => {
  if (scenarios.length < 2) return null
  const go = (): void => {
    location.hash = fragmentOf({ index: Number(choice.value), settings: new Map() }) || '#'
  }
  const choice = el(
    'select',
    { id: 'scenario', onchange: go },
    scenarios.map(({ scenario }, i) => el('option', { value: i }, scenario.name)),
  )
  choice.value = String(placeIn(location.hash).index)
  return el('p', { class: 'choice' }, el('label', { for: 'scenario' }, 'Scenario '), choice)
}

/** What a page of a saved result cannot do. */
export const savedNote = ({ saved }: PageData): HTMLElement | null =>
  saved
    ? el(
        'p',
        { class: 'note' },
        'Made of a saved result, which holds neither its files nor other prices: dsprice report with the scenario gives controls, forecast and price history.',
      )
    : null

/** Scenarios of the folder that are not on the page, each with why. */
export const apartNote = ({ apart = [] }: PageData): HTMLElement | null =>
  apart.length === 0
    ? null
    : el(
        'details',
        { class: 'note' },
        el('summary', {}, `${plural(apart.length, 'message')} about scenarios that are not on this page`),
        el('pre', { tabindex: 0 }, apart.join('\n')),
      )

/** Why the settings have no answer, in the words of the command line. */
export const problemsElement = (problems: readonly Problem[]): HTMLElement =>
  el(
    'div',
    { class: 'problems', role: 'alert' },
    el('p', { class: 'lead' }, 'These settings have no answer.'),
    el('ul', {}, problems.map(problemItem)),
  )

const problemItem = ({ code, what, fix, path = [] }: Problem): HTMLElement =>
  el('li', {}, el('strong', {}, path.join('.')), ` ${what} (${code})`, el('p', { class: 'quiet' }, `fix: ${fix}`))

export const footerElement = ({ tool_version }: PageData): HTMLElement =>
  el(
    'footer',
    {},
    `Made by dsprice ${tool_version}. Its engine works the figures out in this page; nothing is fetched or sent.`,
  )
