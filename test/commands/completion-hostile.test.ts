import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'
import { removeFolder } from '../remove-folder.ts'
import { hostileBook } from './hostile-book.ts'

/** What a price file or a folder calls its things never runs in the shell of whoever presses the tab key. */

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
const work = join(folder, 'work')
afterAll(() => removeFolder(folder))

const HOSTILE = [
  '$(touch pwned)',
  '`touch pwned`',
  'x;touch pwned;',
  'x&touch pwned&',
  'x|touch pwned',
  '>pwned',
  'x\ntouch pwned',
  "x' ; touch pwned ; '",
  'x" ; touch pwned ; "',
  '<(touch pwned)',
  '=(touch pwned)',
  '(touch pwned)',
  '{pwned,x}',
  '~root',
  '!touch',
  '\u001b[31m',
  'x\tabout',
  '*',
]

const ask = async (shell: string, words: readonly string[]): Promise<string> => {
  const { code, out, err } = await dsprice(['completion', shell, '--words', '--', ...words], work)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

beforeAll(() => {
  for (const name of ['bin', 'answers', 'work/scenarios', 'work/one'])
    mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(work, 'evil.json'), hostileBook(['safe-1', ...HOSTILE], '$(touch pwned)'))
  writeFileSync(join(work, 'one.json'), hostileBook(['$(touch pwned)'], 'x\ny'))
  writeFileSync(join(work, 'one', '$(touch pwned).yaml'), '')
})

describe('the words that are offered', () => {
  it.each(['bash', 'zsh', 'fish'])('to %s are none that it would read anything into', async shell => {
    for (const words of [
      ['prices', 'show', '--pricing', 'evil.json', ''],
      ['compare', '--pricing', 'evil.json', '--models', ''],
      ['compare', '--pricing', 'evil.json', '--models=safe-1,'],
      ['route', '--pricing', 'evil.json', '--quality', ''],
      ['estimate', '--pricing', 'evil.json', '--set', 'model='],
    ]) {
      const [, ...lines] = (await ask(shell, words)).trimEnd().split('\n')
      const offered = lines.map(line => line.split('\t')[0] ?? '')
      expect(offered.filter(word => !/^safe-1=?$/.test(word))).toEqual([])
    }
  })
})

const answers = (command: string): string => spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout ?? ''

const PROMPT = 'ready-for-keys'
const SHELLS = [
  {
    name: 'bash',
    shell: 'bash',
    argv: ['--noprofile', '--rcfile', 'bash.rc', '-i'],
    rc: `source <(dsprice completion bash); PS1='${PROMPT} '`,
  },
  {
    // As in the bash of macOS, which has no compopt.
    name: 'bash 3',
    shell: 'bash',
    argv: ['--noprofile', '--rcfile', 'bash.rc', '-i'],
    rc: `enable -n compopt; source <(dsprice completion bash); PS1='${PROMPT} '`,
  },
  {
    name: 'zsh',
    shell: 'zsh',
    argv: ['-d', '-i'],
    rc: `autoload -Uz compinit; compinit -u -D; source <(dsprice completion zsh); PS1='${PROMPT} '; bindkey -e`,
  },
  {
    name: 'fish',
    shell: 'fish',
    argv: ['--no-config', '-i', '-C', 'source fish.rc'],
    rc: `dsprice completion fish | source; function fish_prompt; echo '${PROMPT} '; end`,
  },
] as const

/** What is typed before the tab and Enter. */
const LINES = [
  ['prices', 'show', '--pricing', 'one.json', ''],
  ['compare', '--pricing', 'one.json', '--models='],
  ['estimate', 'one/'],
] as const

const RC: Readonly<Record<string, string>> = { bash: 'bash.rc', zsh: '.zshrc', fish: 'fish.rc' }

/** A `dsprice` that gives the answers of this one, and does nothing else. */
const layAnswers = async (home: string, shell: string): Promise<void> => {
  mkdirSync(join(home, 'answers'), { recursive: true })
  for (const words of LINES) {
    const call = ['completion', shell, '--words', '--', ...words].join('|')
    const name = createHash('md5').update(call).digest('hex')
    writeFileSync(join(home, 'answers', name), await ask(shell, words))
  }
  writeFileSync(
    join(home, 'dsprice'),
    `#!/bin/bash
[[ $1 == completion ]] || exit 0
if [[ $# == 2 ]]; then exec cat '${join(repository, 'bin/completions')}/dsprice.'$2; fi
IFS='|'
name=$(printf %s "$*" | md5sum)
[[ -e '${home}/answers/'\${name:0:32} ]] || printf '%s\\n' "$*" >> '${home}/unknown'
exec cat '${home}/answers/'\${name:0:32}
`,
  )
  chmodSync(join(home, 'dsprice'), 0o755)
}

/** Types each line, a tab and Enter; returns once the last of them has run. */
const typeAll = async ({ name, shell, argv, rc }: (typeof SHELLS)[number]): Promise<string> => {
  const home = join(folder, name)
  mkdirSync(join(home, 'work/one'), { recursive: true })
  writeFileSync(join(home, 'work/one/$(touch pwned).yaml'), '')
  await layAnswers(home, shell)
  writeFileSync(join(home, RC[shell] ?? ''), rc)
  const command = [`stty cols 200 rows 60; cd '${home}'; exec ${shell}`, ...argv.map(word => `'${word}'`)].join(' ')
  const terminal = spawn('script', ['-qfec', command, '/dev/null'], {
    env: {
      PATH: `${home}:${process.env['PATH']}`,
      HOME: home,
      ZDOTDIR: home,
      TERM: 'xterm',
      LC_ALL: 'C.UTF-8',
      SHELL: '/bin/sh',
    },
  })
  let screen = ''
  terminal.stdout.on('data', chunk => {
    screen += chunk
  })
  const until = async (what: string, test: () => boolean): Promise<void> => {
    const end = Date.now() + 20_000
    while (!test()) {
      if (Date.now() > end) throw new Error(`${name} never came to ${what}; its terminal shows:\n${screen}`)
      await setTimeout(10)
    }
  }
  const ended = new Promise(resolve => terminal.on('close', resolve))
  try {
    await until('its prompt', () => screen.includes(PROMPT))
    terminal.stdin.write('cd work\r')
    for (const [i, words] of LINES.entries()) {
      terminal.stdin.write(`dsprice ${words.join(' ')}\t\r`)
      terminal.stdin.write(`touch '${join(home, `done-${i}`)}'\r`)
      await until(`the end of line ${i}`, () => existsSync(join(home, `done-${i}`)))
    }
    return screen
  } finally {
    terminal.kill('SIGKILL')
    await ended
  }
}

describe.concurrent('in a terminal', { timeout: 60_000 }, () => {
  it.for(SHELLS)('$name runs nothing of it', async (shell, { skip }) => {
    if (answers(shell.shell) === '') skip(`${shell.shell} is not installed here`)
    if (!answers('script').includes('util-linux')) skip('script(1) of util-linux is not installed here')
    await typeAll(shell)
    expect(existsSync(join(folder, shell.name, 'unknown'))).toBe(false)
    expect(readdirSync(join(folder, shell.name, 'work'))).toEqual(['one'])
  })
})
