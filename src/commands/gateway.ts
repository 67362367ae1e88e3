import { Command, Option } from 'commander'
import { estimate } from '../cost/result/estimate.ts'
import { InputError, problems } from '../errors/index.ts'
import { toLitellm } from '../gateway/to-litellm.ts'
import type { Io } from '../io.ts'
import { readGatewayNames } from '../load/book/gateway-names.ts'
import { readDrafts } from '../load/scenario/drafts.ts'
import { placeAnswer } from '../load/scenario/place-answer.ts'
import { printable } from '../model/printable.ts'
import { provenance } from '../report/figures/provenance.ts'
import { toYaml } from '../report/files/litellm-yaml.ts'
import { toJson } from '../report/formats/to-json.ts'
import * as common from './flags/options.ts'

interface GatewayFlags {
  readonly format: 'yaml' | 'json'
  readonly json?: boolean
  readonly map?: string[]
  readonly pricing?: string[]
  readonly at?: string
  readonly set?: string[]
  readonly allowOutside?: boolean
  readonly output?: string
  readonly strict?: boolean
  readonly quiet?: boolean
}

/** `dsprice gateway`: exports the routing of a scenario as a configuration for LiteLLM's proxy. */
export const gatewayCommand = (io: Io): Command => {
  const command = new Command('gateway')
    .argument('<scenario>', 'scenario file with routing; - is stdin')
    .option(
      '--map <model=name>',
      'what LiteLLM calls a model: deepseek-v4=deepseek/deepseek-chat; repeatable',
      common.gather,
    )
  common.addOutsideOption(common.addSetOption(common.addAtOption(common.addPricingOption(command))))
  command
    .addOption(new Option('-f, --format <name>', 'file format').choices(['yaml', 'json']).default('yaml'))
    .option('--json', 'the same as --format json')
    .option('--strict', 'any warning is an error (exit 2)')
    .option('--quiet', 'no warnings on stderr')
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (path: string, options: GatewayFlags) => {
    const dated = common.datedBy(options.at)
    const names = namesOf(options.map)
    const { priced, drafts, left, count } = await readDrafts([path], io, options)
    const scenarios = await count(drafts)
    const gatewayNames = readGatewayNames(io)
    const { config, remarks, about, warnings } = placeAnswer(
      drafts,
      () => {
        const result = estimate(scenarios.map(dated), priced, io.today())
        const [scenario] = result.scenarios
        if (!scenario) throw new Error('one path is one scenario')
        const title = `${scenario.name}: LiteLLM proxy config.yaml by dsprice, prices of ${scenario.at}`
        const file = toLitellm(scenario, { book: priced.book, names, gatewayNames })
        return {
          ...file,
          about: [title, provenance(result.pricing)],
          warnings: [...result.warnings, ...file.warnings],
          scenarios: result.scenarios,
        }
      },
      left,
    )
    common.heedWarnings(io, warnings, options)
    const json = options.json || options.format === 'json'
    // JSON has no comments, so remarks go to stderr.
    if (json && !options.quiet) for (const remark of remarks) io.stderr.write(`note: ${printable(remark)}\n`)
    await common.deliver(io, json ? toJson(config) : toYaml(config, [...about, ...remarks]), options.output)
  })
}

/** Parses `--map`. @throws {InputError} USAGE for every mapping that is invalid or repeats a model */
const namesOf = (maps: readonly string[] = []): Record<string, string> => {
  const faults = maps.filter(given => !/^[^=]+=[a-z_]+\/\S+$/.test(given))
  if (faults.length > 0) {
    throw new InputError(
      faults.map(given =>
        problems.usage(
          `--map is not model=provider/name: "${given}"`,
          'write --map deepseek-v4=deepseek/deepseek-chat',
        ),
      ),
    )
  }
  const twice = maps.map(given => given.slice(0, given.indexOf('='))).find((name, i, all) => all.indexOf(name) < i)
  if (twice) throw new InputError([problems.usage(`--map names ${twice} twice`, 'keep one of the two')])
  return Object.fromEntries(
    maps.map(given => [given.slice(0, given.indexOf('=')), given.slice(given.indexOf('=') + 1)]),
  )
}
