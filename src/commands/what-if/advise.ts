import { Command } from 'commander'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { adviseDraft } from '../../load/advise/advise-draft.ts'
import { readDrafts } from '../../load/scenario/drafts.ts'
import { readOnce } from '../../load/source/read-once.ts'
import type { BoardName } from '../../model/book/market-schema.ts'
import { formatsOf, renderDocument } from '../../report/index.ts'
import { modelNames } from '../flags/names.ts'
import * as common from '../flags/options.ts'
import { REQUIRE_TEXT, requirements } from '../flags/requirements.ts'

interface AdviseFlags extends common.CommonOptions {
  readonly plan?: boolean
  readonly models?: string
  readonly require?: string
  readonly minQuality?: string
  readonly score: BoardName
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

/** `dsprice advise`: what would lower a scenario's bill, largest saving first. */
export const adviseCommand = (io: Io): Command => {
  const command = new Command('advise')
    .argument('<scenario>', 'scenario file; - is stdin')
    .option('--plan', 'also apply the levers in order, each on top of those before')
    .option('--models <a,b,c>', 'other models to try (default: every model in the book; the next five are shown)')
    .option('--require <facts>', REQUIRE_TEXT)
    .option('--min-quality <score>', 'lowest score of another model, and lowest mean score of a split')
    .addOption(common.scoreOption())
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common.addReportOptions(command, formatsOf('advise')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (path: string, options: AdviseFlags) => {
    const dated = common.datedBy(options.at)
    const models = modelNames(options.models)
    const require = requirements(options.require)
    const minQuality = scoreOf(options.minQuality)
    const files = readOnce({ ...io, allowOutside: options.allowOutside ?? false })
    const { priced, drafts, count } = await readDrafts([path], files, { ...options, names: models ?? [] })
    const [draft] = drafts
    const [scenario] = (await count(drafts)).map(dated)
    if (!draft || !scenario) throw new Error('one path is one scenario')
    const { plan = false, score } = options
    const asked = { at: io.today(), plan, require, minQuality, score, models }
    const advice = await adviseDraft({ draft, scenario, priced, files }, asked, dated)
    const text = await renderDocument(advice, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(io, advice.warnings, options)
    await common.deliver(io, text, options.output)
  })
}

/** @throws {InputError} USAGE */
const scoreOf = (given: string | undefined): string | null => {
  if (given === undefined) return null
  if (/^-?\d+(\.\d+)?$/.test(given)) return given
  throw new InputError([problems.usage(`--min-quality is no number: "${given}"`, 'write --min-quality 1400')])
}
