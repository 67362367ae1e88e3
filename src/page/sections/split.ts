import { legsBlocks } from '../../report/fleet/fleet-blocks.ts'
import { blockElements } from '../dom/blocks.ts'
import type { Section } from './section.ts'

/** The legs of a fleet, and its savings against one model alone. */
export const splitSection: Section = {
  id: 'split',
  title: 'Routing split and its savings',
  render: ({ first }) => (first.routing ? blockElements(legsBlocks(first)) : []),
}
