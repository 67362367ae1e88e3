import { Command, Option } from 'commander'
import { diff, type HeadPlaced, type Side } from '../cost/diff.ts'
import { findTwin } from '../cost/pair-scenarios.ts'
import { InputError, problems } from '../errors.ts'
import type { Io } from '../io.ts'
import { readConfig } from '../load/config.ts'
import { readResult } from '../load/read-document.ts'
import { parseOnce } from '../load/read-once.ts'
import { expandScenarios, requireFound } from '../load/scenario-files.ts'
import { parseSide, type ReadOptions, type ReadSide, readRevision, readSide, resultSide } from '../load/sides.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import { formatsOf, renderDocument } from '../report/index.ts'
import { scenarioNames } from './check.ts'
import * as common from './options.ts'
import { showProgress } from './progress.ts'

interface DiffOptions extends common.CommonOptions {
  readonly view: View
  readonly config?: string
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

const SIDE = 'a saved result, git:REF, or . for the working tree'

/** `dsprice diff`: what changed in cost between two results or revisions, and why. */
export const diffCommand = (io: Io): Command => {
  const command = new Command('diff')
    .argument('<base>', SIDE)
    .argument('<head>', SIDE)
    .argument(
      '[scenario...]',
      'of revisions: scenario files, folders and globs (default: those of dsprice.config.yaml)',
    )
    .addOption(
      new Option('--view <name>', 'the view that is shown; JSON and CSV have all').choices(VIEW_KEYS).default('cached'),
    )
  common.addConfigOption(command)
  common.addSetOption(common.addAtOption(common.addPricingOption(command)))
  common.addReportOptions(command, formatsOf('diff')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (baseName: string, headName: string, given: string[], options: DiffOptions) => {
    const at = common.checkAt(options.at)
    const [from, to] = [parseSide(baseName), parseSide(headName)]
    const needsNames = from.kind !== 'file' || to.kind !== 'file'
    if (!needsNames && given.length > 0) {
      throw new InputError([problems.usage('saved results have their own scenarios', 'leave the scenario files out')])
    }
    const config = needsNames ? readConfig(options.config, io) : null
    const names = needsNames ? scenarioNames(given, config) : []
    const progress = showProgress(io, options)
    const reading: ReadOptions = { ...options, at, today: io.today(), parse: parseOnce(), progress: progress.tell }
    const base = await sideOf(baseName, names, { io, reading })
    const head = await sideOf(headName, names, { io, reading: { ...reading, alsoFor: modelOn(base) } })
    const difference = diff(base, head)
    progress.clear()
    const text = await renderDocument(difference, common.formatOf(options), await common.renderOptions(io, options))
    await common.deliver(io, text, options.output)
  })
}

/** @throws {InputError} the faults of all its scenarios: with one left out a difference would be wrong */
const sideOf = async (
  written: string,
  names: readonly string[],
  { io, reading }: { readonly io: Io; readonly reading: ReadOptions },
): Promise<Side<HeadPlaced>> => {
  const side = parseSide(written)
  switch (side.kind) {
    case 'file':
      return resultSide(written, readResult(side.path, io))
    case 'git':
      return whole(await readRevision(side.ref, names, { ...reading, io }))
    case 'tree': {
      const paths = requireFound(await expandScenarios(names, io))
      return whole(await readSide({ name: written, commit: null, files: io }, paths, reading))
    }
    default:
      return side satisfies never
  }
}

const whole = (side: ReadSide): ReadSide => {
  if (side.failed.length > 0) throw new InputError(side.failed.flatMap(({ problems: own }) => own))
  return side
}

/** The model that a scenario had on the base, for its texts to be counted for it. */
const modelOn =
  (base: Side): NonNullable<ReadOptions['alsoFor']> =>
  ({ file, written: { name } }) => {
    const model = findTwin(base.scenarios, { name, file })?.scenario.model
    return model === undefined ? undefined : { model, book: base.priced.book }
  }
