import { InputError, problems, typed } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { expandScenarios, requireFound } from '../../load/files/scenario-files.ts'
import { scenarioNames, totalLimits } from '../../load/scenario/config.ts'
import { namedLimits } from '../../load/scenario/named-limits.ts'
import type { LoadedConfig } from '../../load/source/read-config.ts'
import { USAGE_FORMATS } from '../../load/usage/read-usage.ts'
import type { Result } from '../../model/result/result.ts'
import { checkUsage, keysToHold, type UsageLimits } from '../../usage/result/check-usage.ts'
import { priceSources, type SourceFlags, termsOf } from './usage.ts'

/** Flags of `check` that only `--usage` has. */
export interface CheckUsageFlags extends SourceFlags {
  readonly usage: readonly string[]
  readonly scenario?: string
  readonly set?: readonly string[]
  readonly baseline?: string
  readonly requireBaseline?: boolean
  readonly strict?: boolean
  readonly allowOutside?: boolean
}

/**
 * Holds real usage to the configuration's total, or to the limits of a scenario.
 *
 * @param given - scenario files, folders and globs
 * @throws {InputError} USAGE, NO_BUDGET; whatever reading and pricing usage throws
 */
export const checkSources = async (
  given: readonly string[],
  flags: CheckUsageFlags,
  { io, config }: { readonly io: Io; readonly config: LoadedConfig | null },
): Promise<Result> => {
  refuseOthers(given, flags)
  const held = await limitsOf(given, flags, { io, config })
  const terms = termsOf(flags, { by: keysToHold(held), top: null, models: [] }, io)
  const { run, read } = await priceSources(flags.usage, { flags, terms }, io)
  const { priced } = run.priced()
  return checkUsage(run.priced(), run.finish(read), { priced, held, options: terms, strict: flags.strict ?? false })
}

const refuseOthers = (
  given: readonly string[],
  { usage, baseline, requireBaseline, scenario, set, inputFormat }: CheckUsageFlags,
): void => {
  const refuse = (what: string, fix: string): never => {
    throw new InputError([problems.usage(what, fix)])
  }
  const file = usage.find(name => /\.ya?ml$/i.test(name))
  if (file !== undefined) {
    const others = usage.filter(name => name !== file).map(name => typed(name))
    const command = ['dsprice check', typed(file), '--usage', ...(others.length > 0 ? others : ['FILE'])].join(' ')
    refuse(
      `${JSON.stringify(file)} stands behind --usage, where all names are of records`,
      `put scenario files first: ${command} --scenario ${scenario === undefined ? 'NAME' : typed(scenario)}`,
    )
  }
  if (baseline !== undefined || requireBaseline) {
    refuse('usage has no baseline', 'leave --baseline and --require-baseline out')
  }
  if (inputFormat !== undefined && !USAGE_FORMATS.includes(inputFormat)) {
    refuse(`there is no input format "${inputFormat}"`, `write one of ${USAGE_FORMATS.join(', ')}`)
  }
  if (scenario === undefined && (given.length > 0 || set !== undefined)) {
    refuse(
      'usage is held to the total of dsprice.config.yaml',
      'name the scenario whose limits are meant: --scenario NAME',
    )
  }
}

const limitsOf = async (
  given: readonly string[],
  { scenario, set = [], allowOutside = false }: CheckUsageFlags,
  { io, config }: { readonly io: Io; readonly config: LoadedConfig | null },
): Promise<UsageLimits> => {
  if (scenario === undefined) {
    const total = totalLimits(config)
    return { scenario: null, limits: total ? [total] : [], turns: 1 }
  }
  const { paths } = requireFound(await expandScenarios(scenarioNames(given, config).names, io))
  const files = { ...io, allowOutside }
  return { scenario, ...(await namedLimits(scenario, paths, { config, files, set })) }
}
