import { type Marked, type Text, textParts } from '../../report/blocks/block.ts'
import { type Child, el } from './element.ts'

const TAGS = {
  strong: 'strong',
  name: 'strong',
  quote: 'span',
  dim: 'span',
  good: 'span',
  warn: 'strong',
  bad: 'strong',
} as const

/** The parts of a text, each in an element that says what it is. */
export const textNodes = (text: Text): Child[] =>
  textParts(text).map(part => (typeof part === 'string' ? part : markedElement(part)))

const markedElement = ({ as, text }: Marked): HTMLElement => el(TAGS[as], { class: as }, text)
