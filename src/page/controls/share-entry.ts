import { percentOf, shareOf } from '../../plan/page/percent-text.ts'
import { el } from '../dom/element.ts'
import type { Entry, EntryOptions } from './entry.ts'

/** A share: per cent to type, and a slider. */
export const shareEntry = ({ id, control, set }: EntryOptions): Entry => {
  const unset = control.field.kind === 'share' ? control.field.unset : undefined
  const write = (percent: string): void => set(shareOf(percent))
  const number = el('input', {
    id,
    type: 'number',
    inputmode: 'decimal',
    min: 0,
    max: 100,
    step: 'any',
    placeholder: unset,
    onchange: () => write(number.value.trim()),
  })
  const slider = el('input', {
    type: 'range',
    min: 0,
    max: 100,
    'aria-label': `${control.label}, per cent`,
    oninput: () => write(slider.value),
  })
  const show = (text: string): void => {
    const percent = text === '' ? '' : percentOf(text)
    number.value = percent
    slider.value = percent || '0'
    slider.setAttribute('aria-valuetext', percent === '' ? (unset ?? 'not set') : `${percent} per cent`)
  }
  return { elements: [number, el('span', { class: 'unit' }, '%'), slider], show }
}
