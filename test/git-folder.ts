import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A real repository in a temporary folder. */
export interface GitFolder {
  readonly root: string
  git(...argv: string[]): string
  write(files: Readonly<Record<string, string | Uint8Array>>): void
  /** Commits everything there is; returns the commit's name. */
  commit(message: string): string
}

export const gitFolder = (): GitFolder => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dsprice-git-')))
  const git = (...argv: string[]): string =>
    execFileSync('git', argv, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  git('init', '-q', '-b', 'main')
  for (const [key, value] of [
    ['user.email', 'a@example.com'],
    ['user.name', 'A'],
    ['commit.gpgsign', 'false'],
    ['core.autocrlf', 'false'],
  ] as const) {
    git('config', key, value)
  }
  return {
    root,
    git,
    write: files => {
      for (const [name, data] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true })
        writeFileSync(join(root, name), data)
      }
    },
    commit: message => {
      git('add', '-A')
      git('commit', '-q', '--allow-empty', '-m', message)
      return git('rev-parse', 'HEAD')
    },
  }
}
