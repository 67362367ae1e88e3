import { defineConfig } from 'vitest/config'

/** Files that start programs by the dozen, or work on megabytes. `npm run check` leaves them and the browser's out; `npm test` and `.ci/run` do not. */
export const SLOW = [
  'test/action/baseline.test.ts',
  'test/action/comment.test.ts',
  'test/action/docs.test.ts',
  'test/action/run.test.ts',
  'test/commands/check-git.test.ts',
  'test/commands/check-names.test.ts',
  'test/commands/check.test.ts',
  'test/commands/completion-hostile.test.ts',
  'test/commands/completion-shells.test.ts',
  'test/commands/diff.test.ts',
  'test/commands/pipe.test.ts',
  'test/disk/write-file.test.ts',
  'test/exit.test.ts',
  'test/load/git/checkout.test.ts',
  'test/load/git/revision.test.ts',
  'test/package.test.ts',
  'test/scaling.test.ts',
  'test/startup.test.ts',
  'test/tokens/bpe/hostile.test.ts',
  'test/tokens/tokenizers.property.test.ts',
]

/** Tests on real servers, which `.ci/steps/clickhouse.sh` provides; elsewhere they are passed over. */
const SERVERS = ['test/load/clickhouse/*.server.test.ts']

/** Files that drive the page in Chromium, and are skipped where there is none. */
const BROWSER = 'test/browser/*.test.ts'

export default defineConfig({
  test: {
    globalSetup: 'test/build.ts',
    // THOROUGH=1, which .ci/run sets, tries every law some times as often.
    setupFiles: 'test/laws.ts',
    // Nothing here keeps state between files, so none needs a process of its own. Two processes rather than threads of
    // one: starting a program copies the page tables of the process that starts it.
    pool: 'forks',
    maxWorkers: '100%',
    isolate: false,
    // Ends what hangs. How fast things are is measured in bench/: a machine that is busy is no fault.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'fast', include: ['test/**/*.test.ts'], exclude: [...SLOW, ...SERVERS, BROWSER] },
      },
      { extends: true, test: { name: 'slow', include: SLOW } },
      { extends: true, test: { name: 'clickhouse', include: SERVERS } },
      { extends: true, test: { name: 'browser', include: [BROWSER] } },
    ],
  },
})
