import type { Control } from '../../plan/page/control.ts'

/** How one control is entered: its inputs, and how they follow a value that is set elsewhere. */
export interface Entry {
  readonly elements: readonly HTMLElement[]
  /** Shows a value, in the form that the control writes. */
  readonly show: (text: string) => void
}

export interface EntryOptions {
  /** Of the input that the label is for. */
  readonly id: string
  readonly control: Control
  /** The value of the scenario's file. */
  readonly own: string
  readonly set: (text: string) => void
}
