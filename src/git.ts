import { mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { GitAnswer, GitInput } from './io.ts'

/**
 * Settings that win over every other: no program that a configuration names is started, and no folder of files passes
 * for a repository because it looks like one inside.
 */
const settingsWith = (devNull: string): Readonly<Record<string, string>> => ({
  'core.fsmonitor': 'false',
  'core.hooksPath': devNull,
  'core.splitIndex': 'false',
  'safe.bareRepository': 'explicit',
})

/**
 * Runs git in the top folder of a repository: for reading only, in plain English, without locks or network. None of
 * git's own variables is handed on, so that a hook and a linked work tree ask the same as a terminal does. What the user
 * has set for themselves holds: the folders that git may trust, line ends, attributes.
 *
 * @param top - without links in it; nothing above it is looked into
 * @throws what the system says: ENOENT …
 */
export const runGit = (top: string, argv: readonly string[], { input, index }: GitInput = {}): GitAnswer => {
  if (index === undefined) return start(top, argv, { input })
  const folder = mkdtempSync(join(process.getBuiltinModule('node:os').tmpdir(), 'dsprice-'))
  try {
    const file = join(folder, 'index')
    const made = index === '' ? null : start(top, ['update-index', '--index-info'], { input: index, file })
    return made !== null && made.status !== 0 ? made : start(top, argv, { input, file })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Given {
  readonly input: string | undefined
  /** The index to use. */
  readonly file?: string
}

const start = (top: string, argv: readonly string[], { input, file }: Given): GitAnswer => {
  // Loaded here, as starting other programs is rare and loading these takes 5 ms.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const { devNull } = process.getBuiltinModule('node:os')
  const settings = Object.entries(settingsWith(devNull)).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const own = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name))
  const ran = spawnSync('git', ['-C', top, ...settings, ...argv], {
    // Not the repository: a program called git that lies in it must not be taken for git.
    cwd: dirname(process.execPath),
    env: {
      ...Object.fromEntries(own),
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_CEILING_DIRECTORIES: dirname(top),
      ...(file === undefined ? {} : { GIT_INDEX_FILE: file }),
    },
    maxBuffer: 2 ** 31 - 1,
    ...(input === undefined ? {} : { input }),
  })
  if (ran.error) throw ran.error
  return { status: ran.status ?? -1, out: ran.stdout, err: ran.stderr.toString().trim() }
}
