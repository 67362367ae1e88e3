import { resolve } from 'node:path'
import { InputError, problems } from '../../errors/index.ts'
import { type GitAnswer, type GitInput, type Io, systemCode } from '../../io.ts'
import { topOf } from '../files/boundary.ts'

/** A git repository, queried by running git. */
export interface Repository {
  /** Its top folder, with symlinks resolved. */
  readonly top: string
  /** Runs git, whatever its exit status. @throws {InputError} NO_GIT if git cannot be started */
  run(argv: readonly string[], given?: GitInput): GitAnswer
  /** Runs git and returns its output. @throws {InputError} NO_GIT with git's message if it fails */
  ask(argv: readonly string[], given?: GitInput): Uint8Array
}

/**
 * The repository that contains `cwd`. Found by walking up the folders, not from git's environment variables, which a
 * hook may have set for another repository.
 *
 * @throws {InputError} NO_GIT
 */
export const openRepository = (io: Pick<Io, 'cwd' | 'kind' | 'real' | 'git'>): Repository => {
  const top = topOf(io.real(io.cwd), io)
  if (top === null) throw new InputError([problems.noGit('neither this folder nor one above it is a repository')])
  const run: Repository['run'] = (argv, given) => {
    try {
      return io.git(top, argv, given)
    } catch (error) {
      throw new InputError([problems.noGit(systemCode(error) ?? 'it failed')])
    }
  }
  const ask: Repository['ask'] = (argv, given) => {
    const { status, out, err } = run(argv, given)
    if (status !== 0) throw new InputError([problems.noGit(err.split('\n')[0] ?? `it ended with ${status}`)])
    return out
  }
  const own = text(ask(['rev-parse', '--show-toplevel'])).replace(/\r?\n$/, '')
  if (io.real(resolve(top, own)) !== top) {
    throw new InputError([problems.noGit(`the files of the repository in ${JSON.stringify(top)} lie elsewhere`)])
  }
  return { top, run, ask }
}

/**
 * The full id of a commit.
 *
 * @param ref - a branch, tag or commit, as git names it
 * @throws {InputError} NO_REVISION, also if branches and tags of that name point to different commits: git would pick
 *   one, and anyone who can create a branch could influence which
 */
export const findCommit = (ref: string, { run, ask }: Repository): string => {
  const refuse = (why: string, fix?: string): never => {
    throw new InputError([{ ...problems.noRevision(ref, why), ...(fix === undefined ? {} : { fix }) }])
  }
  // A name with a leading hyphen would be read as a flag, and no ref begins with one.
  if (ref.startsWith('-') || ref === '') refuse('it is not a valid name of a commit')
  const found = run(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
  if (found.status !== 0) refuse(found.err || 'it is not in this repository')
  const [, name = ref] = /^(.+?)(?:[~^]|@\{|$)/.exec(ref) ?? []
  const places = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'].map(place => place + name)
  const known = [...places, `refs/remotes/${name}/HEAD`]
  const listed = text(ask(['for-each-ref', '--format=%(refname) %(objectname) %(*objectname)', ...known]))
  const same = listed.split('\n').flatMap(line => {
    const [whole = '', id, peeled] = line.split(' ')
    return known.includes(whole) ? [{ whole, commit: peeled || id }] : []
  })
  if (new Set(same.map(({ commit }) => commit)).size > 1) {
    const names = same.map(({ whole }) => whole)
    refuse(`${names.join(' and ')} differ`, `write the whole name: git:${names.at(-1)}`)
  }
  return text(found.out).trim()
}

/** Git's output as text. */
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
