import { Command, Option } from 'commander'
import { InputError, problems } from '../errors/index.ts'
import type { Io } from '../io.ts'
import type { LoadedBook } from '../load/book/loaded-book.ts'
import { countModels } from '../load/scenario/count-models.ts'
import { readDrafts } from '../load/scenario/drafts.ts'
import { placeAnswer } from '../load/scenario/place-answer.ts'
import { type Draft, draftOf } from '../load/scenario/scenario.ts'
import { overlay, parseSource } from '../load/source/source.ts'
import type { BoardName } from '../model/book/market-schema.ts'
import { parseSize } from '../model/units.ts'
import { RANKINGS, type Ranking } from '../model/views.ts'
import { compare } from '../plan/compare.ts'
import { formatsOf, renderDocument } from '../report/index.ts'
import { factorFor } from '../tokens/index.ts'
import { modelNames } from './flags/names.ts'
import * as common from './flags/options.ts'
import { REQUIRE_TEXT, requirements } from './flags/requirements.ts'

interface CompareOptions extends common.CommonOptions {
  readonly models?: string
  readonly all?: boolean
  readonly catalogue?: boolean
  readonly view?: Ranking
  readonly top?: string
  readonly score: BoardName
  readonly require?: string
  readonly input?: string
  readonly cached?: string
  readonly written?: string
  readonly o?: string
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

const DEFAULT_INPUT = '750K'
const DEFAULT_OUTPUT = '250K'

/** `dsprice compare`: the same workload across models, cheapest first. */
export const compareCommand = (io: Io): Command => {
  return newCommand().action(async (path: string | undefined, options: CompareOptions) => {
    const dated = common.datedBy(options.at)
    const { output, tokensOut } = outputs(options)
    const top = topOf(options.top)
    const named = modelNames(options.models) ?? []
    const { priced, drafts, left } = await readDrafts(path === undefined ? [] : [path], io, {
      ...options,
      needsModel: false,
      names: options.catalogue ? null : named,
    })
    const draft = drafts[0] ?? tokensDraft(options, tokensOut)
    if (path !== undefined) refuseTokens(options, tokensOut)
    const names = comparedNames(options, named, () => everyModel(priced, options))
    const { scenarios, ...uncounted } = await countModels(draft, names, { priced, files: io, lenient: true })
    const terms = {
      at: io.today(),
      view: options.view ?? (path === undefined && !isCached(options) ? 'headline' : 'cached'),
      score: options.score,
      require: requirements(options.require),
      lenient: options.all ?? options.catalogue ?? false,
      unsaid: path === undefined && !isCached(options) && !(options.set ?? []).some(set => set.startsWith('cache')),
      aside: (['routing', 'self_host'] as const).filter(key => draft.written[key] !== undefined),
      factorFor,
      ...uncounted,
    }
    const comparison = placeAnswer([draft], () => compare(scenarios.map(dated), priced, terms), left)
    const { view: _, ...given } = options
    const settings = { ...given, ...(output === undefined ? {} : { output }) }
    const page = async () => {
      const { comparePage } = await import('../load/page/compare-page.ts')
      const others = comparison.scenarios.map(({ input }) => input)
      return comparePage(draft, others, { priced, files: io, at: terms.at, dated })
    }
    const rendering = { ...(await common.renderOptions(io, settings, page)), top }
    const text = await renderDocument(comparison, common.formatOf(options), rendering)
    common.heedWarnings(io, comparison.warnings, options)
    await common.deliver(io, text, output)
  })
}

const newCommand = (): Command => {
  const command = new Command('compare')
    .argument('[scenario]', 'scenario file; without one: a number of tokens, nothing cached')
    .option('--models <a,b,c>', 'models to compare')
    .option('--all', 'every model in the book')
    .option('--catalogue', `with --all or alone: ${common.CATALOGUE_TEXT}`)
    .addOption(
      new Option(
        '--view <name>',
        'the view that ranks (default: cached; headline for --input and --output alone); best: of each model its cheapest',
      ).choices(RANKINGS),
    )
    .option('--top <n>', 'models listed in the table, the rest is counted; 0 or all: every one (default: 15)')
    .addOption(common.scoreOption())
    .option('--require <facts>', REQUIRE_TEXT)
    .option('--input <tokens>', `without a scenario: tokens in (default: ${DEFAULT_INPUT})`)
    .option('--cached <tokens>', 'without a scenario: how many of these are read from the cache')
    .option('--written <tokens>', 'without a scenario: how many of these are written to it')
    .option(
      '--output <tokens|file>',
      `without a scenario: tokens out (default: ${DEFAULT_OUTPUT}); or, if it is not a number, the same as -o`,
    )
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common.addReportOptions(command, formatsOf('compare'), { explain: true }).option('-o <file>', common.OUTPUT_TEXT)
  return command
}

/** How many models the table lists. @throws {InputError} USAGE */
const topOf = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined
  if (given === 'all' || /^0+$/.test(given)) return Number.POSITIVE_INFINITY
  if (/^\d{1,9}$/.test(given)) return Number(given)
  throw new InputError([
    problems.usage(`--top must be a number of models, got "${given}"`, 'write --top 20, or --top all'),
  ])
}

