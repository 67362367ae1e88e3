import type { Baseline } from '../../cost/budget/checked.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { readResult } from '../source/read-document.ts'
import { parseSide, type ReadOptions, type ReadSide, readRevision, resultSide, type ScenarioNames } from './sides.ts'

/**
 * Reads the baseline. A missing file means no baseline: neither zero cost nor an error. A missing commit is an error,
 * as otherwise a shallow clone would let every increase pass.
 */
export const readBaseline = async (
  written: string | undefined,
  names: ScenarioNames,
  { io, reading }: { readonly io: Io; readonly reading: ReadOptions },
): Promise<Baseline> => {
  const none = { kind: 'none', side: null, broken: new Map() } as const
  if (written === undefined) return { ...none, name: null, reason: 'none was named with --baseline' }
  const side = parseSide(written)
  switch (side.kind) {
    case 'tree':
      throw new InputError([problems.usage('the working tree is what is checked', 'write --baseline git:main')])
    case 'git': {
      const read = await readRevision(side.ref, names, { ...reading, io })
      return { kind: 'git', name: written, reason: null, side: read, broken: brokenOf(read) }
    }
    case 'file':
      try {
        const result = readResult(side.path, io)
        return { kind: 'file', name: written, reason: null, side: resultSide(written, result), broken: new Map() }
      } catch (error) {
        if (!(error instanceof InputError) || error.problems.some(({ code }) => code !== 'NO_FILE')) throw error
        // A word that is not a path was meant as a branch and must not count as a file that does not exist yet.
        if (!/[./\\]/.test(written)) {
          const what = `there is no file ${JSON.stringify(written)} to compare with`
          throw new InputError([problems.usage(what, `a branch, tag or commit is written git:${written}`)])
        }
        return { ...none, name: written, reason: `there is no file ${JSON.stringify(written)}` }
      }
    default:
      return side satisfies never
  }
}

const brokenOf = ({ failed }: ReadSide): Map<string, string> =>
  new Map(failed.map(({ item, problems: own }) => [item, own[0]?.what ?? 'it is broken']))
