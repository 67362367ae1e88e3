import { METERS } from '../../model/meters.ts'
import { counted } from '../../model/plural.ts'
import type { Leg } from '../../usage/workload/legs.ts'
import type { UsageScenario } from '../../usage/workload/usage-scenario.ts'
import { formatCount, formatQuantity, formatShare } from '../figures/format.ts'
import { plain, scalar } from './first-scenario.ts'

/** What stands around the scenario. */
export interface AboutFile {
  /** Path of the JSON Schema. */
  readonly schema: string
  /** The command that prices it. */
  readonly next: string
  readonly name: string
  /** Where the records come from. */
  readonly sources: readonly string[]
  /** Version of the price book; `null`: files of the call were laid over it. */
  readonly book: string | null
}

const MOST_SOURCES = 5

/** A scenario that reproduces usage, as YAML: each line says where its number comes from. */
export const usageScenarioYaml = (found: UsageScenario, about: AboutFile): string =>
  [
    `# yaml-language-server: $schema=${about.schema}`,
    `# Usage as a scenario, by dsprice usage --to-scenario, from ${sourcesOf(found, about)}.`,
    `# Price it with: ${plain(about.next)}`,
    '# What it assumes:',
    ...assumptionsOf(found).map(one => `#   - ${one}`),
    `name: ${scalar(about.name)}`,
    about.book === null
      ? '# pricing: priced with files of the call (--pricing), which are named again for dsprice estimate'
      : `pricing: "${about.book}" # the price book of the report`,
    `at: ${found.at} # ${found.traffic.lastDay === null ? 'the records tell no time' : 'the day of the last record (UTC)'}`,
    ...servedLines(found),
    '',
    ...trafficLines(found),
    '',
    ...workloadLines(found),
    '',
    ...cacheLines(found),
    ...(found.legs.isBatch
      ? ['', 'budget: { view: batch_cached } # all calls were batches: the row that reports are about']
      : []),
    '',
  ].join('\n')

const sourcesOf = ({ observed }: UsageScenario, { sources }: AboutFile): string => {
  const records = observed.mixes.reduce((sum, mix) => sum + mix.records, 0)
  const more = sources.length > MOST_SOURCES ? ` and ${sources.length - MOST_SOURCES} more` : ''
  return `${sources.slice(0, MOST_SOURCES).map(plain).join(', ')}${more}: ${counted(records, 'record')}`
}

const assumptionsOf = (found: UsageScenario): string[] => {
  const { legs, traffic, observed, at } = found
  const { untold } = observed
  const count = (records: number, what: string): string[] =>
    records === 0 ? [] : [`${counted(records, 'record')} ${what}`]
  return [
    legs.isCounted
      ? 'every call is the mean one, its tokens rounded to whole ones'
      : 'the source does not count its calls, so only the tokens of a period are known, without length tiers',
    `prices are those of ${at} for all of it`,
    ...(traffic.per === 'run' ? [] : timeAssumptions(found)),
    ...hourAssumptions(found),
    ...(legs.legs.length > 1
      ? ['a leg has one size for prompt, cache and output: the one at which it costs what its calls cost']
      : []),
    ...legs.leftOut.map(
      ({ name, records, why }) => `${counted(records, 'record')} of ${plain(name)} left out: ${plain(why)}`,
    ),
    ...count(untold.model, 'left out: no model is told'),
    ...count(untold.tokens, 'left out: money only'),
    ...count(untold.cache, 'without cache counters: nothing of these is taken as cached'),
    ...count(untold.time, 'without a time are spread like the others'),
  ]
}

const timeAssumptions = ({ traffic: { atWeekends, isWeekdaysOnly, days } }: UsageScenario): string[] => {
  const each = isWeekdaysOnly ? 'working day' : 'day'
  return [
    `the ${counted(days, each)} from the first record to the last are whole ones, and alike; no holidays`,
    ...(atWeekends === null || isWeekdaysOnly
      ? []
      : [`weekends are like other days, 28.6% of a week; in the records ${formatShare(atWeekends)}`]),
  ]
}

/** Where prices change by the hour: what is not known of the hours. */
const hourAssumptions = ({ isHourly, named, traffic: { per, profile, isWeekdaysOnly } }: UsageScenario): string[] => {
  if (!isHourly) return []
  if (profile === null) return ['hours are not known: calls are spread evenly over the day, though prices change by it']
  if (named === null) {
    const anyDay = per === 'run' && !isWeekdaysOnly
    return anyDay ? ['hours are those of a plain week of seven days, whichever days the run was on'] : []
  }
  const { window, share, reached } = named
  const [told, here] = [formatShare(share), formatShare(reached)]
  return [
    `the records name prices, not hours: ${told} of the tokens, weighed by price, are of ${plain(window)} hours`,
    ...(told === here ? [] : [`such a week has no more than ${here} of them there`]),
  ]
}

const servedLines = ({ legs: { legs, isCounted, isBatch } }: UsageScenario): string[] => {
  const [first] = legs
  if (legs.length === 1 && first) {
    return [
      `model: ${scalar(first.model)} # it served all of these records`,
      ...(first.service === null ? [] : [`service: ${scalar(first.service)}`]),
      ...(first.region === null ? [] : [`region: ${scalar(first.region)}`]),
    ]
  }
  const of = isCounted ? 'calls' : 'prompt tokens'
  return [
    `routing: # a leg for each model, service, region${isBatch ? '' : ', batches'} and length tier, by its share of the ${of}`,
    '  legs:',
    ...legs.flatMap(leg => legLines(leg, isBatch)),
  ]
}

