import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { removeFolder } from './remove-folder.ts'

type Files = Readonly<Record<string, string>>

/** A real repository in a temporary folder. */
export interface GitFolder {
  readonly root: string
  git(...argv: string[]): string
  write(files: Readonly<Record<string, string | Uint8Array>>): void
  /** Commits everything there is; returns the commit's name. */
  commit(message: string): string
}

/** Repositories that git has made, by what is in them: starting it takes longer than most tests. */
const templates = new Map<string, string>()

const templateOf = (files: Files): string => {
  const key = JSON.stringify(files)
  const found = templates.get(key)
  if (found !== undefined) return found
  const made = Object.keys(files).length === 0 ? emptyRepository() : copyOf(templateOf({}))
  templates.set(key, made)
  process.once('exit', () => removeFolder(made))
  if (Object.keys(files).length > 0) {
    const { write, commit } = openFolder(made)
    write(files)
    commit('base')
  }
  return made
}

const emptyRepository = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'dsprice-git-'))
  execFileSync('git', ['init', '-q', '-b', 'main', '--template='], { cwd: root })
  const config =
    '[user]\n\temail = a@example.com\n\tname = A\n[commit]\n\tgpgsign = false\n[core]\n\tautocrlf = false\n'
  appendFileSync(join(root, '.git/config'), config)
  mkdirSync(join(root, '.git/info'))
  return root
}

const copyOf = (template: string): string => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dsprice-git-')))
  cpSync(template, root, { recursive: true })
  return root
}

const openFolder = (root: string): GitFolder => {
  const start = (program: string, argv: readonly string[]): string =>
    execFileSync(program, argv, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  return {
    root,
    git: (...argv) => start('git', argv),
    write: files => {
      for (const [name, data] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true })
        writeFileSync(join(root, name), data)
      }
    },
    // One shell, as a process of many tests takes longer to start another than git to do its work.
    commit: message =>
      start('sh', ['-c', 'git add -A && git commit -q --allow-empty -m "$1" && git rev-parse HEAD', '-', message]),
  }
}

/** @param files - what its first commit has; left out: there is no commit yet */
export const gitFolder = (files: Files = {}): GitFolder => openFolder(copyOf(templateOf(files)))
