import type { Priced } from '../../plan/page/priced.ts'

/** A part of the page. */
export interface Section {
  /** Stable, since links lead to it. */
  readonly id: string
  readonly title: string
  /** What it shows; nothing: the section has nothing to say of this scenario, and is left out. */
  readonly render: (priced: Priced) => readonly HTMLElement[]
}
