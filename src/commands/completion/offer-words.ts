import type { Argument, Command, Option } from 'commander'
import type { Io } from '../../io.ts'
import * as common from '../flags/options.ts'
import { commandsOf, flagsOf, type Line, readLine } from './read-line.ts'
import { type Offer, SOURCES, type Surroundings } from './sources.ts'

const NOTHING: Offer = { words: [] }

/**
 * Completions for the last word of a partly typed line.
 *
 * @param words - the words after the program's name, up to the cursor; the last is the one to complete
 * @param load - loads a command of `root` with its flags
 * @returns only words that begin with the typed one; none if the line is invalid
 */
export const offerWords = async (
  words: readonly string[],
  { io, root, load }: { io: Io; root: Command; load: (name: string) => Promise<Command | null> },
): Promise<Offer> => {
  const line = await readLine(words, root, load)
  const { cursor, word } = line
  const kept = cursor.kind === 'value' ? cursor.head : ''
  const typed = word.slice(kept.length)
  const offer = await offerAt(line, typed, { io, pricing: valuesOf(line, '--pricing') })
  const { head = '' } = offer
  const item = typed.slice(head.length)
  return { ...offer, head: kept + head, words: offer.words.filter(one => one.word.startsWith(item)) }
}

const valuesOf = ({ given }: Line, flag: string): string[] =>
  [...given].flatMap(([option, values]) => (option.long === flag ? values : []))

const offerAt = (line: Line, typed: string, around: Surroundings): Offer | Promise<Offer> => {
  const { command, cursor } = line
  switch (cursor.kind) {
    case 'value':
      return offerValue(cursor.option, typed, around)
    case 'flag':
      return offerFlags(line)
    case 'operand': {
      if (command.name() === 'help' && line.operands === 0) return offerCommands(line.above, 'help')
      if (command.commands.length > 0) return line.operands === 0 ? offerCommands(command) : NOTHING
      const last = command.registeredArguments.at(-1)
      const argument = command.registeredArguments[line.operands] ?? (last?.variadic ? last : undefined)
      return argument ? offerValue(argument, typed, around) : offerFlags(line)
    }
    case 'nothing':
      return NOTHING
    default:
      return cursor satisfies never
  }
}

const offerCommands = (command: Command, except?: string): Offer => ({
  words: commandsOf(command)
    .filter(one => one.name() !== except)
    .map(one => ({ word: one.name(), about: one.summary() || one.description() })),
})

const offerFlags = ({ command, given }: Line): Offer => ({
  words: flagsOf(command)
    .filter(option => !given.has(option) || option.parseArg === common.gather)
    .map(({ long, short, description }) => ({ word: long ?? short ?? '', about: description })),
})

/** Completions for a value: from its choices, its flag, or the names in its placeholder such as `<tokens|file>`. */
const offerValue = (place: Option | Argument, typed: string, around: Surroundings): Offer | Promise<Offer> => {
  if (place.argChoices) return { words: place.argChoices.map(word => ({ word })) }
  const names = 'flags' in place ? [place.long ?? '', ...namesIn(place.flags)] : [place.name()]
  const source = names.map(name => SOURCES[name]).find(found => found !== undefined)
  return source?.(typed, around) ?? NOTHING
}

const namesIn = (flags: string): string[] => /<(.*?)(?:\.{3})?>/.exec(flags)?.[1]?.split('|') ?? []
