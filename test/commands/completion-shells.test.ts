import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from '../fake-io.ts'
import { removeFolder } from '../remove-folder.ts'

/** The scripts in real shells: each types into a terminal of its own, and says what became of its line. */

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => removeFolder(folder))

const answers = (command: string, ...argv: string[]): string => {
  const { stdout, error } = spawnSync(command, argv, { encoding: 'utf8' })
  return error ? '' : stdout
}
const isHere = (shell: string): boolean => answers(shell, '--version') !== ''
const hasTerminal = answers('script', '--version').includes('util-linux')

beforeAll(() => {
  for (const name of ['bin', 'fpath', 'work/scenarios']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['scenarios/my chat.yaml', 'scenarios/my notes.txt', 'mine.json', 'mine.txt']) {
    writeFileSync(join(folder, 'work', name), '')
  }
  writeFileSync(
    join(folder, 'bin/dsprice'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(repository, 'bin/dsprice.js')}' "$@"\n`,
  )
  chmodSync(join(folder, 'bin/dsprice'), 0o755)
  copyFileSync(join(repository, 'bin/completions/dsprice.zsh'), join(folder, 'fpath/_dsprice'))
})

interface Shell {
  readonly name: string
  readonly shell: string
  readonly argv: readonly string[]
  /** How many of the lines it is given, where another session is given them all. */
  readonly lines?: number
  /** Started by its shell: completion on, a prompt that is known, and Ctrl-X Q to write the line down in $LINES_FILE. */
  readonly start: { readonly file: string; readonly text: string }
}

const PROMPT = 'ready-for-keys'
const zsh = (load: string): string => `
${load}
PS1='${PROMPT} ' LISTMAX=1000
write-line() { print -r -- "<$BUFFER>" >> "$LINES_FILE" }
zle -N write-line
bindkey -e
bindkey '^Xq' write-line
`
const SHELLS: readonly Shell[] = [
  {
    name: 'bash',
    shell: 'bash',
    argv: ['--noprofile', '--rcfile', 'bash.rc', '-i'],
    start: {
      file: 'bash.rc',
      text: `
source <(dsprice completion bash)
PS1='${PROMPT} '
bind -x '"\\C-xq": printf "<%s>\\n" "$READLINE_LINE" >> "$LINES_FILE"'
`,
    },
  },
  {
    name: 'zsh, sourced',
    shell: 'zsh',
    argv: ['-d', '-i'],
    start: {
      file: 'sourced/.zshrc',
      text: zsh('autoload -Uz compinit; compinit -u -D; source <(dsprice completion zsh)'),
    },
  },
  {
    name: 'zsh, in fpath',
    lines: 3,
    shell: 'zsh',
    argv: ['-d', '-i'],
    start: {
      file: 'in-fpath/.zshrc',
      text: zsh(`fpath=('${join(folder, 'fpath')}' $fpath); autoload -Uz compinit; compinit -u -D`),
    },
  },
  {
    name: 'fish',
    shell: 'fish',
    argv: ['--no-config', '-i', '-C', 'source fish.rc'],
    start: {
      file: 'fish.rc',
      text: `
dsprice completion fish | source
function fish_prompt; echo '${PROMPT} '; end
bind \\cxq 'printf "<%s>\\n" (commandline) >> $LINES_FILE'
`,
    },
  },
]

/** What is typed before the tab, and the line after it. `$` is where the cursor stands, so blanks can be seen. */
const LINES: readonly (readonly [string, string])[] = [
  ['dsprice pric', 'dsprice prices '],
  ['dsprice compare --mod', 'dsprice compare --models '],
  ['dsprice compare --models gpt-5.5,o3-pr', 'dsprice compare --models gpt-5.5,o3-pro'],
  ['dsprice compare --require=zdr,so', 'dsprice compare --require=zdr,soc2'],
  ['dsprice estimate --format=js', 'dsprice estimate --format=json '],
  ['dsprice estimate --set request.turns', 'dsprice estimate --set request.turns='],
  ['dsprice estimate --set traffic.per=mo', 'dsprice estimate --set traffic.per=month '],
  ['dsprice estimate --set=cache=id', 'dsprice estimate --set=cache=ideal '],
  ['dsprice prices show aws-bedrock/deepseek.v3-v1:', 'dsprice prices show aws-bedrock/deepseek.v3-v1:0 '],
  ['dsprice estimate --pricing=mi', 'dsprice estimate --pricing=mine.json '],
  ['dsprice estimate sc', 'dsprice estimate scenarios/'],
  ['dsprice estimate scenarios/my', 'dsprice estimate scenarios/my\\ chat.yaml '],
  ['dsprice nonsense --f', 'dsprice nonsense --f'],
]

/** Types each line and a tab into an interactive shell; returns what the lines became. */
const typeInto = async ({ name, shell, argv, start }: Shell, given: readonly string[]): Promise<string[]> => {
  const rc = join(folder, start.file)
  const lines = `${join(folder, name)}.lines`
  const pid = `${join(folder, name)}.pid`
  mkdirSync(join(rc, '..'), { recursive: true })
  writeFileSync(rc, start.text)
  writeFileSync(lines, '')
  const first = `echo $$ > '${pid}'; stty cols 200 rows 60; cd '${folder}'`
  const command = [`${first}; exec ${shell}`, ...argv.map(word => `'${word}'`)].join(' ')
  const terminal = spawn('script', ['-qfec', command, '/dev/null'], {
    env: {
      PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
      HOME: folder,
      ZDOTDIR: join(rc, '..'),
      LINES_FILE: lines,
      TERM: 'xterm',
      LC_ALL: 'C.UTF-8',
      SHELL: '/bin/sh',
    },
  })
  const ended = once(terminal, 'exit')
  let screen = ''
  terminal.stdout.on('data', chunk => {
    screen += chunk
  })
  const written = (): string[] => readFileSync(lines, 'utf8').split('\n').slice(0, -1)
  const until = async (what: string, test: () => boolean): Promise<void> => {
    const end = Date.now() + 60_000
    while (!test()) {
      if (Date.now() > end) throw new Error(`${name} never came to ${what}; its terminal shows:\n${screen}`)
      await setTimeout(10)
    }
  }
  try {
    await until('its prompt', () => screen.includes(PROMPT))
    terminal.stdin.write('cd work\r')
    for (const [i, typed] of given.entries()) {
      // Ctrl-E and Ctrl-U clear the line of the last case.
      terminal.stdin.write(`\x05\x15${typed}\t\x18q`)
      await until(`the end of "${typed}"`, () => written().length > i)
    }
    return written()
  } finally {
    // Were the terminal killed first, its shell would go on, to write down its history.
    if (terminal.exitCode === null)
      spawnSync('kill', ['-9', existsSync(pid) ? readFileSync(pid, 'utf8').trim() : `${terminal.pid}`])
    await ended
  }
}

describe.concurrent('in a terminal', () => {
  it.for(SHELLS)('$name completes', async (shell, { skip }) => {
    if (!isHere(shell.shell)) skip(`${shell.shell} is not installed here`)
    if (!hasTerminal) skip('script(1) of util-linux, which makes terminals, is not installed here')
    const given = LINES.slice(0, shell.lines)
    const became = await typeInto(
      shell,
      given.map(([typed]) => typed),
    )
    expect(given.map(([typed], i) => [typed, became[i]])).toEqual(given.map(([typed, line]) => [typed, `<${line}>`]))
  })
})
