import { mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { GitAnswer, GitInput } from './io.ts'

/**
 * Settings that override all others: git starts no program named in a configuration, and does not accept a folder as a
 * bare repository just because its contents look like one.
 */
const settingsWith = (devNull: string): Readonly<Record<string, string>> => ({
  'core.fsmonitor': 'false',
  'core.hooksPath': devNull,
  'core.splitIndex': 'false',
  'safe.bareRepository': 'explicit',
})

/**
 * Runs git in the top folder of a repository: read-only, with English messages, without locks or network access. Git's
 * environment variables are not passed on, so results are the same in a hook, a linked worktree and a terminal. The
 * user's own configuration still applies: trusted folders, line endings, attributes.
 *
 * @param top - without symlinks; git does not search above it
 * @throws the system's error, such as ENOENT
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
  // Loaded on demand: few runs start another program, and loading these modules takes 5 ms.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const { devNull } = process.getBuiltinModule('node:os')
  const settings = Object.entries(settingsWith(devNull)).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const own = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name))
  const ran = spawnSync('git', ['-C', top, ...settings, ...argv], {
    // Not in the repository, where a file called git could be run instead of the real one.
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
