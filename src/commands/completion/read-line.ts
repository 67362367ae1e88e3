import type { Command, Option } from 'commander'

/** The kind of the word at the cursor: a flag's value, a flag, or an operand. */
export type Cursor =
  | { readonly kind: 'value'; readonly option: Option; readonly head: string }
  | { readonly kind: 'flag' }
  | { readonly kind: 'operand' }
  | { readonly kind: 'nothing' }

/** A partly typed command line. */
export interface Line {
  /** The innermost command named, and its parent. */
  readonly command: Command
  readonly above: Command
  readonly cursor: Cursor
  /** The word to complete, up to the cursor. */
  readonly word: string
  /** The flags before the cursor, with their values. */
  readonly given: ReadonlyMap<Option, readonly string[]>
  /** The number of operands before the cursor. */
  readonly operands: number
}

/** The commands and flags that a help page shows, including help itself. */
export const commandsOf = (command: Command): Command[] => command.createHelp().visibleCommands(command)
export const flagsOf = (command: Command): Option[] => command.createHelp().visibleOptions(command)

/**
 * Parses a line as Commander would, but never fails: unknown words are skipped.
 *
 * @param words - the words after the program's name, up to the cursor; the last is the one to complete
 * @param load - loads a command of `root` with its flags
 */
export const readLine = async (
  words: readonly string[],
  root: Command,
  load: (name: string) => Promise<Command | null>,
): Promise<Line> => {
  const given = new Map<Option, string[]>()
  let [command, above] = [root, root]
  let operands = 0
  let waiting: Option | null = null
  let flagsEnded = false
  for (const word of words.slice(0, -1)) {
    if (waiting) {
      given.get(waiting)?.push(word)
      waiting = null
    } else if (!flagsEnded && word.length > 1 && word.startsWith('-')) {
      flagsEnded = word === '--'
      const { option, value } = splitFlag(command, word)
      if (!option) continue
      given.set(option, [...(given.get(option) ?? []), ...(value === undefined ? [] : [value])])
      if (option.required && value === undefined) waiting = option
    } else {
      const named = operands === 0 ? commandsOf(command).find(one => one.name() === word) : undefined
      if (named) [command, above] = [(command === root && (await load(word))) || named, command]
      else operands++
    }
  }
  const word = words.at(-1) ?? ''
  const cursor: Cursor = waiting ? { kind: 'value', option: waiting, head: '' } : cursorAt(word, command, flagsEnded)
  return { command, above, cursor, word, given, operands }
}

const cursorAt = (word: string, command: Command, flagsEnded: boolean): Cursor => {
  if (flagsEnded || !word.startsWith('-')) return { kind: 'operand' }
  if (!word.startsWith('--') || !word.includes('=')) return { kind: 'flag' }
  const { option } = splitFlag(command, word)
  if (!option?.required) return { kind: 'nothing' }
  return { kind: 'value', option, head: word.slice(0, word.indexOf('=') + 1) }
}

/** `--flag`, `--flag=value`, `-f` and `-fvalue`. */
const splitFlag = (command: Command, word: string): { option: Option | undefined; value: string | undefined } => {
  const [, name = word, value] = /^(--[^=]*)=(.*)$/s.exec(word) ?? /^(-[^-])(.+)$/s.exec(word) ?? []
  return { option: flagsOf(command).find(({ long, short }) => long === name || short === name), value }
}
