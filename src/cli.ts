import { Command, CommanderError } from 'commander'
import { described } from './commands/described.ts'
import { COMMANDS } from './commands/index.ts'
import { ExitWith, InputError, type Problem, problems } from './errors.ts'
import type { Io } from './io.ts'
import { nearest } from './model/nearest.ts'
import { VERSION } from './version.ts'

const WELCOME = `dsprice ${VERSION} tells what an LLM workload will cost, and the cheapest honest way to run it.
  dsprice compare --models deepseek-v4-pro,gpt-5.5,claude-opus-4.7  what the same tokens cost on several models
  dsprice init                                                      a first scenario from your prompt files
  dsprice prices show deepseek-v4-pro                               a model's prices, with their history and sources
`

/**
 * Runs one command.
 *
 * @param argv - arguments after the program's name
 * @returns the exit code: 0 done, 1 over a budget, 2 the input or the call is wrong, 3 there is no answer, 4 our own bug
 */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  let program: Command | null = null
  try {
    if (argv.length === 0) {
      io.stdout.write(WELCOME)
      return 0
    }
    program = await build(argv, io)
    await program.parseAsync([...argv], { from: 'user' })
    return 0
  } catch (error) {
    return tell(error, argv, { io, program })
  }
}

/** The whole program's names, but only the code of the command that was called. */
const build = async (argv: readonly string[], io: Io): Promise<Command> => {
  const wanted = argv.find(argument => !argument.startsWith('-'))
  const program = new Command('dsprice')
    .description('What an LLM workload will cost before the bill does, and the cheapest honest way to run it.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'help for a command')
    .showSuggestionAfterError(false)
  for (const { name, summary, examples, load } of COMMANDS) {
    // `help estimate` and `estimate --help` both need the command's own flags.
    const called = wanted === name || (wanted === 'help' && argv.includes(name))
    if (called && !load) throw new InputError([problems.notYet(`the command ${name}`)])
    const command = called && load ? await load(io) : new Command(name)
    command.summary(summary).description(described(summary, examples))
    program.addCommand(command, { hidden: load === null })
  }
  program.addHelpText(
    'after',
    '\nExit codes: 0 done, 1 over a budget (check), 2 the input or the call is wrong,\n  3 there is no answer, 4 our own bug.',
  )
  settle(program, io)
  return program
}

/** Commander writes through our streams, throws instead of exiting, and leaves the telling of errors to us. */
const settle = (command: Command, io: Io): void => {
  // A description is wrapped even where the flags leave it little room.
  command
    .exitOverride()
    .configureHelp({ minWidthToWrap: 24 })
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => Math.max(60, Number(io.env['COLUMNS']) || io.stdout.columns || 80),
      getOutHasColors: () => false,
    })
  for (const child of command.commands) settle(child, io)
}

/** Whether errors are to be JSON, as the flags will be read: `--json`, or else the last format named. */
const wantsJson = (argv: readonly string[]): boolean => {
  const formats = argv.flatMap((argument, i) => {
    if (argument === '--format' || argument === '-f') return [argv[i + 1]]
    const [, glued] = /^(?:--format=|-f)(.+)$/.exec(argument) ?? []
    return glued === undefined ? [] : [glued]
  })
  return argv.includes('--json') || formats.at(-1) === 'json'
}

/** The only catch: tells what is wrong on stderr, and answers with the exit code. */
const tell = (
  error: unknown,
  argv: readonly string[],
  { io, program }: { readonly io: Io; readonly program: Command | null },
): number => {
  const asJson = wantsJson(argv)
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  if (error instanceof ExitWith) return error.exit
  const found =
    error instanceof CommanderError
      ? [usageProblem(error, argv, program)]
      : error instanceof InputError
        ? error.problems
        : null
  if (found === null) return tellBug(error, argv, io)
  const exit = found.some(problem => problem.exit === 2) ? 2 : 3
  const errors = found.map(({ code, exit: own, what, mend, path = [], at = null }) => ({
    code,
    exit: own,
    what,
    mend,
    path: keyOf(path),
    at,
  }))
  io.stderr.write(asJson ? `${JSON.stringify({ exit, errors })}\n` : found.map(inWords).join('\n'))
  return exit
}

const keyOf = (path: readonly (string | number)[]): string => path.join('.')

/** Where, what, the line itself, and something to type. */
export const inWords = ({ code, what, mend, path = [], at, excerpt }: Problem): string => {
  const place = [at, keyOf(path)].filter(Boolean).join(' ')
  const shown = excerpt ? `\n${excerpt.replace(/^/gm, '  ')}\n\n` : ''
  return `error ${code}${place ? ` ${place}` : ''}\n  ${what}\n${shown}  mend: ${mend}\n`
}

const usageProblem = (
  { code, message }: CommanderError,
  [first = '', second = '']: readonly string[],
  program: Command | null,
): Problem => {
  const what = message.replace(/^error: /, '')
  const [, unknown = code === 'commander.help' && first === 'help' ? second : ''] =
    /^unknown command '(.*)'/.exec(what) ?? []
  // The command that was called is loaded, and has its own commands.
  if (unknown !== '')
    return unknownCommand(
      unknown,
      program?.commands.find(one => one.name() === first),
    )
  if (code === 'commander.help')
    return problems.usage('a command is missing', `see dsprice ${first} --help`.replace('  ', ' '))
  const [said = what, hint] = what.split('\n')
  const mend = hint ? hint.replace(/[()]/g, '').replace('Did', 'did') : 'see the flags with --help'
  return problems.usage(said.replace(/\.$/, ''), mend)
}

const unknownCommand = (unknown: string, parent: Command | undefined): Problem => {
  const [near] = nearest(unknown, parent ? parent.commands.map(one => one.name()) : COMMANDS.map(({ name }) => name))
  const prefix = parent ? `dsprice ${parent.name()}` : 'dsprice'
  return problems.usage(
    `there is no command "${unknown}"${parent ? ` of ${parent.name()}` : ''}`,
    near ? `did you mean ${prefix} ${near}?` : `see ${prefix} --help`,
  )
}

/** Tells of what is no fault of the user's, in the form that the call asks for. @returns its exit code */
export const tellBug = (error: unknown, argv: readonly string[], io: Pick<Io, 'stderr'>): number => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const what = 'dsprice has a bug; please report it with this text'
  io.stderr.write(
    wantsJson(argv)
      ? `${JSON.stringify({ exit: 4, errors: [{ code: 'BUG', exit: 4, what, mend: stack }] })}\n`
      : `error BUG\n  ${what}\n${stack}\n`,
  )
  return 4
}
