import { stringify } from 'yaml'
import { needsQuotes, yamlText } from '../../model/printable.ts'

/** Content of a first scenario; paths are relative to it, with slashes. */
export interface FirstScenario {
  /** Path of the JSON Schema. */
  readonly schema: string
  /** The command that prices it. */
  readonly next: string
  readonly name: string
  readonly model: string
  /** Version of the newest price book. */
  readonly book: string
  readonly system: string | null
  readonly tools: string | null
  readonly samples: { readonly file: string } | { readonly files: string } | null
  /** Files found that the scenario does not use. */
  readonly others: readonly string[]
}

/** Token counts used where no text was found. */
const GUESS = { shared: '2K', turn: 300, output: 400 }

const MOST_OTHERS = 8

/** A runnable scenario as YAML, each line with its meaning and unit. */
export const firstScenario = (about: FirstScenario): string =>
  [
    `# yaml-language-server: $schema=${about.schema}`,
    '# A first scenario by dsprice init: replace what is marked "guess". Price it with',
    `#   ${plain(about.next)}`,
    `name: ${scalar(about.name)} # what reports call this workload`,
    `model: ${scalar(about.model)} # id in the price book; dsprice prices list has them all`,
    `# pricing: "${about.book}" # the price book; default: the newest`,
    `# at: ${about.book} # prices in force on that day; default: today, UTC`,
    '',
    'traffic: # how many requests, and when',
    '  requests: 1000 # guess: conversations per period',
    '  per: day # run | hour | day | week | month',
    '  profile: office-hours # 09-19 local time; or flat (all day), or 24 hourly weights',
    '  timezone: UTC # whose local time, such as Europe/Berlin or Asia/Singapore',
    '  weekdays_only: true # no traffic at weekends; a day is then a working day',
    '',
    'request: # one conversation, call by call; lengths are tokens, or text to be counted',
    '  turns: 1 # calls in one conversation',
    '  turn_gap: 30s # time between the calls of one conversation',
    ...sharedLines(about),
    '  session: 0 # tokens the same in every call of one conversation, such as a document',
    ...turnLines(about),
    '  history: false # true: earlier messages and answers of the conversation are sent again',
    `  output: ${GUESS.output} # guess: tokens generated in each call, reasoning included`,
    '  reasoning: 0 # tokens of the output that are reasoning',
    '',
    'cache: prefix # worked out from the workload; or none, ideal, {hit_share: 85%}',
    ...otherLines(about.others),
    '',
  ].join('\n')

const sharedLines = ({ system, tools }: FirstScenario): string[] => {
  if (system === null && tools === null)
    return [`  shared: ${GUESS.shared} # guess: tokens of system prompt and tools, which a cache can keep`]
  return [
    '  shared: # the same at the start of every request: what a cache can keep',
    system === null
      ? `    - ${GUESS.shared} # guess: tokens of the system prompt`
      : `    - file: ${scalar(system)} # the system prompt, its tokens counted`,
    ...(tools === null ? [] : [`    - tools: ${scalar(tools)} # tool definitions, their tokens counted`]),
  ]
}

const turnLines = ({ samples }: FirstScenario): string[] => {
  if (samples === null) return [`  turn: ${GUESS.turn} # guess: tokens new in each call, such as the user's message`]
  return [
    '  turn: # what is new in each call',
    'files' in samples
      ? `    files: ${scalar(samples.files)} # each file is one sample, the mean of their tokens is used`
      : `    file: ${scalar(samples.file)} # one sample, its tokens counted`,
  ]
}

const otherLines = (others: readonly string[]): string[] => {
  if (others.length === 0) return []
  const more = others.length - MOST_OTHERS
  return [
    '',
    '# Also found but not used, since a request has one system prompt and one set of tools:',
    ...others.slice(0, MOST_OTHERS).map(file => `#   ${plain(file)}`),
    ...(more > 0 ? [`#   and ${more} more`] : []),
  ]
}

/** A text as it is or, if parts of it are invisible or could end the line, quoted. */
export const plain = (text: string): string => (needsQuotes(text) ? quoted(text) : text)

const quoted = (text: string): string => yamlText(JSON.stringify(text))

/** A text as a YAML scalar on one line. */
const scalar = (text: string): string =>
  needsQuotes(text) ? quoted(text) : stringify(text, { lineWidth: 0 }).trimEnd()

/** The report of `dsprice init`; paths are as the user would write them. */
export interface FirstScenarioReport {
  readonly folder: string
  readonly file: string
  readonly next: string
  readonly system: string | null
  readonly tools: string | null
  readonly samples: readonly string[]
  readonly others: readonly string[]
}

/** What was found, what was written, and the next command. Nothing is wrapped, so that paths can be copied. */
export const firstScenarioReport = ({ folder, file, next, ...found }: FirstScenarioReport): string => {
  const { system, tools, samples, others } = found
  const [sample] = samples
  const lines = [
    ...(system === null ? [] : [`  system prompt  ${plain(system)}`]),
    ...(tools === null ? [] : [`  tools          ${plain(tools)}`]),
    ...(sample === undefined ? [] : [`  messages       ${plain(sample)}${andMore(samples.length - 1)}`]),
    ...(others.length === 0 ? [] : [`  not used       ${plain(others[0] ?? '')}${andMore(others.length - 1)}`]),
  ]
  const head =
    system === null && tools === null && sample === undefined
      ? `No prompt files found in ${plain(folder)}: all lengths are guesses to replace.`
      : `Found in ${plain(folder)}:`
  return `${[head, ...lines, '', `Wrote ${plain(file)}. Next:`, `  ${plain(next)}`].join('\n')}\n`
}

const andMore = (count: number): string => (count === 0 ? '' : ` and ${count} more`)
