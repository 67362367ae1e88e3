import { distinct } from '../../model/distinct.ts'
import type { Control } from '../../plan/page/control.ts'
import { controlsOf } from '../../plan/page/controls.ts'
import type { Place } from '../../plan/page/fragment.ts'
import type { PageData, Settings } from '../../plan/page/page-data.ts'
import { el } from '../dom/element.ts'
import { controlsPanel } from './panel.ts'
import { shareBar } from './share-bar.ts'

/** Below this many CSS pixels the controls stand above the sections, closed. */
const WIDE = 1000

export interface WhatIf {
  readonly elements: readonly HTMLElement[]
  readonly show: (settings: Settings) => void
}

/** The controls of the scenario at a place, and what to do with the settings. */
export const whatIf = (
  data: PageData,
  place: () => Omit<Place, 'part'>,
  change: (settings: Settings) => void,
): WhatIf => {
  const own = data.scenarios[place().index]
  if (!own) return { elements: [], show: () => {} }
  const controls = controlsOf(own, data)
  const panel = controlsPanel(own, controls, { settings: () => place().settings, change })
  const bar = shareBar({ data, place, reset: () => change(new Map()) })
  return {
    elements: [
      el(
        'details',
        { open: innerWidth >= WIDE },
        el('summary', {}, 'What if …', el('span', { class: 'hint' }, hintOf(controls))),
        panel.element,
        bar,
      ),
    ],
    show: panel.show,
  }
}

/** What is behind the closed panel. @example Change traffic, request, prices: every figure follows. */
const hintOf = (controls: readonly Control[]): string => {
  const groups = distinct(controls.map(({ group }) => group.toLowerCase()))
  return `Change ${groups.join(', ')}: every figure follows.`
}
