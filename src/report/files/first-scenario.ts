import { stringify } from 'yaml'
import { plural } from '../../model/plural.ts'
import { needsQuotes, yamlText } from '../../model/printable.ts'

/** What one agent's files give a first scenario; paths are relative to it, with slashes. */
export interface FirstPrompts {
  /** Whether these are instructions of a coding agent. */
  readonly coding: boolean
  /** `tokens`: of the part that is sent; `null`: the whole file is. */
  readonly system: {
    readonly file: string
    readonly tokens: number | null
    readonly part: 'placeholder' | null
  } | null
  /** `builtIn`: the provider's own tools in the file. */
  readonly tools: { readonly file: string; readonly builtIn: readonly string[] } | null
  readonly fewShot: {
    readonly file: string
    readonly count: number
    readonly tokens: number
    /** Whether the scenario can name the file. */
    readonly readable: boolean
  } | null
  /** Tokens that samples or conversations begin with alike, and the mean of the samples' rests. */
  readonly alike: { readonly tokens: number; readonly rest: number } | null
  readonly turn: {
    readonly file: string
    readonly kind: 'tests' | 'conversations'
    readonly count: number
    readonly tokens: number
    readonly turns: number
  } | null
  readonly context: { readonly file: string; readonly documents: number } | null
  /** Files found that the scenario does not use. */
  readonly others: readonly string[]
}

/** Content of a first scenario. */
export interface FirstScenario extends FirstPrompts {
  /** Path of the JSON Schema. */
  readonly schema: string
  /** The command that prices it. */
  readonly next: string
  readonly name: string
  readonly model: string
  /** Version of the newest price book. */
  readonly book: string
  readonly samples: { readonly file: string } | { readonly files: string } | null
}

/** Token counts used where no text was found: of one question, and of a step of a coding agent. */
const GUESS = { shared: '2K', turn: 300, output: 400, turns: 1, context: '2K' }
const CODING = { ...GUESS, turn: '1K', turns: 20 }

const MOST_OTHERS = 8

/** A runnable scenario as YAML, each line with its meaning and unit; what is guessed asks its question. */
export const firstScenario = (about: FirstScenario): string => {
  const guess = about.coding ? CODING : GUESS
  const turns = about.turn?.turns ?? guess.turns
  return [
    `# yaml-language-server: $schema=${about.schema}`,
    '# A first scenario by dsprice init. Each line marked "guess" asks a question: answer it there. Price it with',
    `#   ${plain(about.next)}`,
    `name: ${scalar(about.name)} # what reports call this workload`,
    `model: ${scalar(about.model)} # id in the price book; dsprice prices list has them all`,
    `# pricing: "${about.book}" # the price book; default: the newest`,
    `# at: ${about.book} # prices in force on that day; default: today, UTC`,
    '',
    'traffic: # how many requests, and when',
    '  requests: 1000 # guess: how many conversations begin in a period?',
    '  per: day # guess: which period is that? run | hour | day | week | month',
    '  profile: office-hours # guess: when? 09-19 local time; or flat (all day), or 24 hourly weights',
    '  timezone: UTC # guess: whose local time? such as Europe/Berlin or Asia/Singapore',
    '  weekdays_only: true # guess: is there none at weekends? a day is then a working day',
    '',
    'request: # one conversation, call by call; lengths are tokens, or text to be counted',
    `  turns: ${turns} # guess: how many calls are in one conversation?`,
    '  turn_gap: 30s # guess: how long is it from one call of a conversation to the next?',
    ...sharedLines(about),
    '  session: 0 # guess: what is the same in every call of one conversation, such as a document?',
    ...turnLines(about, guess.turn),
    ...contextLines(about),
    `  history: ${turns > 1} # guess: are earlier messages and answers of the conversation sent again?`,
    `  output: ${guess.output} # guess: how many tokens are generated in each call, reasoning included?`,
    '  reasoning: 0 # guess: how many of these are reasoning?',
    '',
    'cache: prefix # worked out from the workload; or none, ideal, {hit_share: 85%}',
    ...otherLines(about.others),
    '',
  ].join('\n')
}

const sharedLines = (about: FirstScenario): string[] => {
  const { system, tools, fewShot, alike } = about
  if (system === null && tools === null && fewShot === null && alike === null)
    return [`  shared: ${GUESS.shared} # guess: how many tokens are system prompt and tools, which a cache can keep?`]
  return [
    '  shared: # the same at the start of every request: what a cache can keep',
    // What all begin with alike is the system prompt, if there is no other.
    ...(system === null && alike !== null ? [] : [systemLine(system)]),
    ...(tools === null ? [] : [toolsLine(tools)]),
    ...(fewShot === null
      ? []
      : [
          `    - ${fewShot.readable ? `messages: ${scalar(fewShot.file)}` : fewShot.tokens} # guess: ${fewShot.readable ? '' : `${plain(fewShot.file)}, `}${plural(fewShot.count, 'message')}: are they sent with every request?`,
        ]),
    ...(alike === null ? [] : [alikeLine(alike.tokens, about)]),
  ]
}

const alikeLine = (tokens: number, { turn }: FirstScenario): string => {
  const which = turn === null ? 'the samples' : `the conversations in ${plain(turn.file)}`
  return `    - ${tokens} # guess: tokens that ${which} begin with alike: are they the same in every request, and in no line above?`
}

const systemLine = (system: FirstPrompts['system']): string => {
  if (system === null) return `    - ${GUESS.shared} # guess: how many tokens are the system prompt?`
  const { file, tokens, part } = system
  if (part === null) return `    - file: ${scalar(file)} # the system prompt, its tokens counted`
  return `    - ${tokens} # guess: tokens of ${plain(file)} up to its first placeholder: is only this the same in every request?`
}

const toolsLine = ({ file, builtIn }: NonNullable<FirstPrompts['tools']>): string => {
  const own = builtIn.length === 0 ? '' : `, without ${plain(builtIn.join(', '))}`
  return `    - tools: ${scalar(file)} # tool definitions, their tokens counted${own}`
}

const turnLines = ({ samples, turn, alike }: FirstScenario, guess: number | string): string[] => {
  if (turn !== null) {
    const of =
      turn.kind === 'tests'
        ? `the prompt's rest in ${plural(turn.count, 'test')}`
        : `the user messages of ${plural(turn.count, 'conversation')}`
    return [`  turn: ${turn.tokens} # guess: the mean of ${of} in ${plain(turn.file)}: is this what users send?`]
  }
  if (samples === null)
    return [`  turn: ${guess} # guess: how many tokens are new in each call, such as the user's message?`]
  if (alike !== null) {
    const which = plain('files' in samples ? samples.files : samples.file)
    return [`  turn: ${alike.rest} # guess: the mean of what is left of ${which}: is this what users send?`]
  }
  return [
    '  turn: # what is new in each call',
    'files' in samples
      ? `    files: ${scalar(samples.files)} # each file is one sample, the mean of their tokens is used`
      : `    file: ${scalar(samples.file)} # one sample, its tokens counted`,
  ]
}

const contextLines = ({ context }: FirstScenario): string[] => [
  context === null
    ? '  context: 0 # guess: how many tokens are looked up for each call and not kept, such as passages of documents?'
    : `  context: ${GUESS.context} # guess: how many tokens of ${plain(context.file)}/ (${plural(context.documents, 'document')}) are looked up for each call? 0: none`,
]

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
export const scalar = (text: string): string =>
  needsQuotes(text) ? quoted(text) : stringify(text, { lineWidth: 0 }).trimEnd()
