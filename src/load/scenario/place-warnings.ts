import { at, problems } from '../../errors/index.ts'
import type { Left } from '../../io.ts'
import type { Warning } from '../../model/result/result.ts'
import { leftWarnings } from '../files/left-warnings.ts'
import type { Draft } from './scenario.ts'

interface Warned {
  readonly warnings: readonly Warning[]
  readonly scenarios: readonly { readonly warnings: readonly Warning[] }[]
}

/**
 * Gives the warnings of a document, which know their keys only, their lines in the scenarios' files, and adds those of
 * the search for files.
 *
 * @param left - what a search for the scenarios did not go into
 */
export const placeWarnings = <T extends Warned>(
  document: T,
  drafts: readonly Pick<Draft, 'file' | 'locate' | 'left'>[],
  left: readonly Left[] = [],
): T => {
  const placed = locateWarnings(document, drafts)
  const searched = leftWarnings([...left, ...drafts.flatMap(draft => draft.left)])
  return { ...placed, warnings: [...searched, ...placed.warnings] }
}

/** Gives warnings their lines, and adds none. */
export const locateWarnings = <T extends Warned>(document: T, drafts: readonly Pick<Draft, 'file' | 'locate'>[]): T => {
  const byFile = new Map(drafts.toReversed().map(draft => [draft.file, draft]))
  const placed = (warning: Warning): Warning => {
    const draft = warning.at === null ? undefined : byFile.get(warning.at)
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
