import { el } from '../dom/element.ts'
import type { Entry, EntryOptions } from './entry.ts'
import { ladder, nearestIn } from './ladder.ts'

/** A count or an amount: a number to type, and a slider around the file's value. */
export const countEntry = ({ id, control, own, set }: EntryOptions): Entry => {
  const { field, label } = control
  if (field.kind !== 'count' && field.kind !== 'usd') throw new Error(`${control.key} is no number`)
  const [least, most] = field.kind === 'count' ? [field.min, field.max] : [0, 1e9]
  const { start = 0, unset } = field.kind === 'count' ? field : {}
  const values = ladder(Number(own) || start, { finest: field.kind === 'usd' ? 0.01 : 1, least, most })
  const number = el('input', {
    id,
    type: 'number',
    inputmode: 'decimal',
    min: least,
    max: most,
    step: 'any',
    placeholder: unset,
    onchange: () => set(number.value.trim()),
  })
  const slider = el('input', {
    type: 'range',
    min: 0,
    max: values.length - 1,
    'aria-label': `${label}, ${values[0]} to ${values.at(-1)}`,
    oninput: () => {
      const value = String(values[Number(slider.value)])
      number.value = value
      set(value)
    },
  })
  const unit = el('span', { class: 'unit' }, field.unit)
  const show = (text: string): void => {
    number.value = text
    slider.value = String(nearestIn(values, Number(text)))
    slider.setAttribute('aria-valuetext', text === '' ? (unset ?? 'not set') : `${text} ${field.unit}`)
  }
  return { elements: [number, unit, slider], show }
}
