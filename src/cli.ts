import { Command, CommanderError } from 'commander'
import { described } from './commands/flags/described.ts'
import { colourIn, inWords, keyOf, lookOf } from './commands/flags/on-stderr.ts'
import { COMMANDS } from './commands/index.ts'
import { andMore, ExitWith, InputError, MOST_TOLD, type Problem, problems } from './errors/index.ts'
import type { Io, Out } from './io.ts'
import { nearest } from './model/nearest.ts'
import { type Guard, guarded, jsonText, printable } from './model/printable.ts'
import { VERSION } from './version.ts'

export { inWords } from './commands/flags/on-stderr.ts'

const WELCOME = `dsprice ${VERSION} tells what an LLM workload will cost, and the cheapest honest way to run it.
  dsprice compare --models deepseek-v4-pro,gpt-5.5,claude-opus-4.7  what the same tokens cost on several models
  dsprice init                                                      a first scenario from your prompt files
  dsprice prices show deepseek-v4-pro                               a model's prices, with their history and sources
`

/**
 * Runs one command.
 *
 * @param argv - arguments after the program's name
 * @returns the exit code: 0 success, 1 over a budget, 2 invalid input or usage, 3 no answer, 4 a bug in dsprice
 */
export const run = async (argv: readonly string[], outside: Io): Promise<number> => {
  const io = guardStreams(outside, argv)
  let program: Command | null = null
  const help: Help = { isTold: false }
  try {
    if (argv.length === 0) {
      io.stdout.write(WELCOME)
      return 0
    }
    program = await build(argv, io, help)
    await program.parseAsync([...argv], { from: 'user' })
    return 0
  } catch (error) {
    // Commander ends with an error, whose code is that of the process so far.
    if (help.isTold && error instanceof CommanderError) return 0
    return tell(error, argv, { io, program })
  }
}

/** Whether help, or the version, was asked for and written. */
interface Help {
  isTold: boolean
}

/** Wraps the output streams: control sequences and runner commands pass only where dsprice itself writes them. */
const guardStreams = (io: Io, argv: readonly string[]): Io => {
  const annotations = formatIn(argv) === 'github'
  const { coloured: colours } = lookOf(io, colourIn(argv))
  const guard = (out: Out, allowed: Guard): Out => ({
    isTTY: out.isTTY,
    columns: out.columns,
    write: text => out.write(guarded(text, allowed)),
  })
  return { ...io, stdout: guard(io.stdout, { colours: true, annotations }), stderr: guard(io.stderr, { colours }) }
}

