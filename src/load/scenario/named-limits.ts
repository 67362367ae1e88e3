import type { Held } from '../../cost/budget/hold-budget.ts'
import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { nearest } from '../../model/nearest.ts'
import type { LoadedConfig } from '../source/read-config.ts'
import { readSettings } from '../source/read-config.ts'
import { readOnce } from '../source/read-once.ts'
import { budgetOf } from './config.ts'
import { settleAll } from './drafts.ts'
import { readScenario } from './scenario.ts'

/** The limits of a scenario, and the calls of one of its requests. */
export interface NamedLimits {
  readonly limits: readonly Held[]
  readonly turns: number
}

/**
 * The limits of the scenario with a name, as `check` holds them.
 *
 * @param paths - the scenario files among which it is looked for
 * @param set - overrides, as `key.path=value`
 * @throws {InputError} NO_SCENARIOS; the faults of limits that do not apply to it
 */
export const namedLimits = async (
  name: string,
  paths: readonly string[],
  {
    config,
    files,
    set,
  }: { readonly config: LoadedConfig | null; readonly files: Files; readonly set: readonly string[] },
): Promise<NamedLimits> => {
  const under = readSettings(files, { config: config?.file })
  const once = readOnce(files)
  const read = await settleAll(paths, path => readScenario(path, { files: once, set, under, needsModel: false }))
  const draft = read.done.find(({ written }) => written.name === name)
  if (!draft) {
    // The scenario may be one that cannot be read.
    const own = read.failed.flatMap(one => one.problems)
    const names = read.done.map(({ written }) => written.name)
    throw new InputError(own.length > 0 ? own : [problems.noScenarioCalled(name, nearest(name, names)[0])])
  }
  const { held, faults } = budgetOf(draft, config)
  if (faults.length > 0) throw new InputError(faults)
  return { limits: held, turns: draft.written.request?.turns ?? 1 }
}
