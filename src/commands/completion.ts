import { Argument, Command, Option } from 'commander'
import type { Io } from '../io.ts'
import { printable } from '../model/printable.ts'
import type { Offer } from './completion/sources.ts'
import type { CommandRow } from './flags/command-row.ts'
import * as common from './flags/options.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

interface CompletionOptions {
  readonly words?: boolean
  readonly output?: string
}

/**
 * `dsprice completion`: prints a script for shell completion of commands, flags, model names and scenario keys.
 *
 * No package does this: @bomb.sh/tab, the best, completes neither files nor lists, needs the bash-completion package
 * and passes typed words through `eval`; omelette and tabtab split `a=b` without that package and split fish's words
 * at spaces.
 *
 * @param commands - the program's commands; only the one named on the line is loaded
 */
export const completionCommand = (io: Io, commands: readonly CommandRow[]): Command => {
  const command = new Command('completion')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .addOption(new Option('--words', 'what completes the last of the words after --').hideHelp())
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  // The script passes any number of typed words; a user who asks for the script passes none.
  command.on('option:words', () => command.allowExcessArguments())
  return command.action(async (shell: (typeof SHELLS)[number], { words, output }: CompletionOptions) => {
    if (!words)
      return common.deliver(io, new TextDecoder().decode(io.shipped(`bin/completions/dsprice.${shell}`)), output)
    const { offerWords } = await import('./completion/offer-words.ts')
    const offer = await offerWords(command.args.slice(1), {
      io,
      root: command.parent ?? command,
      load: async name => (await commands.find(row => row.name === name)?.load?.(io)) ?? null,
    })
    io.stdout.write(inLines(offer, shell))
  })
}

/**
 * Whether a word has no special meaning in any shell. Bash inserts completions unquoted, so a model named `$(…)` in a
 * price file is not offered.
 */
const isSafe = (word: string): boolean => /^[\w./:@+,=-]*$/.test(word) && !/^[=@+]/.test(word)

/** Formats completions for the scripts in `bin/completions/`; bash shows no descriptions. */
const inLines = ({ words, head = '', goesOn = false, files = [] }: Offer, shell: string): string => {
  const how = files.length > 0 ? `files ${files.join(' ')}` : goesOn ? 'nospace' : 'space'
  const lines = words
    .filter(({ word }) => isSafe(word))
    .map(({ word, about }) => (about && shell !== 'bash' ? `${word}\t${printable(about)}` : word))
  return [`${how}\t${head}`, ...lines, ''].join('\n')
}
