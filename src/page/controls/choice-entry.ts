import { el } from '../dom/element.ts'
import type { Entry, EntryOptions } from './entry.ts'

/** One of a few values. */
export const choiceEntry = ({ id, control, set }: EntryOptions): Entry => {
  if (control.field.kind !== 'choice') throw new Error(`${control.key} is no choice`)
  const choice = el(
    'select',
    { id, onchange: () => set(choice.value) },
    control.field.options.map(({ value, label }) => el('option', { value }, label)),
  )
  return {
    elements: [choice],
    show: text => {
      choice.value = text
    },
  }
}
