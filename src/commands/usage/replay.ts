import { Command, Option } from 'commander'
import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { TRACE_FORMAT_NAMES } from '../../load/replay/formats.ts'
import { type ReplayFileTerms, replayFiles } from '../../load/replay/replay-files.ts'
import { formatsOf, renderDocument } from '../../report/index.ts'
import * as common from '../flags/options.ts'
import { readInWords, showProgress } from '../flags/progress.ts'
import { countIn, durationIn, policiesIn, refuseWithoutThroughput, shareIn, throughputIn } from './replay-flags.ts'

interface ReplayFlags extends common.CommonOptions {
  readonly model?: string
  readonly policy?: string[]
  readonly block?: string
  readonly ttl?: string
  readonly refresh: boolean
  readonly capacity?: string
  readonly delay?: string
  readonly partial?: boolean
  readonly ids?: 'prefix' | 'content'
  readonly warmup: string
  readonly window: string
  readonly throughput?: string
  readonly maxUtilisation?: string
  readonly spareNodes?: string
  readonly inputFormat?: string
  readonly pricing?: string[]
  readonly at?: string
}

/** `dsprice replay`: what a prompt cache would serve of real requests. */
export const replayCommand = (io: Io): Command => {
  const command = new Command('replay')
    .argument('<log...>', 'traces of requests: files, globs; - is stdin')
    .option('--model <name>', 'the model that serves every request (default: as the trace says)')
    .option(
      '--policy <list>',
      "rule (the model's own), infinite, ttl, lru, units, marks; a row each (default: rule,infinite)",
      common.gather,
    )
    .option('--block <tokens>', "tokens of a block (default: the format's, else the model's)")
    .option('--ttl <duration>', "lifetime of what is cached (default: the model's, else 5m)")
    .option('--no-refresh', 'under ttl a use does not begin the lifetime anew')
    .option('--capacity <blocks>', 'blocks that lru keeps, of all models and conversations together')
    .option('--delay <duration>', 'from a request until what it stores can be read (default: none)')
    .option('--partial', 'a last block that is not full counts too')
    .addOption(
      new Option('--ids <what>', 'what a block id names (default: as the format says)').choices(['prefix', 'content']),
    )
    .option('--warmup <share>', 'share of the requests, from the first on, that is replayed but not counted', '0')
    .option('--window <duration>', 'length of the windows of the load', '60s')
    .option(
      '--throughput <rates>',
      'for the fleet, of a node: ref=sglang-96xh100 (and prompt_tokens), or tokens a second: prefill=2K,decode=1K (and cached_prefill)',
    )
    .option('--max-utilisation <share>', 'of a node in the busiest window (default: 80%)')
    .option('--spare-nodes <count>', 'nodes of the fleet that stand ready to replace a failed one')
    .addOption(new Option('--input-format <name>', 'instead of the one detected').choices([...TRACE_FORMAT_NAMES]))
  common.addAtOption(common.addPricingOption(command))
  common.addReportOptions(command, formatsOf('replay')).option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  return command.action(async (names: string[], options: ReplayFlags) => {
    const { tell, clear } = showProgress(io, options, readInWords('request'))
    const document = await replayFiles(names, { ...termsOf(options, io), tell }, io).finally(clear)
    const text = await renderDocument(document, common.formatOf(options), await common.renderOptions(io, options))
    common.heedWarnings(io, document.warnings, options)
    await common.deliver(io, text, options.output)
  })
}

/** @throws {InputError} USAGE */
const termsOf = (options: ReplayFlags, io: Pick<Io, 'today'>): ReplayFileTerms => {
  const throughput = throughputIn(options.throughput)
  const maxUtilisation = shareIn('--max-utilisation', options.maxUtilisation ?? '80%', false)
  const spareNodes = countIn('--spare-nodes', options.spareNodes, { least: 0, such: 1 }) ?? 0
  if (throughput === null) {
    refuseWithoutThroughput({ '--max-utilisation': options.maxUtilisation, '--spare-nodes': options.spareNodes })
  }
  const rows = options.policy === undefined ? null : policiesIn(options.policy)
  const capacity = countIn('--capacity', options.capacity, { such: '100K' })
  if (rows?.includes('lru') && capacity === null) {
    throw new InputError([problems.usage('--policy lru needs its capacity in blocks', 'write --capacity 100K')])
  }
  if (capacity !== null && !rows?.includes('lru')) {
    throw new InputError([problems.usage('--capacity is that of --policy lru', 'write --policy lru, or leave it out')])
  }
  return {
    at: common.checkAt(options.at) ?? null,
    today: io.today(),
    pricing: options.pricing ?? [],
    model: options.model ?? null,
    rows,
    block: countIn('--block', options.block),
    lifetime: durationIn('--ttl', options.ttl),
    refresh: options.refresh,
    capacity: capacity ?? 0,
    delay: durationIn('--delay', options.delay) ?? 0,
    partial: options.partial ?? false,
    ids: options.ids ?? null,
    warmUp: shareIn('--warmup', options.warmup, true),
    window: durationIn('--window', options.window) ?? 60_000,
    fleet: throughput && { throughput, maxUtilisation, spareNodes },
    inputFormat: options.inputFormat,
  }
}
