import { Command, Option } from 'commander'
import { InputError, type Problem, problems } from '../errors/index.ts'
import type { Io } from '../io.ts'
import { countModels } from '../load/scenario/count-models.ts'
import { readDrafts } from '../load/scenario/drafts.ts'
import { placeAnswer } from '../load/scenario/place-answer.ts'
import type { BoardName } from '../model/book/market-schema.ts'
import { exact, ONE, sum } from '../model/number/money.ts'
import { parseShare } from '../model/units.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import type { Kept } from '../plan/cheapest-split.ts'
import { route } from '../plan/route.ts'
import { formatsOf, renderDocument } from '../report/index.ts'
import { modelNames, splitNames } from './flags/names.ts'
import * as common from './flags/options.ts'

interface RouteFlags extends common.CommonOptions {
  readonly view: View
  readonly score: BoardName
  readonly models?: string
  readonly quality?: string[]
  readonly minQuality?: string
  readonly keep?: string[]
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

/** `dsprice route`: the cost of the fleet, models by cost and quality, and the cheapest split. */
export const routeCommand = (io: Io): Command => {
  const command = new Command('route')
    .argument('<scenario>', 'scenario file; - is stdin')
    .addOption(new Option('--view <name>', 'the view that costs are taken from').choices(VIEW_KEYS).default('cached'))
    .option('--models <a,b,c>', 'models to choose from (default: every model in the book)')
    .addOption(common.scoreOption())
    .option('--quality <model=score>', 'a score, any one scale, higher is better; repeatable', common.gather)
    .option(
      '--min-quality <score>',
      "cheapest split with this mean quality (default: the fleet's own, where it is known)",
    )
    .option('--keep <a,b=share>', 'cheapest split that keeps this share on these models; repeatable', common.gather)
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common.addReportOptions(command, formatsOf('route'), { explain: true }).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (path: string, options: RouteFlags) => {
    const dated = common.datedBy(options.at)
    const terms = termsOf(options)
    const names = modelNames(options.models)
    const flagged = [...(names ?? []), ...Object.keys(terms.quality), ...terms.keep.flatMap(({ models }) => models)]
    const { priced, drafts, left, count } = await readDrafts([path], io, { ...options, names: flagged })
    const [draft] = drafts
    const [scenario] = await count(drafts)
    if (!draft || !scenario) throw new Error('one path is one scenario')
    const wanted = names ?? priced.book.models.map(({ id }) => id)
    const { scenarios, skipped } = await countModels(draft, wanted, { priced, files: io, lenient: !names })
    const { view, score } = options
    const settings = { ...terms, at: io.today(), view, score, lenient: !names, skipped }
    const result = placeAnswer(
      drafts,
      () => route(dated(scenario), scenarios.map(dated), { priced, options: settings }),
      left,
    )
    const text = await renderDocument(result, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(io, result.warnings, options)
    await common.deliver(io, text, options.output)
  })
}

const NUMBER = /^-?\d+(\.\d+)?$/

/** Parses the quality flags. @throws {InputError} USAGE for every invalid flag at once */
const termsOf = ({ quality = [], minQuality, keep = [] }: RouteFlags) => {
  const faults: Problem[] = []
  const scores = new Map<string, number>()
  for (const given of quality) {
    const [, model, score] = /^(.+)=([^=]*)$/.exec(given) ?? []
    if (model !== undefined && score !== undefined && NUMBER.test(score)) scores.set(model.trim(), Number(score))
    else faults.push(problems.usage(`--quality is no model=score: "${given}"`, 'write --quality deepseek-v4=1440'))
  }
  if (minQuality !== undefined && !NUMBER.test(minQuality)) {
    faults.push(problems.usage(`--min-quality is no number: "${minQuality}"`, 'write --min-quality 1400'))
  }
  const kept = keep.flatMap((given): Kept[] => {
    const [, models = '', share = ''] = /^(.+)=([^=]*)$/.exec(given) ?? []
    const names = splitNames(models)
    const parsed = parseShare(share)
    if (names.length > 0 && parsed !== undefined) return [{ models: names, share: exact(String(parsed)) }]
    faults.push(problems.usage(`--keep is no models=share: "${given}"`, 'write --keep claude-opus-4.7=5%'))
    return []
  })
  const names = kept.flatMap(({ models }) => models)
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))]
  if (twice.length > 0) faults.push(problems.keptTwice(twice))
  if (sum(kept.map(({ share }) => share)).gt(ONE)) {
    faults.push(problems.usage('--keep keeps more than 100% of the requests', 'lower the shares'))
  }
  if (faults.length > 0) throw new InputError(faults)
  return {
    quality: Object.fromEntries(scores),
    minQuality: minQuality === undefined ? null : exact(minQuality).toFixed(),
    keep: kept,
  }
}
