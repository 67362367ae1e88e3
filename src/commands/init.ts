import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { findModel } from '../cost/rates/price-at.ts'
import { faultsOf, InputError, problems, typed } from '../errors/index.ts'
import type { Io } from '../io.ts'
import { missingModel } from '../load/book/book.ts'
import type { LoadedBook } from '../load/book/loaded-book.ts'
import { openBook } from '../load/book/open-book.ts'
import { leftWarnings } from '../load/files/left-warnings.ts'
import { pathFrom } from '../load/files/path-from.ts'
import { type FoundAgent, type FoundPrompts, findPrompts } from '../load/init/find-prompts.ts'
import { sampleGlob } from '../load/init/sample-glob.ts'
import { schemaPath } from '../load/init/schema-path.ts'
import { requireCounter } from '../load/scenario/counter.ts'
import { type FirstPrompts, type FirstScenario, firstScenario, plain } from '../report/files/first-scenario.ts'
import { type FirstScenarioReport, firstScenarioReport } from '../report/files/first-scenario-report.ts'
import { toJson } from '../report/formats/to-json.ts'
import { type Counter, tokenizerOf } from '../tokens/index.ts'
import { createFile, fromHere, tryOut } from './flags/new-scenario.ts'
import * as common from './flags/options.ts'

interface InitOptions extends Pick<common.CommonOptions, 'json' | 'output' | 'strict' | 'quiet'> {
  readonly model: string
  readonly agent?: string
}

const INIT_SCHEMA = 'dsprice/init/1'

/** `dsprice init`: finds the prompts of each agent and writes scenarios that run. It never overwrites a file. */
export const initCommand = (io: Io): Command =>
  new Command('init')
    .argument('[folder]', 'where to look for prompts', '.')
    .option('--model <name>', 'the model to price', 'deepseek-v4-pro')
    .option('--agent <name>', 'only this one of several agents')
    .option(
      '-o, --output <file>',
      'the new scenario; - is stdout (default: in the folder, scenario.yaml or one for each agent)',
    )
    .option('--json', 'what was found and written, as JSON')
    .option('--strict', 'any warning is an error (exit 2)')
    .option('--quiet', 'no warnings on stderr')
    .action(async (folder: string, options: InitOptions) => {
      const { model, json = false } = options
      const output = options.output === '/dev/stdout' ? '-' : options.output
      if (json && output === '-') {
        throw new InputError([problems.usage('--json and -o - both write to stdout', 'write -o scenario.yaml')])
      }
      const priced = await openBook([], io, { names: [model] })
      const missing = missingModel(priced, model, io)
      if (missing) throw new InputError([missing])
      const counter = (): Promise<Counter> => counterOf(priced, model, io)
      const found = await findPrompts(folder, { files: io, counter })
      const chosen = choose(found, options.agent, output)
      const firsts: First[] = []
      for (const agent of chosen) {
        const file =
          output ??
          join(folder, chosen.length === 1 && isAlone(found) ? 'scenario.yaml' : `scenario-${agent.name}.yaml`)
        const text = firstScenario(await describe({ file, model, book: priced.book.version }, agent, io))
        await tryFirst(file, text, io)
        firsts.push({ ...agent, file, text })
      }
      common.heedWarnings(io, warningsOf(found), options)
      if (output === '-') {
        io.stdout.write(firsts.map(({ text }) => text).join(''))
        return
      }
      await createAll(firsts, io)
      const report = reportOf(folder, firsts, { found, io })
      io.stdout.write(json ? toJson(jsonOf(report, found)) : firstScenarioReport(report))
    })

/** An agent with the scenario that is written for it. */
interface First extends FoundAgent {
  readonly file: string
  readonly text: string
}

const isAlone = ({ agents, kept }: FoundPrompts): boolean => agents.length + kept.length === 1

/** The agents to write scenarios for. @throws {InputError} USAGE for an unknown one, and for several in one file */
const choose = (
  { agents, kept }: FoundPrompts,
  name: string | undefined,
  output: string | undefined,
): readonly FoundAgent[] => {
  const all = [...agents, ...kept]
  const names = all.map(one => one.name)
  if (name !== undefined) {
    const chosen = all.filter(one => one.name === name)
    if (chosen.length > 0) return chosen
    throw new InputError([
      problems.usage(`no agent here is called ${JSON.stringify(name)}`, `write --agent ${names.join(', or ')}`),
    ])
  }
  if (output === undefined || agents.length === 1) return agents
  const what = `there are ${agents.length} agents here, and -o names one file: ${names.join(', ')}`
  throw new InputError([problems.usage(what, `choose one with --agent ${names[0]}, or leave out -o for a file each`)])
}

