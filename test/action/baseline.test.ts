import { afterAll, describe, expect, it } from 'vitest'
import { bot, clean, git, newFolder, newRepository, playIn, pullRequest, resultOf } from './repo.ts'

// What the action compares with, in clones as actions/checkout leaves them.

afterAll(clean)

describe('the baseline', () => {
  const grown = { before: { 'bot.yaml': bot() }, after: { 'bot.yaml': bot('20K') } }
  // 0.1 × 1.74 + 0.02 × 3.48 = 0.2436, which is 0.2436 / 0.2088 − 1 = 16.7% more, and 10% is allowed.

  it.each([1, 2, 100])('is what a pull request is merged into, in a clone of depth %i', async depth => {
    const { workspace, base, event } = pullRequest(grown, { depth })
    const job = await playIn(workspace, { eventName: 'pull_request', event })
    expect(resultOf(job)).toMatchObject({ check: { baseline: { name: `git:${base}`, commit: base } } })
    expect(job).toMatchObject({ code: 1, outputs: { over: 'true' } })
  })

  it('is the merge base where the head itself was checked out', async () => {
    const { workspace, event } = pullRequest(grown, { depth: 100 })
    git(workspace, 'checkout', '-q', 'HEAD^2')
    const job = await playIn(workspace, { event })
    const base = git(workspace, 'rev-parse', 'HEAD^')
    expect(resultOf(job)).toMatchObject({ check: { baseline: { commit: base } } })
    expect(job.code).toBe(1)
  })

  it('cannot be fetched: the check fails instead of passing', async () => {
    const { workspace, event } = pullRequest(grown)
    git(workspace, 'remote', 'set-url', 'origin', newFolder())
    const job = await playIn(workspace, { event })
    expect(job).toMatchObject({ code: 2, outputs: { 'exit-code': '2' } })
    expect(job.log).toMatch(/^::error title=dsprice check::Cannot fetch the commit [0-9a-f]{40} .*fetch-depth: 2/m)
  })

  it('is none outside of a pull request, which is no failure unless it is required', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot() })
    const job = await playIn(folder)
    expect(resultOf(job)).toMatchObject({ check: { exit: 0, baseline: { kind: 'none' } } })
    const held = await playIn(folder, { inputs: { 'require-baseline': 'true' } })
    expect(held.code).toBe(2)
  })

  it('none turns it off; a commit can be named; a merge queue names its own', async () => {
    const { workspace, event } = pullRequest(grown, { depth: 100 })
    const off = await playIn(workspace, { inputs: { baseline: 'none' }, event })
    expect(off).toMatchObject({ code: 0 })
    const base = git(workspace, 'rev-parse', 'HEAD^')
    const named = await playIn(workspace, { inputs: { baseline: `git:${base}` } })
    expect(named).toMatchObject({ code: 1 })
    const queue = { merge_group: { base_sha: base } }
    expect(await playIn(workspace, { event: queue })).toMatchObject({ code: 1 })
  })
})
