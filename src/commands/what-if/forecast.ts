import { Command } from 'commander'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { expandScenarios, requireFound } from '../../load/files/scenario-files.ts'
import { readDrafts } from '../../load/scenario/drafts.ts'
import { placeAnswer } from '../../load/scenario/place-answer.ts'
import { isMonth } from '../../model/scenario/growth.ts'
import { forecast } from '../../plan/forecast/forecast.ts'
import { formatsOf, renderDocument } from '../../report/index.ts'
import * as common from '../flags/options.ts'

interface ForecastFlags extends common.CommonOptions {
  readonly months: string
  readonly start?: string
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
}

const MOST_MONTHS = 120

/** `dsprice forecast`: month by month on the true calendar. */
export const forecastCommand = (io: Io): Command => {
  const command = new Command('forecast')
    .argument('<scenario...>', 'scenario files, folders and globs; - is stdin')
    .option('--months <n>', `how many calendar months, up to ${MOST_MONTHS}`, '12')
    .option('--start <month>', 'first month, such as 2027-01 (default: the month of --at)')
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  common
    .addReportOptions(command, formatsOf('forecast'), { explain: true })
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (paths: string[], options: ForecastFlags) => {
    const dated = common.datedBy(options.at)
    const terms = { at: io.today(), months: monthsIn(options.months), start: startOf(options.start) }
    const found = requireFound(await expandScenarios(paths, io))
    const { priced, drafts, left, count } = await readDrafts(found.paths, io, options)
    const scenarios = (await count(drafts)).map(dated)
    const result = placeAnswer(drafts, () => forecast(scenarios, priced, terms), [...found.left, ...left])
    const page = async () =>
      (await import('../../load/page/read-page.ts')).pageOf(drafts, scenarios, {
        priced,
        files: io,
        at: terms.at,
        part: 'forecast',
      })
    const rendering = await common.renderOptions(io, options, page)
    const text = await renderDocument(result, common.formatOf(options), rendering)
    common.heedWarnings(io, result.warnings, options)
    await common.deliver(io, text, options.output)
  })
}

/** @throws {InputError} USAGE */
const monthsIn = (given: string): number => {
  const months = /^\d{1,3}$/.test(given) ? Number(given) : 0
  if (months >= 1 && months <= MOST_MONTHS) return months
  throw new InputError([
    problems.usage(`--months must be a whole number from 1 to ${MOST_MONTHS}, got "${given}"`, 'write --months 12'),
  ])
}

/** @throws {InputError} USAGE */
const startOf = (given: string | undefined): string | undefined => {
  if (given === undefined || isMonth(given)) return given
  throw new InputError([problems.usage(`--start must be a month, got "${given}"`, 'write --start 2027-01')])
}
