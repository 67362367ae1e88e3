import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { Command } from 'commander'
import { findModel } from '../cost/rates/price-at.ts'
import { estimate } from '../cost/result/estimate.ts'
import { faultsOf, InputError, problems } from '../errors/index.ts'
import type { Io } from '../io.ts'
import { missingModel } from '../load/book/book.ts'
import type { LoadedBook } from '../load/book/loaded-book.ts'
import { openBook } from '../load/book/open-book.ts'
import { leftWarnings } from '../load/files/left-warnings.ts'
import { pathFrom } from '../load/files/path-from.ts'
import { type FoundPrompts, findPrompts } from '../load/init/find-prompts.ts'
import { sampleGlob } from '../load/init/sample-glob.ts'
import { schemaPath } from '../load/init/schema-path.ts'
import { requireCounter } from '../load/scenario/counter.ts'
import { readDrafts } from '../load/scenario/drafts.ts'
import { type FirstScenario, firstScenario, firstScenarioReport, plain } from '../report/files/first-scenario.ts'
import { toJson } from '../report/formats/to-json.ts'
import type { Counter } from '../tokens/index.ts'
import * as common from './flags/options.ts'
import { typed } from './flags/typed.ts'

interface InitOptions extends Pick<common.CommonOptions, 'json' | 'output' | 'strict' | 'quiet'> {
  readonly model: string
}

const INIT_SCHEMA = 'dsprice/init/1'

/** `dsprice init`: finds prompt files and writes a scenario that runs. It never overwrites a file. */
export const initCommand = (io: Io): Command =>
  new Command('init')
    .argument('[folder]', 'where to look for prompts', '.')
    .option('--model <name>', 'the model to price', 'deepseek-v4-pro')
    .option('-o, --output <file>', 'the new scenario; - is stdout (default: scenario.yaml in the folder)')
    .option('--json', 'what was found and written, as JSON')
    .option('--strict', 'any warning is an error (exit 2)')
    .option('--quiet', 'no warnings on stderr')
    .action(async (folder: string, options: InitOptions) => {
      const { model, json = false } = options
      const output = options.output === '/dev/stdout' ? '-' : options.output
      if (json && output === '-') {
        throw new InputError([problems.usage('--json and -o - both write to stdout', 'write -o scenario.yaml')])
      }
      const file = output ?? join(folder, 'scenario.yaml')
      const priced = await openBook([], io, { names: [model] })
      const missing = missingModel(priced, model, io)
      if (missing) throw new InputError([missing])
      const counter = (): Promise<Counter> => counterOf(priced, model, io)
      const found = await findPrompts(folder, { files: io, counter })
      const about = { folder, file, model, book: priced.book.version }
      const text = firstScenario(await describe(about, found, io))
      await tryOut(file, text, io)
      common.heedWarnings(io, warningsOf(found), options)
      if (output === '-') {
        io.stdout.write(text)
        return
      }
      await create(file, text, io)
      const next = `dsprice estimate ${typed(pathFrom('.', file, io.cwd))}`
      const { leftOut, left: _, ...named } = found
      const { system, tools, samples, others } = named
      const left_out = leftOut.map(({ file, problem }) => ({ file, why: problem.what }))
      const data = { schema: INIT_SCHEMA, file, found: { system, tools, samples, others }, left_out, next }
      io.stdout.write(json ? toJson(data) : firstScenarioReport({ ...named, folder, file, next }))
    })

/** Loads the token counter of the model. @throws {InputError} NO_TOKENIZER */
const counterOf = async ({ book }: LoadedBook, model: string, io: Io): Promise<Counter> => {
  try {
    return await requireCounter(findModel(book, model)?.tokenizer ?? null, model, io)
  } catch (error) {
    const fix = 'choose a model whose tokens can be counted, such as --model deepseek-v4-pro'
    throw new InputError(faultsOf(error).map(problem => ({ ...problem, fix })))
  }
}

interface About extends Pick<FirstScenario, 'model' | 'book'> {
  readonly folder: string
  readonly file: string
}

/** Converts the files found to paths relative to the scenario's folder. */
const describe = async ({ folder, file, ...about }: About, found: FoundPrompts, io: Io): Promise<FirstScenario> => {
  const base = file === '-' ? '.' : dirname(file)
  const path = (name: string): string => pathFrom(base, name, io.cwd)
  const { system, tools, samples, others } = found
  const [sample, ...rest] = samples
  const files = rest.length > 0 ? await sampleGlob(samples, base, io) : null
  return {
    ...about,
    schema: schemaPath(base, io),
    next: `dsprice estimate ${typed(file === '-' ? 'scenario.yaml' : fromHere(file, io))}`,
    name: folderName(basename(resolve(io.cwd, folder))),
    system: system === null ? null : path(system),
    tools: tools === null ? null : path(tools),
    samples: sample === undefined ? null : files === null ? { file: path(sample) } : { files },
    others: [...others, ...(files === null ? rest : [])].map(path),
  }
}

/** A path relative to `cwd`; outside it, only the file's name, since full paths reveal details of the machine. */
const fromHere = (file: string, io: Io): string => {
  const path = pathFrom('.', file, io.cwd)
  return /^\.\.($|\/)/.test(path) || isAbsolute(path) ? basename(file) : path
}

/** A folder's name reduced to letters, digits and hyphens. @example folderName('Support Bot (v2)') // support-bot-v2 */
const folderName = (folder: string): string =>
  folder
    .normalize()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '') || 'my-workload'

/**
 * Prices the scenario before it is written, as the result of init must run.
 *
 * @throws {InputError} NO_PRICE_AT, NO_RATE and any other problem that prevents pricing the model
 */
const tryOut = async (file: string, text: string, io: Io): Promise<void> => {
  const read: Io['read'] = (path, limit) => (path === file ? new TextEncoder().encode(text) : io.read(path, limit))
  try {
    const { priced, drafts, count } = await readDrafts([file], { ...io, read }, {})
    estimate(await count(drafts), priced, io.today())
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

/** Creates the file. @throws {InputError} FILE_EXISTS, NOT_WRITABLE */
const create = async (file: string, text: string, io: Io): Promise<void> => {
  try {
    await io.create(file, text)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    if (code === null) throw error
    const other = typed(join(dirname(file), `${basename(file, extname(file))}-2.yaml`))
    throw new InputError([code === 'EEXIST' ? problems.fileExists(file, other) : problems.notWritable(file, code)])
  }
}
