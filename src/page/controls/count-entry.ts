import { el } from '../dom/element.ts'
import type { Entry, EntryOptions } from './entry.ts'

/** Steps of a slider, from a tenth of the file's value to ten times it. */
const STEPS = 200
const DECADES = 1

/** A count or an amount: a number to type, and a slider around the file's value whose steps are multiples. */
export const countEntry = ({ id, control, own, set }: EntryOptions): Entry => {
  const { field, label } = control
  if (field.kind !== 'count' && field.kind !== 'usd') throw new Error(`${control.key} is no number`)
  const [least, most] = field.kind === 'count' ? [field.min, field.max] : [0, 1e9]
  const middle = Math.max(Number(own), field.kind === 'usd' ? 0.01 : 1)
  const round = (value: number): number => (field.kind === 'usd' ? Math.round(value * 100) / 100 : roundCount(value))
  const number = el('input', {
    id,
    type: 'number',
    inputmode: 'decimal',
    min: least,
    max: most,
    step: 'any',
    onchange: () => set(number.value.trim()),
  })
  const slider = el('input', {
    type: 'range',
    min: 0,
    max: STEPS,
    'aria-label': `${label}, from a tenth to ten times`,
    oninput: () => {
      const factor = 10 ** ((Number(slider.value) / STEPS) * 2 * DECADES - DECADES)
      const value = Math.min(most, Math.max(least, round(middle * factor)))
      number.value = String(value)
      set(String(value))
    },
  })
  const unit = el('span', { class: 'unit' }, field.unit)
  const show = (text: string): void => {
    number.value = text
    const factor = Number(text) / middle
    const at = factor > 0 ? (Math.log10(factor) + DECADES) / (2 * DECADES) : 0
    slider.value = String(Math.round(Math.min(1, Math.max(0, at)) * STEPS))
    slider.setAttribute('aria-valuetext', `${text} ${field.unit}`)
  }
  return { elements: [number, unit, slider], show }
}

/** Two significant digits, whole. */
const roundCount = (value: number): number => {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1)
  return Math.round(value / size) * size
}
