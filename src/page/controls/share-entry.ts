import { el } from '../dom/element.ts'
import type { Entry, EntryOptions } from './entry.ts'

/** A share: per cent to type, and a slider. */
export const shareEntry = ({ id, control, set }: EntryOptions): Entry => {
  const write = (percent: string): void => set(shareOf(percent))
  const number = el('input', {
    id,
    type: 'number',
    inputmode: 'decimal',
    min: 0,
    max: 100,
    step: 'any',
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
    number.value = percentOf(text)
    slider.value = percentOf(text)
    slider.setAttribute('aria-valuetext', `${percentOf(text)} per cent`)
  }
  return { elements: [number, el('span', { class: 'unit' }, '%'), slider], show }
}

/** Moves the point of decimal digits, since a division would leave binary noise. @example shareOf('12.5') // 0.125 */
export const shareOf = (percent: string): string => {
  const [, whole = '', part = ''] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(percent) ?? []
  if (whole === '') return percent
  const digits = whole.padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${part}`.replace(/\.?0+$/, '') || '0'
}

/** The reverse. @example percentOf('0.125') // 12.5 */
export const percentOf = (share: string): string => {
  const [whole = '0', part = ''] = share.split('.')
  const digits = part.padEnd(2, '0')
  const percent = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const rest = digits.slice(2).replace(/0+$/, '')
  return rest === '' ? percent : `${percent}.${rest}`
}
