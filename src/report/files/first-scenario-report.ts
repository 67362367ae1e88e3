import { agree, plural } from '../../model/plural.ts'
import { formatCount } from '../figures/format.ts'
import { type FirstPrompts, plain } from './first-scenario.ts'

/** One scenario that `dsprice init` wrote; paths are as the user would write them. */
export interface WrittenFirst extends FirstPrompts {
  readonly name: string
  /** The scenario. */
  readonly file: string
  readonly samples: readonly string[]
}

/** The report of `dsprice init`. */
export interface FirstScenarioReport {
  readonly folder: string
  readonly written: readonly WrittenFirst[]
  readonly next: string
  /** Commands that write a scenario for what was found beside, and how many agents were not looked at. */
  readonly beside: readonly string[]
  readonly more: number
}

/** What was found, what was written, and the next command. Nothing is wrapped, so that paths can be copied. */
export const firstScenarioReport = ({ folder, written, next, beside, more }: FirstScenarioReport): string => {
  const [first, ...rest] = written
  const lines = rest.length === 0 && first ? single(folder, first) : several(folder, written)
  const left =
    more === 0 ? [] : [`${plural(more, 'more agent')} beyond these: run init in ${agree(more, 'its', 'their')} folder.`]
  return `${[...lines, ...left, 'Next, answer the lines marked "guess", and type', `  ${plain(next)}`, ...besideLines(beside)].join('\n')}\n`
}

const single = (folder: string, one: WrittenFirst): string[] => {
  const found = linesOf(one)
  const head =
    found.length === 0
      ? `No prompt files found in ${plain(folder)}: all lengths are guesses to replace.`
      : `Found in ${plain(folder)}:`
  return [head, ...found, '', `Wrote ${plain(one.file)}.`]
}

const several = (folder: string, written: readonly WrittenFirst[]): string[] => [
  `Found ${written.length} agents in ${plain(folder)}, and wrote a scenario for each:`,
  ...written.flatMap(one => ['', `${plain(one.file)}: ${plain(one.name)}`, ...linesOf(one)]),
  '',
]

const besideLines = (beside: readonly string[]): string[] =>
  beside.length === 0
    ? []
    : ['', 'Also found: instructions of a coding agent. For a scenario of it:', ...beside.map(one => `  ${plain(one)}`)]

const linesOf = ({ system, tools, fewShot, samples, alike, turn, context, others }: WrittenFirst): string[] => {
  const [sample] = samples
  const rows: readonly (readonly [label: string, text: string | null])[] = [
    ['system prompt', system && plain(system.file)],
    ['tools', tools && plain(tools.file)],
    ['few-shot', fewShot && `${plain(fewShot.file)} (${plural(fewShot.count, 'message')}, a guess)`],
    ['messages', sample === undefined ? null : `${plain(sample)}${andMore(samples.length - 1)}`],
    ['messages', turn && `${plain(turn.file)} (${plural(turn.count, turn.kind.replace(/s$/, ''))}, a guess)`],
    ['begin alike', alike && `${formatCount(alike.tokens)} tokens (a guess)`],
    ['documents', context && `${plain(context.file)}/ (${plural(context.documents, 'file')}, a guess)`],
    ['not used', others.length === 0 ? null : `${plain(others[0] ?? '')}${andMore(others.length - 1)}`],
  ]
  return rows.flatMap(([label, text]) => (text === null ? [] : [`  ${label.padEnd(13)}  ${text}`]))
}

const andMore = (count: number): string => (count === 0 ? '' : ` and ${count} more`)
