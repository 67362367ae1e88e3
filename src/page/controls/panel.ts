import { type Control, GROUPS } from '../../plan/page/control.ts'
import type { PageScenario, Settings } from '../../plan/page/page-data.ts'
import { sharesWith } from '../../plan/page/split-controls.ts'
import { el } from '../dom/element.ts'
import { cacheEntry } from './cache-entry.ts'
import { choiceEntry } from './choice-entry.ts'
import { countEntry } from './count-entry.ts'
import type { Entry, EntryOptions } from './entry.ts'
import { momentEntry } from './moment-entry.ts'
import { shareEntry } from './share-entry.ts'

const ENTRIES = {
  count: countEntry,
  usd: countEntry,
  share: shareEntry,
  cache: cacheEntry,
  moment: momentEntry,
  choice: choiceEntry,
} as const satisfies Record<Control['field']['kind'], (options: EntryOptions) => Entry>

export interface Panel {
  readonly element: HTMLElement
  /** Shows settings, and which of them differ from the file. */
  readonly show: (settings: Settings) => void
}

/** The controls of a scenario, by group. */
export const controlsPanel = (
  page: PageScenario,
  controls: readonly Control[],
  { settings, change }: { readonly settings: () => Settings; readonly change: (settings: Settings) => void },
): Panel => {
  const rows = controls.map(control => controlRow(page, control, text => change(changed(control, text))))

  /** The settings with one more; the shares of a split are set together, and what the file has is no setting. */
  const changed = (control: Control, text: string): Settings => {
    const next = new Map(settings())
    const split = controls.filter(({ group }) => group === 'Split')
    const index = split.indexOf(control)
    if (index < 0) return withSetting(next, control, { text, page })
    const shares = split.map(one => Number(next.get(one.key) ?? one.read(page)))
    for (const [key, share] of sharesWith(shares, index, Number(text))) next.set(key, share)
    return split.every(one => Number(next.get(one.key)) === Number(one.read(page))) ? without(next, split) : next
  }

  const groups = GROUPS.map(group => ({ group, own: rows.filter(({ control }) => control.group === group) }))
  return {
    element: el(
      'div',
      { class: 'controls' },
      groups
        .filter(({ own }) => own.length > 0)
        .map(({ group, own }) =>
          el(
            'fieldset',
            {},
            el('legend', {}, group),
            own.map(({ element }) => element),
          ),
        ),
    ),
    show: now => {
      for (const { control, show } of rows) show(now.get(control.key) ?? null)
    },
  }
}

const withSetting = (
  settings: Map<string, string>,
  { key, read }: Control,
  { text, page }: { readonly text: string; readonly page: PageScenario },
): Settings => {
  if (text === read(page)) settings.delete(key)
  else settings.set(key, text)
  return settings
}

const without = (settings: Map<string, string>, controls: readonly Control[]): Settings => {
  for (const { key } of controls) settings.delete(key)
  return settings
}

interface Row {
  readonly control: Control
  readonly element: HTMLElement
  /** @param text - the setting; `null`: the file's value holds */
  readonly show: (text: string | null) => void
}

const controlRow = (page: PageScenario, control: Control, set: (text: string) => void): Row => {
  const id = `control-${control.key.replaceAll('.', '-')}`
  const own = control.read(page)
  const { elements, show } = ENTRIES[control.field.kind]({ id, control, own, set })
  const back = el('button', { type: 'button', class: 'back', onclick: () => set(own) }, 'reset')
  back.setAttribute('aria-label', `Reset ${control.label}`)
  const element = el(
    'div',
    { class: 'control', 'data-key': control.key },
    el('div', { class: 'label' }, el('label', { for: id }, control.label), back),
    el('div', { class: 'entry' }, ...elements),
  )
  return {
    control,
    element,
    show: text => {
      show(text ?? own)
      element.classList.toggle('set', text !== null)
      back.hidden = text === null
    },
  }
}