const reportOf = (
  folder: string,
  firsts: readonly First[],
  { found, io }: { readonly found: FoundPrompts; readonly io: Io },
): FirstScenarioReport => ({
  folder,
  written: firsts,
  next: `dsprice estimate ${firsts.map(({ file }) => typed(pathFrom('.', file, io.cwd))).join(' ')}`,
  beside: found.kept
    .filter(({ name }) => !firsts.some(one => one.name === name))
    .map(({ name }) => `dsprice init ${folder === '.' ? '' : `${typed(folder)} `}--agent ${name}`),
  more: found.more,
})

/** What `--json` prints: the first scenario as ever, and all of them. */
const jsonOf = ({ written, next }: FirstScenarioReport, { leftOut, kept, more }: FoundPrompts) => {
  const scenarios = written.map(one => ({ name: one.name, file: one.file, found: foundIn(one) }))
  return {
    schema: INIT_SCHEMA,
    file: scenarios[0]?.file ?? null,
    found: scenarios[0]?.found ?? null,
    scenarios,
    beside: kept.map(one => ({ name: one.name, found: foundIn(one) })),
    more,
    left_out: leftOut.map(({ file, problem }) => ({ file, why: problem.what })),
    next,
  }
}

const foundIn = ({
  system,
  tools,
  fewShot,
  samples,
  alike,
  turn,
  context,
  others,
}: FirstPrompts & Pick<FoundAgent, 'samples'>) => ({
  system: system?.file ?? null,
  tools: tools?.file ?? null,
  few_shot: fewShot?.file ?? null,
  samples,
  begin_alike: alike?.tokens ?? null,
  messages: turn?.file ?? null,
  documents: context?.file ?? null,
  others,
})

/** Loads the token counter of the model. @throws {InputError} as `requireCounter` */
const counterOf = (priced: LoadedBook, model: string, files: Io): Promise<Counter> => {
  const fix = 'choose a model whose tokens can be counted, such as --model deepseek-v4-pro'
  const refuse: typeof problems.noTokenizer = (...about) => ({ ...problems.noTokenizer(...about), fix })
  const found = findModel(priced.book, model)
  return requireCounter(found ? tokenizerOf(found) : null, model, { files, priced, refuse })
}

interface About extends Pick<FirstScenario, 'model' | 'book'> {
  readonly file: string
}

/** Converts the files found to paths relative to the scenario's folder. */
const describe = async ({ file, ...about }: About, found: FoundAgent, io: Io): Promise<FirstScenario> => {
  const base = file === '-' ? '.' : dirname(file)
  const path = (name: string): string => pathFrom(base, name, io.cwd)
  const from = <T extends { readonly file: string }>(one: T | null): T | null => one && { ...one, file: path(one.file) }
  const [sample, ...rest] = found.samples
  const files = rest.length > 0 ? await sampleGlob(found.samples, base, io) : null
  return {
    ...about,
    schema: schemaPath(base, io),
    next: `dsprice estimate ${typed(file === '-' ? 'scenario.yaml' : fromHere(file, io))}`,
    name: found.name,
    coding: found.coding,
    system: from(found.system),
    tools: from(found.tools),
    fewShot: from(found.fewShot),
    alike: found.alike,
    turn: from(found.turn),
    context: from(found.context),
    samples: sample === undefined ? null : files === null ? { file: path(sample) } : { files },
    others: [...found.others, ...(files === null ? rest : [])].map(path),
  }
}

/**
 * Prices the scenario before it is written, as the result of init must run.
 *
 * @throws {InputError} NO_PRICE_AT, NO_RATE and any other problem that prevents pricing the model
 */
const tryFirst = async (file: string, text: string, io: Io): Promise<void> => {
  try {
    await tryOut(file, text, { io })
  } catch (error) {
    throw new InputError(
      faultsOf(error).map(({ code, exit, what, fix }) => ({
        code,
        exit,
        what,
        fix: exit === 3 ? 'choose another with --model; dsprice prices list has them' : fix,
      })),
    )
  }
}

const warningsOf = ({ leftOut, left }: FoundPrompts) => [
  ...leftWarnings(left),
  ...leftOut.map(({ file, problem: { what, fix, at } }) => ({
    code: 'LEFT_OUT',
    what: `it is not in the scenario: ${what}`,
    fix,
    at: plain(at ?? file),
  })),
]

/** Creates the files; none if one of them is there. @throws {InputError} FILE_EXISTS, NOT_WRITABLE */
const createAll = async (firsts: readonly First[], io: Io): Promise<void> => {
  if (firsts.length > 1) {
    const there = firsts.filter(({ file }) => io.kind(file) !== null)
    const fix = `take it away, or write others with --agent ${firsts.find(one => !there.includes(one))?.name ?? 'NAME'}`
    if (there.length > 0) throw new InputError(there.map(({ file }) => ({ ...problems.fileExists(file, file), fix })))
  }
  for (const { file, text } of firsts) await createFile(file, text, { io })
}
