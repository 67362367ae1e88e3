import { Command, Option } from 'commander'
import { diff, type Side } from '../cost/diff/diff.ts'
import type { HeadPlaced } from '../cost/diff/placed.ts'
import { findModel } from '../cost/rates/price-at.ts'
import { catalogueWarnings, isCatalogued, usedOf } from '../cost/result/notes/name-notes.ts'
import { servedModels } from '../cost/workload/serving.ts'
import { collectLater, InputError, type Problem, problems } from '../errors/index.ts'
import type { Io } from '../io.ts'
import { leftWarnings } from '../load/files/left-warnings.ts'
import { expandScenarios, requireFound } from '../load/files/scenario-files.ts'
import { namesOneFile, namesScenarios, placesIn } from '../load/files/scenario-paths.ts'
import { scenarioNames } from '../load/scenario/config.ts'
import {
  modelsOn,
  parseSide,
  type ReadOptions,
  type ReadSide,
  readRevision,
  readSide,
  resultSide,
  type ScenarioNames,
  type SideName,
} from '../load/scenario/sides.ts'
import { readConfig } from '../load/source/read-config.ts'
import { readResult } from '../load/source/read-document.ts'
import { parseOnce } from '../load/source/read-once.ts'
import { distinct } from '../model/distinct.ts'
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

const SIDE = 'a saved result, a scenario, a folder or glob of scenarios, git:REF, or . for the working tree'

/** `dsprice diff`: what changed in cost between two results, scenarios or commits, and why. */
export const diffCommand = (io: Io): Command => {
  const command = new Command('diff')
    .argument('<base>', SIDE)
    .argument('<head>', SIDE)
    .argument(
      '[scenario...]',
      'for git:REF and .: scenario files, folders and globs (default: those of the other side, else of dsprice.config.yaml)',
    )
    .addOption(
      new Option('--view <name>', 'the view to show; JSON and CSV have all').choices(ALL_VIEWS).default('cached'),
    )
  common.addConfigOption(command)
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common.addReportOptions(command, formatsOf('diff')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (baseName: string, headName: string, given: string[], options: DiffOptions) => {
    const at = common.checkAt(options.at)
    const [from, to] = [sideNamed(baseName, io), sideNamed(headName, io)]
    if (from.kind === 'file' && to.kind === 'file') refuseSettings(given, options)
    const files = { ...io, allowOutside: options.allowOutside ?? false }
    const names = namesFor([from, to], given, () => readConfig(options.config, files))
    const progress = showProgress(io, options)
    const reading: ReadOptions = { ...options, at, today: io.today(), parse: parseOnce(), progress: progress.tell }
    const { base, head } = await bothSides([from, to], names, { io, reading })
    refuseNothing(names, [base, head])
    const difference = diff(base, head, [...catalogued([base, head]), ...leftWarnings([...base.left, ...head.left])])
    progress.clear()
    const text = await renderDocument(difference, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(io, difference.warnings, options)
    await common.deliver(io, text, options.output)
  })
}

/** Where a side comes from, as it was written. */
type Named = (SideName | { readonly kind: 'paths'; readonly path: string }) & { readonly written: string }

/** @throws {InputError} USAGE for a word that is no file */
const sideNamed = (written: string, io: Io): Named => {
  const side = parseSide(written)
  if (side.kind === 'file' && namesScenarios(side.path, io)) return { kind: 'paths', path: side.path, written }
  // A word that is not a path was meant as a branch.
  if (side.kind === 'file' && !/[./\\]/.test(written) && written !== '-' && io.kind(written) === null) {
    const what = `there is no file ${JSON.stringify(written)} to compare`
    throw new InputError([problems.usage(what, `a branch, tag or commit is written git:${written}`)])
  }
  return { ...side, written }
}

/** The scenarios of a commit or the working tree: those named, else those of the other side, else the configuration's. */
const namesFor = (
  sides: readonly [Named, Named],
  given: readonly string[],
  config: () => ReturnType<typeof readConfig>,
): ScenarioNames => {
  const needed = sides.some(({ kind }) => kind === 'git' || kind === 'tree')
  const others = sides.flatMap(side => (side.kind === 'paths' ? [side.path] : []))
  if (!needed) {
    if (given.length > 0 && others.length > 0)
      throw new InputError([
        problems.usage('both sides name their own scenarios', `leave out ${given.join(', ')}, or write git:REF or .`),
      ])
    return { names: [], config: null }
  }
  return given.length === 0 && others.length > 0 ? { names: others, config: null } : scenarioNames(given, config())
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
  if (missing.length > 0) throw new InputError(missing.map(file => problems.noFile(file)))
  if (names.length > 0 && there.size === 0) throw new InputError([problems.noScenarios('on either side')])
}

/** A side, with the paths skipped when searching for its files. */
type ComparedSide = Side<HeadPlaced> & Pick<ReadSide, 'left'>

interface Reading {
  readonly io: Io
  readonly reading: ReadOptions
}

/** Reads both sides. @throws {InputError} the problems of all scenarios of both */
const bothSides = async (
  [from, to]: readonly [Named, Named],
  names: ScenarioNames,
  { io, reading }: Reading,
): Promise<{ readonly base: ComparedSide; readonly head: ComparedSide }> => {
  const faults: Problem[] = []
  // Paths within two folders are compared, but the paths of a folder are not those of a commit or a result.
  const within = from.kind === 'paths' && to.kind === 'paths'
  const read = (side: Named, more: Partial<ReadOptions> = {}) =>
    collectLater(faults, () => sideOf(side, names, { io, reading: { ...reading, ...more }, within }))
  const base = await read(from)
  const placeOf = within ? placesIn(to.path, io) : (file: string) => file
  const head = await read(to, base ? { alsoFor: modelsOn(base, placeOf) } : {})
  if (faults.length > 0 || !base || !head) throw new InputError(distinct(faults))
  return { base, head }
}

/** Reads a side. @throws {InputError} the problems of all its scenarios: without one the difference would be wrong */
const sideOf = async (
  side: Named,
  { names, config }: ScenarioNames,
  { io, reading, within }: Reading & { readonly within: boolean },
): Promise<ComparedSide> => {
  switch (side.kind) {
    case 'file':
      return { ...resultSide(side.written, readResult(side.path, io)), left: [] }
    case 'git':
      return whole(await readRevision(side.ref, { names, config }, { ...reading, io }))
    case 'paths': {
      const read = await readFiles(side.written, [side.path], { io, reading })
      const placeOf = placesIn(side.path, io)
      const placed = read.scenarios.map(one => ({ ...one, place: placeOf(one.scenario.file ?? '') }))
      return { ...read, isOneFile: namesOneFile(side.path, io), scenarios: within ? placed : read.scenarios }
    }
    case 'tree':
      return readFiles(side.written, names, { io, reading })
    default:
      return side satisfies never
  }
}

const readFiles = async (name: string, given: readonly string[], { io, reading }: Reading): Promise<ReadSide> => {
  const { paths, left } = requireFound(await expandScenarios(given, io))
  const read = whole(await readSide({ name, commit: null, files: io }, paths, reading))
  return { ...read, left: [...left, ...read.left] }
}

const whole = (side: ReadSide): ReadSide => {
  if (side.failed.length > 0) throw new InputError(side.failed.flatMap(({ problems: own }) => own))
  return side
}
