import { percentOf, shareOf } from '../../plan/page/percent-text.ts'
import { el } from '../dom/element.ts'
import type { Entry, EntryOptions } from './entry.ts'

/** How the cache is counted: as expected, for how long a prefix lives, not at all, or with a stated hit share. */
export const cacheEntry = ({ id, control, set }: EntryOptions): Entry => {
  if (control.field.kind !== 'cache') throw new Error(`${control.key} is no cache`)
  const [, ...longer] = control.field.lifetimes
  const choice = el(
    'select',
    { id, onchange: () => set(choice.value === SHARE ? stated(slider.value) : choice.value) },
    option('prefix', 'expected from the workload'),
    ...longer.map(ttl => option(`{policy: prefix, ttl: ${ttl}}`, `expected, lifetime ${inHours(ttl)}`)),
    option('none', 'none'),
    option('ideal', 'every input token (a bound)'),
    option(SHARE, 'a share of the input'),
  )
  const slider = el('input', {
    type: 'range',
    min: 0,
    max: 100,
    'aria-label': 'Hit share, per cent',
    oninput: () => set(stated(slider.value)),
  })
  const shown = el('span', { class: 'unit' })
  const row = el('span', { class: 'share' }, slider, shown)
  const show = (text: string): void => {
    const share = /^\{hit_share: ([0-9.]+)\}$/.exec(text)?.[1]
    choice.value = share === undefined ? text : SHARE
    // A lifetime that no provider has by default stands in the file alone.
    if (choice.selectedIndex < 0) {
      choice.append(option(text, 'as in the file'))
      choice.value = text
    }
    row.hidden = share === undefined
    if (share === undefined) return
    slider.value = percentOf(share)
    shown.textContent = `${percentOf(share)} %`
    slider.setAttribute('aria-valuetext', `${percentOf(share)} per cent`)
  }
  return { elements: [choice, row], show }
}

const SHARE = 'share'

const stated = (percent: string): string => `{hit_share: ${shareOf(percent)}}`

const option = (value: string, text: string): HTMLOptionElement => el('option', { value }, text)

/** @example inHours('3600s') // 1 h */
const inHours = (ttl: string): string => {
  const seconds = Number(ttl.replace('s', ''))
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