const legLines = (leg: Leg, isBatch: boolean): string[] => {
  const { model, service, batch, region, share, size, sizedBy } = leg
  const keys = [
    `model: ${scalar(model)}`,
    ...(service === null ? [] : [`service: ${scalar(service)}`]),
    ...(region === null ? [] : [`region: ${scalar(region)}`]),
    `share: ${share}`,
    ...(size === '1' ? [] : [`tokens: ${size}`]),
  ]
  const why = sizedBy === 'cost' ? '' : '; sized by its prompts instead, as no size costs the same'
  const batched = batch && !isBatch ? 'in batches, whose discount its size stands for; ' : ''
  return [`    # ${batched}${meanOf(leg)}${why}`, `    - { ${keys.join(', ')} }`]
}

/** What the calls of a leg have on average. */
const meanOf = ({ mix }: Leg): string => {
  const { requests, uncounted, tokens, records } = mix
  const calls = uncounted > 0 || requests === 0 ? null : requests
  const mean = (sum: number): string => formatCount(Math.round(sum / (calls ?? 1)))
  const prompt = METERS.reduce((sum, { key }) => (key === 'output' ? sum : sum + tokens[key]), 0)
  const of = calls === null ? counted(records, 'record') : counted(calls, 'call')
  return `${of}${calls === null ? '' : ' of'} ${mean(prompt)} tokens in, ${mean(tokens.cache_read)} of them cached, ${mean(tokens.output)} out`
}

const trafficLines = (found: UsageScenario): string[] => {
  const { traffic, requests, turns, legs, timezone } = found
  const what = turns > 1 ? 'conversations' : 'calls'
  const each = traffic.isWeekdaysOnly ? 'working day' : 'day'
  const inDays = `${formatCount(Math.round(legs.calls / turns))} ${what} in ${counted(traffic.days, each)}`
  const from =
    traffic.aMonth !== null
      ? `${inDays}, as one run: a month of 730 hours has ${formatQuantity(traffic.aMonth)}${turns > 1 ? '' : ` calls`}, no whole number`
      : traffic.per === 'run'
        ? 'the records cover less than a day, so they are one run'
        : `${inDays}${traffic.per === 'month' ? ', in a month of 730 hours' : ''}`
  return [
    'traffic:',
    ...(requests === null ? [] : [`  requests: ${requests} # ${from}`]),
    `  per: ${traffic.per}${requests === null ? ` # ${traffic.per === 'run' ? from : `the records cover ${counted(traffic.days, each)}`}` : ''}`,
    ...(traffic.per === 'run' && traffic.profile === null ? [] : whenLines(found, timezone)),
  ]
}

const whenLines = ({ traffic: { profile, isWeekdaysOnly }, named }: UsageScenario, timezone: string): string[] => [
  profile === null
    ? '  profile: flat # not known: some records have no time, or cover more than an hour'
    : `  profile: [${profile.join(', ')}] # ${named === null ? 'calls by the hour' : `per cent by the hour, ${formatShare(named.reached)} in ${plain(named.window)} hours`}`,
  `  timezone: ${timezone} # of the hours and days above, as in --timezone`,
  ...(isWeekdaysOnly ? ['  weekdays_only: true # no record is of a Saturday or Sunday'] : []),
]

const workloadLines = (found: UsageScenario): string[] => {
  const { tokens, turns, legs, reasoning, observed } = found
  const prompt = promptOf(found)
  const [only] = legs.legs.length === 1 ? legs.legs : []
  const whose = only?.mix.served?.model.tokenizer
    ? [`  tokens_of: ${scalar(only.model)} # whose tokens these are, for other models`]
    : []
  if (!legs.isCounted) {
    return [
      'totals: # of one period, on average',
      `  input: ${prompt} # cached and written tokens included`,
      `  output: ${tokens.output} # reasoning included`,
      ...whose,
    ]
  }
  const { count, calls } = observed.conversations
  const { reasoning: untold } = observed.untold
  const records = observed.mixes.reduce((sum, mix) => sum + mix.records, 0)
  const told = untold === 0 ? '' : untold < records ? `; ${counted(untold, 'record')} without it` : ': not told'
  return [
    'request: # a mean call; which part of its prompt is the same in others, the records do not tell',
    ...(count === 0
      ? []
      : [
          `  turns: ${turns} # ${formatCount(calls)} calls in ${counted(count, 'conversation')}, rounded; their number is kept`,
        ]),
    `  turn: ${prompt} # tokens in: ${formatCount(tokens.input)} new, the rest read from the cache or written to it`,
    `  output: ${tokens.output} # reasoning included`,
    `  reasoning: ${reasoning} # of the output${told}`,
    ...whose,
  ]
}

const promptOf = ({ tokens }: UsageScenario): number =>
  METERS.reduce((sum, { key }) => (key === 'output' ? sum : sum + tokens[key]), 0)

const cacheLines = ({ tokens, legs }: UsageScenario): string[] => [
  `cache: # as it was, of ${legs.isCounted ? 'a mean call' : 'one period'}; write prefix to work it out from the prompt's parts instead`,
  `  read: ${tokens.cache_read}`,
  ...(tokens.cache_write === 0 ? [] : [`  write: ${tokens.cache_write}`]),
  ...(tokens.cache_write_1h === 0 ? [] : [`  write_1h: ${tokens.cache_write_1h}`]),
]
