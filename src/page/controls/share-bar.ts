import { stringify } from 'yaml'
import { controlsOf } from '../../plan/page/controls.ts'
import type { Place } from '../../plan/page/fragment.ts'
import type { PageData } from '../../plan/page/page-data.ts'
import { fileWith } from '../../plan/page/shown.ts'
import { el } from '../dom/element.ts'

/** Buttons that hand on what the page shows: as a link, as a scenario file, as flags; and one that goes back. */
export const shareBar = ({
  data,
  place,
  reset,
}: {
  readonly data: PageData
  readonly place: () => Omit<Place, 'part'>
  readonly reset: () => void
}): HTMLElement => {
  const said = el('p', { class: 'quiet', role: 'status' })
  const shown = el('textarea', { readonly: true, rows: 12, 'aria-label': 'The scenario as YAML', hidden: true })
  const copy = (text: string, what: string) => async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      said.textContent = `${what} copied.`
    } catch {
      // A page from a file may not write to the clipboard: the text is shown, selected.
      shown.hidden = false
      shown.value = text
      shown.select()
      said.textContent = `${what}: copy it from the field.`
    }
  }
  return el(
    'div',
    { class: 'bar' },
    el('button', { type: 'button', id: 'copy-link', onclick: () => void copy(location.href, 'Link')() }, 'Copy link'),
    el(
      'button',
      { type: 'button', id: 'copy-yaml', onclick: () => void copy(yamlOf(data, place()), 'Scenario')() },
      'Copy as YAML',
    ),
    el('button', { type: 'button', id: 'reset', onclick: reset }, "Reset to the file's"),
    said,
    shown,
  )
}

/** The scenario that the page shows, as a file. */
export const yamlOf = (data: PageData, { index, settings }: Omit<Place, 'part'>): string => {
  const page = data.scenarios[index]
  return page ? stringify(fileWith(page, settings, controlsOf(page, data)), { lineWidth: 0 }) : ''
}
