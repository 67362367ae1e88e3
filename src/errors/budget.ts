// Budgets, baselines and git commits.
import type { Problem } from './problem.ts'
import { list, quoted } from './words.ts'

export const noBudget = (): Problem => ({
  code: 'NO_BUDGET',
  exit: 2,
  what: 'there is nothing to check: no scenario has a budget, and no dsprice.config.yaml sets one',
  fix: 'add budget: {per_month: 400} to a scenario, or total: {per_month: 400} to dsprice.config.yaml',
})

/** @param keys - the limits that there are: usage can be held to none of them */
export const noUsageBudget = (scenario: string | null, keys: readonly string[]): Problem => ({
  code: 'NO_BUDGET',
  exit: 2,
  what: `there is nothing to hold usage to: ${scenario === null ? "the configuration's total" : quoted(scenario)} has ${
    keys.length === 0 ? 'no limit' : `only ${list(keys)}, for which usage has no period and no baseline`
  }`,
  fix:
    scenario === null ? 'add total: {per_month: 400}, or name a scenario that has limits: --scenario NAME' : HOLD_MONTH,
})

const HOLD_MONTH = 'add budget: {per_month: 400} or {per_request: 0.02} to the scenario'

export const notPaced = (key: string): Problem => ({
  code: 'NOT_PACED',
  exit: 2,
  what: `${key} needs traffic over time, but this scenario is a run`,
  fix: 'write per_period, which limits one run, or set traffic.per',
})

export const noCalendar = (): Problem => ({
  code: 'NOT_PACED',
  exit: 2,
  what: 'a forecast needs traffic over time, but this scenario is a run',
  fix: 'set traffic.per to hour, day, week or month',
})

export const noRequests = (): Problem => ({
  code: 'NO_REQUESTS',
  exit: 2,
  what: 'per_request needs requests, but totals do not say how many there are',
  fix: 'write per_period or per_month',
})

export const budgetUnknown = (
  name: string,
  view: string,
  { why, fix }: { readonly why: string; readonly fix: string },
): Problem => ({
  code: 'BUDGET_UNKNOWN',
  exit: 3,
  what: `cannot tell whether ${view} of ${name} is within its limit: ${why}`,
  fix,
})

export const noBaseline = (name: string, why: string): Problem => ({
  code: 'NO_BASELINE',
  exit: 2,
  what: `${name} has no baseline: ${why}`,
  fix: 'name a baseline that has it, such as --baseline git:main, or leave --require-baseline out',
})

export const noRevision = (ref: string, why: string): Problem => ({
  code: 'NO_REVISION',
  exit: 2,
  what: `git has no commit ${quoted(ref)} here: ${why}`,
  fix: `fetch it first, such as git fetch --depth=1 origin ${/^[\w./-]+$/.test(ref) ? ref.replace(/^origin\//, '') : 'main'}, or name another`,
})

export const noGit = (why: string): Problem => ({
  code: 'NO_GIT',
  exit: 2,
  what: `git cannot be run here: ${why}`,
  fix: /dubious ownership/.test(why)
    ? 'another user owns the folder; if you trust it: git config --global --add safe.directory "$PWD"'
    : /promisor|lazy|missing/.test(why)
      ? 'the clone is partial: fetch the rest with git fetch --refetch --no-filter, or compare with a file'
      : 'install git and run dsprice inside the repository, or compare with a file: --baseline baseline.json',
})
