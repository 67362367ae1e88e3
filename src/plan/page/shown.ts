import type { PricedBook } from '../../cost/result/estimate.ts'
import { resolveCluster } from '../../cost/result/resolve-cluster.ts'
import { at, InputError, problems } from '../../errors/index.ts'
import { exact, ONE, sum } from '../../model/number/money.ts'
import { percent } from '../../model/number/percent.ts'
import type { Length } from '../../model/scenario/counted.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { setIn, withoutReplaced } from '../../model/scenario/set-key.ts'
import type { Control } from './control.ts'
import type { PageData, PageScenario, Settings, Shown } from './page-data.ts'

/**
 * A scenario with its settings, ready to be priced: what `--set key=value` gives for each of them.
 *
 * @throws {InputError} BAD_VALUE at each key that has another text than it can; what the cluster's look-up throws
 */
export const applySettings = (
  page: PageScenario,
  settings: Settings,
  { controls, priced, clusters }: { controls: readonly Control[]; priced: PricedBook } & Pick<PageData, 'clusters'>,
): Scenario => {
  let shown: Shown = page
  const faults = []
  for (const { key, write } of controls) {
    const text = settings.get(key)
    if (text === undefined) continue
    const next = write(shown, text)
    if (next) shown = withoutDefault(next, key)
    else faults.push(at(key.split('.'), problems.badSet(`${key}=${text}`, 'is no value that this key can have')))
  }
  if (faults.length > 0) throw new InputError(faults)
  checkTogether(shown.scenario)
  // A saved result has its cluster looked up, and nothing to look it up in.
  if (!shown.self_host || !clusters) return shown.scenario
  const { self_host: _looked, ...scenario } = shown.scenario
  return { ...scenario, self_host: resolveCluster(shown.self_host, scenario, { book: priced.book, clusters }) }
}

/** A key that is set is no default. */
const withoutDefault = ({ scenario, ...rest }: Shown, key: string): Shown => ({
  ...rest,
  scenario: { ...scenario, defaults: scenario.defaults.filter(one => one !== key) },
})

/** @throws {InputError} for keys that do not go together */
const checkTogether = ({ request, routing }: Scenario): void => {
  const faults = []
  if (request && most(request.reasoning) > least(request.output)) {
    const fault = problems.reasoningOverOutput(most(request.reasoning), least(request.output))
    faults.push(at(['request', 'reasoning'], fault))
  }
  const total = sum((routing?.legs ?? []).map(({ share }) => exact(String(share))))
  if (routing && !total.eq(ONE)) {
    const by = total.minus(ONE)
    const off = problems.sharesOff(percent(total), percent(by.abs()), { over: by.isPositive(), to: null })
    faults.push(at(['routing', 'legs'], off))
  }
  if (faults.length > 0) throw new InputError(faults)
}

const most = (length: Length): number => (typeof length === 'number' ? length : length.max)
const least = (length: Length): number => (typeof length === 'number' ? length : length.min)

/** The contents of the scenario's file with its settings in their places, for a YAML writer. */
export const fileWith = ({ file }: Pick<PageScenario, 'file'>, settings: Settings, controls: readonly Control[]) => {
  const paths: string[][] = []
  let data = file
  for (const { key, toFile } of controls) {
    const text = settings.get(key)
    if (text === undefined) continue
    const path = key.split('.')
    paths.push(path)
    data = setIn(data, path, { value: toFile(text), copied: new WeakSet() })
  }
  return withoutReplaced(data, paths)
}
