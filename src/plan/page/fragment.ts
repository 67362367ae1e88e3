import type { Settings } from './page-data.ts'

/** What a link to the page holds: which scenario, at which part, with which settings. */
export interface Place {
  readonly index: number
  readonly settings: Settings
  readonly part: string | null
}

/** Keys of the fragment that are no keys of a scenario: these have no such name. */
const INDEX = '_scenario'
const PART = '_part'

/** @example placeIn('#request.output=700') */
export const placeIn = (fragment: string): Place => {
  const given = new URLSearchParams(fragment.replace(/^#/, ''))
  const index = Number(given.get(INDEX) ?? 1) - 1
  const settings = new Map([...given].filter(([key]) => key !== INDEX && key !== PART))
  return { index: Number.isInteger(index) && index >= 0 ? index : 0, settings, part: given.get(PART) }
}

export const fragmentOf = ({
  index,
  settings,
  part = null,
}: Omit<Place, 'part'> & Partial<Pick<Place, 'part'>>): string => {
  const told = new URLSearchParams(index === 0 ? [] : [[INDEX, String(index + 1)]])
  for (const [key, text] of settings) told.set(key, text)
  if (part !== null) told.set(PART, part)
  const text = told.toString()
  return text === '' ? '' : `#${text}`
}