const isCached = ({ cached, written }: CompareOptions): boolean => (cached ?? written) !== undefined

/** @throws {InputError} USAGE if tokens are given beside a scenario */
const refuseTokens = (options: CompareOptions, tokensOut: string | undefined): void => {
  if (!isCached(options) && (options.input ?? tokensOut) === undefined) return
  const fix = 'leave --input, --cached, --written and --output out, or use --set'
  throw new InputError([problems.usage('a scenario has its own tokens', fix)])
}

/** `--output` is a number of tokens if it reads as a number, otherwise a file as in other commands. */
const outputs = ({ output, o }: CompareOptions): { output: string | undefined; tokensOut: string | undefined } => {
  if (output === undefined || output === '-') return { output: o ?? output, tokensOut: undefined }
  if (parseSize(output) !== undefined) return { output: o, tokensOut: output }
  // A mistyped number must not become a file of that name.
  if (/^[-+\d]/.test(output) && !/\.[a-z]\w*$/i.test(output)) {
    throw new InputError([
      problems.usage(
        `--output is neither a number of tokens nor a file: "${output}"`,
        'write --output 250K, or -o for a file of that name',
      ),
    ])
  }
  return { output: o ?? output, tokensOut: undefined }
}

/** @throws {InputError} USAGE_OVER_PROMPT in the words of the flags; what is no size is told of when it is read */
const refuseParts = (input: string, parts: readonly (string | undefined)[]): void => {
  const sent = parseSize(input)
  const stated = parts.reduce((total, part = '0') => total + (parseSize(part) ?? 0), 0)
  if (sent !== undefined && stated > sent) throw new InputError([problems.partsOverInput(stated, sent)])
}

const tokensDraft = (
  { input = DEFAULT_INPUT, cached, written, set = [] }: CompareOptions,
  output = DEFAULT_OUTPUT,
): Draft => {
  if (set.length === 0) refuseParts(input, [cached, written])
  const usage = {
    ...(cached === undefined ? {} : { read: cached }),
    ...(written === undefined ? {} : { write: written }),
  }
  const of = [cached === undefined ? '' : `${cached} read`, written === undefined ? '' : `${written} written`]
  const parts = of.filter(Boolean).join(', ')
  const name = `${input} in${parts && ` (${parts})`}, ${output} out`
  const scenario = { name, totals: { input, output }, cache: parts ? usage : 'none' }
  return draftOf(overlay(parseSource('--input', JSON.stringify(scenario), 'always'), set))
}

/** Every model of our own book, and of the catalogue under it if asked for. */
const everyModel = ({ book, catalogue }: LoadedBook, options: CompareOptions): string[] => {
  const below = new Set(options.catalogue ? [] : catalogue?.models)
  return book.models.map(({ id }) => id).filter(id => !below.has(id))
}

const comparedNames = (options: CompareOptions, named: string[], every: () => string[]): string[] => {
  const whole = options.all ? '--all' : options.catalogue ? '--catalogue' : null
  if (whole && options.models !== undefined)
    throw new InputError([problems.usage(`--models and ${whole} cannot be used together`, 'keep one')])
  if (whole) return every()
  if (named.length > 0) return named
  throw new InputError([problems.usage('compare needs models', 'write --models deepseek-v4-pro,gpt-5.5 or --all')])
}
