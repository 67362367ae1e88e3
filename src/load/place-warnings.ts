import { at, problems } from '../errors.ts'
import type { Warning } from '../model/result.ts'
import type { Draft } from './scenario.ts'

interface Warned {
  readonly warnings: readonly Warning[]
  readonly scenarios: readonly { readonly warnings: readonly Warning[] }[]
}

/** Gives the warnings of a document, which know their keys only, their lines in the scenarios' files. */
export const placeWarnings = <T extends Warned>(document: T, drafts: readonly Pick<Draft, 'file' | 'locate'>[]): T => {
  const placed = (warning: Warning): Warning => {
    const draft = drafts.find(({ file }) => file === warning.at)
    if (!draft || warning.path === undefined) return warning
    const { at: place } = draft.locate(at(warning.path.split('.'), problems.noBudget()))
    return { ...warning, at: place ?? warning.at }
  }
  return {
    ...document,
    warnings: document.warnings.map(placed),
    scenarios: document.scenarios.map(one => ({ ...one, warnings: one.warnings.map(placed) })),
  }
}
