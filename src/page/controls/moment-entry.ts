import { el } from '../dom/element.ts'
import type { Entry, EntryOptions } from './entry.ts'

/** A date, and beside it an hour of UTC where everything is to be priced at one moment. */
export const momentEntry = ({ id, set }: EntryOptions): Entry => {
  const change = (): void => set(hour.value === '' ? date.value : `${date.value}T${hour.value}:00Z`)
  const date = el('input', { id, type: 'date', required: true, onchange: change })
  const hour = el(
    'select',
    { 'aria-label': 'Hour of the day, UTC', onchange: change },
    el('option', { value: '' }, 'over the whole week'),
    ...Array.from({ length: 24 }, (_, at) => {
      const text = String(at).padStart(2, '0')
      return el('option', { value: text }, `all at ${text}:00 UTC`)
    }),
  )
  const show = (text: string): void => {
    date.value = text.slice(0, 10)
    const [, clock = '', zone = ''] = /T(\d{2}):\d{2}(?::[\d.]+)?(Z|\+00:00)$/.exec(text) ?? []
    hour.value = zone === '' ? '' : clock
  }
  return { elements: [date, hour], show }
}
