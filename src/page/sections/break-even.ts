import { clusterBlocks } from '../../report/fleet/fleet-blocks.ts'
import { blockElements } from '../dom/blocks.ts'
import type { Section } from './section.ts'

/** Self-hosting against the API. */
export const breakEvenSection: Section = {
  id: 'break-even',
  title: 'Your own cluster',
  render: ({ first }) => blockElements(clusterBlocks(first)),
}
