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
 * `dsprice completion`: a script that makes a shell complete commands, flags, model names and scenario keys.
 *
 * Our own, as no package does it: @bomb.sh/tab, the best of them, completes neither files nor lists, needs the
 * bash-completion package, and puts the typed words through `eval`; omelette and tabtab do not take `a=b` for one word
 * without that package, and fish's words they split at blanks.
 *
 * @param commands - the program's commands, of which one is loaded when a line names it
 */
export const completionCommand = (io: Io, commands: readonly CommandRow[]): Command => {
  const command = new Command('completion')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .addOption(new Option('--words', 'what completes the last of the words after --').hideHelp())
    .option(common.OUTPUT_FLAG, common.OUTPUT_TEXT)
  // A half typed line has any number of words; the call for a script has none.
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
 * Words that no shell reads anything into. Bash puts a word into the line as it stands, so a model that a price file
 * calls `$(…)` is for the user to type, in quotes.
 */
const isSafe = (word: string): boolean => /^[\w./:@+,=-]*$/.test(word) && !/^[=@+]/.test(word)

/** The answer that the scripts in `bin/completions/` read; bash shows no descriptions. */
const inLines = ({ words, head = '', goesOn = false, files = [] }: Offer, shell: string): string => {
  const how = files.length > 0 ? `files ${files.join(' ')}` : goesOn ? 'nospace' : 'space'
  const lines = words
    .filter(({ word }) => isSafe(word))
    .map(({ word, about }) => (about && shell !== 'bash' ? `${word}\t${printable(about)}` : word))
  return [`${how}\t${head}`, ...lines, ''].join('\n')
}
