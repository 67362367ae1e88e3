import { Command, Option } from 'commander'
import { diff, type HeadPlaced, type Side } from '../cost/diff/diff.ts'
import { findTwin } from '../cost/diff/pair-scenarios.ts'
import { findModel } from '../cost/rates/price-at.ts'
import { catalogueWarnings, isCatalogued, usedOf } from '../cost/result/notes/name-notes.ts'
import { servedModels } from '../cost/workload/serving.ts'
import { InputError, problems } from '../errors/index.ts'
import type { Io } from '../io.ts'
import { leftWarnings } from '../load/files/left-warnings.ts'
import { expandScenarios, requireFound } from '../load/files/scenario-files.ts'
import { scenarioNames } from '../load/scenario/config.ts'
import {
  parseSide,
  type ReadOptions,
  type ReadSide,
  readRevision,
  readSide,
  resultSide,
  type ScenarioNames,
} from '../load/scenario/sides.ts'
import { readConfig } from '../load/source/read-config.ts'
import { readResult } from '../load/source/read-document.ts'
import { parseOnce } from '../load/source/read-once.ts'
import type { Warning } from '../model/result/result.ts'
import { ALL_VIEWS, type CostView } from '../model/views.ts'
import { formatsOf, renderDocument } from '../report/index.ts'
import * as common from './flags/options.ts'
import { showProgress } from './flags/progress.ts'

interface DiffOptions extends common.CommonOptions {
  readonly view: CostView
  readonly config?: string
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

const SIDE = 'a saved result, git:REF, or . for the working tree'

/** `dsprice diff`: what changed in cost between two results or commits, and why. */
export const diffCommand = (io: Io): Command => {
  const command = new Command('diff')
    .argument('<base>', SIDE)
    .argument('<head>', SIDE)
    .argument(
      '[scenario...]',
      'for revisions: scenario files, folders and globs (default: those of dsprice.config.yaml)',
    )
    .addOption(
      new Option('--view <name>', 'the view to show; JSON and CSV have all').choices(ALL_VIEWS).default('cached'),
    )
  common.addConfigOption(command)
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common.addReportOptions(command, formatsOf('diff')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (baseName: string, headName: string, given: string[], options: DiffOptions) => {
    const at = common.checkAt(options.at)
    const [from, to] = [parseSide(baseName), parseSide(headName)]
    const needsNames = from.kind !== 'file' || to.kind !== 'file'
    if (!needsNames) refuseSettings(given, options)
    const files = { ...io, allowOutside: options.allowOutside ?? false }
    const config = needsNames ? readConfig(options.config, files) : null
    const names = needsNames ? scenarioNames(given, config) : { names: [], config: null }
    const progress = showProgress(io, options)
    const reading: ReadOptions = { ...options, at, today: io.today(), parse: parseOnce(), progress: progress.tell }
    const base = await sideOf(baseName, names, { io, reading })
    const head = await sideOf(headName, names, { io, reading: { ...reading, alsoFor: modelsOn(base) } })
    refuseNothing(names, [base, head])
    const difference = diff(base, head, [...catalogued([base, head]), ...leftWarnings([...base.left, ...head.left])])
    progress.clear()
    const text = await renderDocument(difference, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(io, difference.warnings, options)
    await common.deliver(io, text, options.output)
  })
}

/** Warns of models of the two sides that the catalogue priced. */
const catalogued = (sides: readonly Side[]): Warning[] => {
  const used = sides.flatMap(({ priced: { book, catalogue }, scenarios }) => {
    const names = scenarios.flatMap(({ scenario }) => servedModels(scenario))
    return (
      usedOf(
        catalogue,
        names.flatMap(name => {
          const model = findModel(book, name)
          return model?.prices.some(isCatalogued) ? model.id : []
        }),
      ) ?? []
    )
  })
  const [first] = used
  return catalogueWarnings(first ? { ...first, models: [...new Set(used.flatMap(({ models }) => models))] } : null)
}

/** Refuses flags that would reprice saved results, which are final. @throws {InputError} USAGE */
const refuseSettings = (given: readonly string[], { at, set, pricing, config }: DiffOptions): void => {
  const flags = Object.entries({ '--at': at, '--set': set, '--pricing': pricing, '--config': config })
  const asked = [...given, ...flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag]))]
  if (asked.length === 0) return
  throw new InputError([
    problems.usage('saved results have their own scenarios and prices', `leave out ${asked.join(', ')}`),
  ])
}

/** @throws {InputError} NO_FILE for a file that neither side has, NO_SCENARIOS if there are no scenarios */
const refuseNothing = ({ names, config }: ScenarioNames, sides: readonly Side[]): void => {
  const there = new Set(sides.flatMap(({ scenarios }) => scenarios.map(({ scenario }) => scenario.file)))
  const missing =
    config === null ? names.filter(name => /\.ya?ml$/.test(name) && !/[*?[{]/.test(name) && !there.has(name)) : []
  if (missing.length > 0) throw new InputError(missing.map(problems.noFile))
  if (names.length > 0 && there.size === 0) throw new InputError([problems.noScenarios('on either side')])
}

/** A side, with the paths skipped when searching for its files. */
type ComparedSide = Side<HeadPlaced> & Pick<ReadSide, 'left'>

/** Reads a side. @throws {InputError} the problems of all its scenarios: without one the difference would be wrong */
const sideOf = async (
  written: string,
  { names, config }: ScenarioNames,
  { io, reading }: { readonly io: Io; readonly reading: ReadOptions },
): Promise<ComparedSide> => {
  const side = parseSide(written)
  switch (side.kind) {
    case 'file':
      return { ...resultSide(written, readResult(side.path, io)), left: [] }
    case 'git':
      return whole(await readRevision(side.ref, { names, config }, { ...reading, io }))
    case 'tree': {
      const { paths, left } = requireFound(await expandScenarios(names, io))
      const read = whole(await readSide({ name: written, commit: null, files: io }, paths, reading))
      return { ...read, left: [...left, ...read.left] }
    }
    default:
      return side satisfies never
  }
}

const whole = (side: ReadSide): ReadSide => {
  if (side.failed.length > 0) throw new InputError(side.failed.flatMap(({ problems: own }) => own))
  return side
}

/** The models that served a scenario on the base, so that its texts can be counted for them too. */
const modelsOn =
  (base: Side): NonNullable<ReadOptions['alsoFor']> =>
  ({ file, written: { name } }) => {
    const twin = findTwin(base.scenarios, { name, file })
    return twin && { models: servedModels(twin.scenario), book: base.priced.book }
  }
