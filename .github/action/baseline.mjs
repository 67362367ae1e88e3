import { annotate, input, printPlain, readEvent, run } from './runner.mjs'

/** What a pull request is compared with, and its commit brought here where a shallow clone lacks it. */

const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/

// Without a terminal a question for a password would wait for ever.
const git = argv => run('git', argv, { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } })

const isHere = commit => git(['cat-file', '-e', `${commit}^{commit}`]).code === 0

const isShallow = () => git(['rev-parse', '--is-shallow-repository']).out.trim() !== 'false'

/** The parents that HEAD names, also those that a shallow clone has left out. */
const parentsOfHead = () => {
  const [head = ''] = git(['cat-file', 'commit', 'HEAD']).out.split('\n\n')
  return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, commit]) => commit)
}

/**
 * The commit that the change is against. GitHub checks a pull request out as a merge into its base: the first parent is
 * exactly what it is merged into. Where the head itself was checked out it is the merge base, as far as it is known.
 */
const baseOf = ({ pull_request: pull, merge_group: group }) => {
  if (group) return group.base_sha
  if (!pull) return null
  const [first, second] = parentsOfHead()
  if (second === pull.head.sha) return first
  if (!isShallow()) {
    const { code, out } = git(['merge-base', pull.base.sha, 'HEAD'])
    if (code === 0) return out.trim()
  }
  annotate('notice', 'Compared with the tip of the base branch; with fetch-depth: 0 it would be the merge base.')
  return pull.base.sha
}

const fetchCommit = commit => {
  if (isHere(commit)) return
  const depth = isShallow() ? ['--depth=1'] : []
  const { code, err } = git(['fetch', '--quiet', '--no-tags', ...depth, 'origin', commit])
  if (code === 0) return
  printPlain(err)
  // dsprice then says that the commit is not there, and the check fails: an increase must not pass unseen.
  annotate(
    'error',
    `Cannot fetch the commit ${commit} to compare with; set fetch-depth: 2 (or 0) for actions/checkout.`,
  )
}

/** @returns what --baseline gets; empty: there is none */
export const chooseBaseline = () => {
  const written = input('BASELINE')
  if (written === 'none') return ''
  const named = written === '' ? baseOf(readEvent()) : written.startsWith('git:') ? written.slice(4) : null
  if (COMMIT.test(named ?? '')) fetchCommit(named)
  return written === '' && named ? `git:${named}` : written
}
