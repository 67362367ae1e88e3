import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
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

/** An empty repository, made by git once and copied for each test: starting git takes longer than most tests. */
const emptyRepository = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'dsprice-git-'))
  const run = (...argv: string[]): void => void execFileSync('git', argv, { cwd: root })
  run('init', '-q', '-b', 'main', '--template=')
  const config =
    '[user]\n\temail = a@example.com\n\tname = A\n[commit]\n\tgpgsign = false\n[core]\n\tautocrlf = false\n'
  appendFileSync(join(root, '.git/config'), config)
  process.once('exit', () => rmSync(root, { recursive: true, force: true }))
  return root
}

let template: string | undefined

export const gitFolder = (): GitFolder => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dsprice-git-')))
  template ??= emptyRepository()
  cpSync(template, root, { recursive: true })
  const git = (...argv: string[]): string =>
    execFileSync('git', argv, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  return {
    root,
    git,
    write: files => {
      for (const [name, data] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true })
        writeFileSync(join(root, name), data)
      }
    },
    // One shell, as a process of many tests takes longer to start another than git to do its work.
    commit: message =>
      execFileSync(
        'sh',
        ['-c', 'git add -A && git commit -q --allow-empty -m "$1" && git rev-parse HEAD', '-', message],
        {
          cwd: root,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      ).trim(),
  }
}