/** Builds the program with every command's name, but loads the code only of the command that was called. */
const build = async (argv: readonly string[], io: Io, help: Help): Promise<Command> => {
  const wanted = argv.find(argument => !argument.startsWith('-'))
  const program = new Command('dsprice')
    .description('What an LLM workload will cost before the bill does, and the cheapest honest way to run it.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'help for a command')
    .showSuggestionAfterError(false)
  // A command needs no other command, unless it lists them, as completion does.
  const alone = COMMANDS.filter(({ name, tellsOfOthers }) => name === argv[0] && !tellsOfOthers)
  for (const { name, summary, examples, load } of alone.length > 0 ? alone : COMMANDS) {
    // `help estimate` and `estimate --help` both need the command's own flags.
    const called = wanted === name || (wanted === 'help' && argv.includes(name))
    const command = called ? await load(io) : new Command(name)
    command.summary(summary).description(described(summary, examples))
    program.addCommand(command)
  }
  program.addHelpText(
    'after',
    '\nExit codes: 0 done, 1 over a budget (check),\n  2 the input or the call is wrong, 3 there is no answer,\n  4 our own bug.',
  )
  settle(program, io, help)
  return program
}

/** Makes Commander write to our streams, throw instead of exiting, and leave error messages to us. */
const settle = (command: Command, io: Io, help: Help): void => {
  // Descriptions wrap even if the flags leave little room.
  command
    .exitOverride()
    .configureHelp({ minWidthToWrap: 24 })
    .configureOutput({
      writeOut: text => {
        help.isTold = true
        io.stdout.write(text)
      },
      writeErr: () => {},
      getOutHelpWidth: () => Math.max(60, Number(io.env['COLUMNS']) || io.stdout.columns || 80),
      getOutHasColors: () => false,
    })
  for (const child of command.commands) settle(child, io, help)
}

/** The report format that the flags will select: `--json`, else the last `--format`. */
const formatIn = (argv: readonly string[]): string | undefined => {
  const end = argv.indexOf('--')
  const flags = end < 0 ? argv : argv.slice(0, end)
  const formats = flags.flatMap((argument, i) => {
    if (argument === '--format' || argument === '-f') return [flags[i + 1]]
    const [, glued] = /^(?:--format=|-f)(.+)$/s.exec(argument) ?? []
    return glued === undefined ? [] : [glued]
  })
  return flags.includes('--json') ? 'json' : formats.at(-1)
}

/** Handles every error: prints it to stderr and returns the exit code. */
const tell = (
  error: unknown,
  argv: readonly string[],
  { io, program }: { readonly io: Io; readonly program: Command | null },
): number => {
  const asJson = formatIn(argv) === 'json'
  const look = lookOf(io, colourIn(argv))
  if (error instanceof ExitWith) return error.exit
  const found =
    error instanceof CommanderError
      ? [usageProblem(error, argv, program)]
      : error instanceof InputError
        ? error.problems
        : null
  if (found === null) return tellBug(error, argv, io)
  const exit = found.some(problem => problem.exit === 2) ? 2 : 3
  const errors = found.map(({ code, exit: own, what, fix, path = [], at = null }) => ({
    code,
    exit: own,
    what,
    fix,
    path: keyOf(path),
    at,
  }))
  io.stderr.write(
    asJson
      ? `${jsonText({ exit, errors })}\n`
      : `${found
          .slice(0, MOST_TOLD)
          .map(one => inWords(one, look))
          .join('\n')}${andMore(found.length, 'error')}`,
  )
  return exit
}

const usageProblem = (
  { code, message }: CommanderError,
  [first = '', second = '']: readonly string[],
  program: Command | null,
): Problem => {
  const what = message.replace(/^error: /, '')
  const [, unknown = code === 'commander.help' && first === 'help' ? second : ''] =
    /^unknown command '(.*)'/s.exec(what) ?? []
  // The command that was called is loaded and has subcommands.
  if (unknown !== '')
    return unknownCommand(
      unknown,
      program?.commands.find(one => one.name() === first),
    )
  if (code === 'commander.help')
    return problems.usage('a command is missing', `see dsprice ${first} --help`.replace('  ', ' '))
  const [, said = what, near] = /^(.*?)(?:\n\(Did you mean (.*)\?\))?$/s.exec(what) ?? []
  const fix = near === undefined ? 'see the flags with --help' : `did you mean ${near}?`
  return problems.usage(said.replace(/\.$/, ''), fix)
}

const unknownCommand = (unknown: string, parent: Command | undefined): Problem => {
  const [near] = nearest(unknown, parent ? parent.commands.map(one => one.name()) : COMMANDS.map(({ name }) => name))
  const prefix = parent ? `dsprice ${parent.name()}` : 'dsprice'
  return problems.usage(
    `there is no command "${unknown}"${parent ? ` of ${parent.name()}` : ''}`,
    near ? `did you mean ${prefix} ${near}?` : `see ${prefix} --help`,
  )
}

/** Reports a bug in dsprice, as text or JSON according to the flags. @returns the exit code */
export const tellBug = (error: unknown, argv: readonly string[], io: Pick<Io, 'stderr'>): number => {
  const stack = stackOf(error)
  const what = 'dsprice has a bug; please report it with this text'
  io.stderr.write(
    formatIn(argv) === 'json'
      ? `${jsonText({ exit: 4, errors: [{ code: 'BUG', exit: 4, what, fix: stack }] })}\n`
      : `error BUG\n  ${what}\n${stack}\n`,
  )
  return 4
}

/** The error's message on its own line, as it may quote a file, then the stack. */
const stackOf = (error: unknown): string => {
  const said = String(error)
  const stack = (error instanceof Error && error.stack) || said
  const frames = stack.startsWith(said) ? stack.slice(said.length) : `\n${stack}`
  return [printable(said), ...frames.split('\n').slice(1).map(printable)].join('\n')
}
