import { run } from '../../src/cli.ts'
import { runGit } from '../../src/git.ts'
import { type Io, nodeFiles } from '../../src/io.ts'
import { withGlob } from '../../src/load/files/with-glob.ts'
import { terminalSvg } from './terminal-svg.ts'

/** A run to show. */
interface Screenshot {
  /** Its file in docs/images. */
  readonly file: string
  readonly command: string
  /** Which paragraphs, by what they have; left out: all. */
  readonly shows?: RegExp
}

/** Scenarios that name their price book and day, so that their figures never move. */
export const SCREENSHOTS: readonly Screenshot[] = [
  { file: 'estimate.svg', command: 'dsprice estimate scenarios/support-desk.yaml --quiet' },
  { file: 'compare.svg', command: 'dsprice compare scenarios/support-bot.yaml --all --top 8 --quiet' },
  {
    file: 'breakeven.svg',
    command: 'dsprice breakeven scenarios/self-host-measured.yaml --explain --quiet',
    shows: /Not yet: only from|on a log scale/,
  },
  {
    file: 'forecast.svg',
    command: 'dsprice forecast scenarios/support-bot.yaml --set traffic.growth=8%/month',
    shows: /over 12 months|█/,
  },
  {
    file: 'sweep.svg',
    command: 'dsprice sweep scenarios/support-bot.yaml --vary request.output=200..1400/200',
    shows: /^.*From \$|█/,
  },
]

const COLUMNS = 80
const TODAY = '2026-11-29'

/** Every screenshot's SVG, by its file. `root`: the repository. */
export const screenshots = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const images = new Map<string, string>()
  for (const { file, command, shows = /(?:)/ } of SCREENSHOTS) {
    const printed = await printedBy(command.split(' ').slice(1), root)
    images.set(file, terminalSvg(command, shownOf(printed, shows), COLUMNS))
  }
  return images
}

/** The paragraphs that have it, with `…` for those left out between and after them. */
const shownOf = (printed: string, shows: RegExp): string => {
  const kept = printed
    .trimEnd()
    .split('\n\n')
    .map(paragraph => (shows.test(paragraph) ? paragraph : '…'))
  return kept.filter((paragraph, i) => paragraph !== '…' || kept[i - 1] !== '…').join('\n\n')
}

/** What a command prints on a terminal. @throws {Error} if it fails */
const printedBy = async (argv: readonly string[], root: string): Promise<string> => {
  let [out, err] = ['', '']
  const stream = (write: (text: string) => void): Io['stdout'] => ({ write, isTTY: true, columns: COLUMNS })
  const refuse = (): never => {
    throw new Error('a screenshot writes no file')
  }
  const io: Io = {
    ...withGlob(nodeFiles({ root, cwd: root })),
    stdout: stream(text => {
      out += text
    }),
    stderr: stream(text => {
      err += text
    }),
    env: { TERM: 'xterm-256color' },
    today: () => TODAY,
    ...{ replace: refuse, create: refuse, append: refuse },
    git: runGit,
    elapsed: () => 0,
    afresh: refuse,
    untilStopped: refuse,
  }
  const code = await run(argv, io)
  if (code !== 0) throw new Error(`dsprice ${argv.join(' ')}: exit ${code}\n${err}`)
  return out
}
