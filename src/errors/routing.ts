// Routing between models, and quality limits.
import type { Problem } from './problem.ts'
import { list } from './words.ts'

export const sharesOff = (
  total: string,
  by: string,
  { over, to }: { readonly over: boolean; readonly to: { readonly model: string; readonly share: string } | null },
): Problem => ({
  code: 'SHARES_OFF',
  exit: 2,
  what: `the shares of the legs must add up to 100%, but add up to ${total}: ${by} too ${over ? 'much' : 'little'}`,
  fix: to ? `write share: ${to.share} for ${to.model}, or change the others` : 'change the shares to add up to 100%',
})

export const oneClusterLeg = (): Problem => ({
  code: 'ONE_CLUSTER_LEG',
  exit: 2,
  what: 'the cluster already serves another leg',
  fix: 'write one leg with self_host: true and the sum of both shares',
})

export const legNeedsCluster = (): Problem => ({
  code: 'LEG_NEEDS_CLUSTER',
  exit: 2,
  what: 'the cluster serves this leg, but its model is missing',
  fix: 'add self_host: {model: deepseek-v4-pro, …}, a model of the price book',
})

export const cannotPromote = (turn: number, why: string): Problem => ({
  code: 'CANNOT_PROMOTE',
  exit: 2,
  what: `no conversation can be promoted at turn ${turn} here`,
  fix: why,
})

export const noFallback = (): Problem => ({
  code: 'NO_FALLBACK',
  exit: 2,
  what: 'fallback_share is set, but there is no fallback',
  fix: 'add fallback: [gpt-5.5], or remove fallback_share',
})

export const routerNeedsRequests = (): Problem => ({
  code: 'ROUTER_NEEDS_REQUESTS',
  exit: 2,
  what: 'the router is billed per request, but totals do not say how many requests there are',
  fix: 'describe one request instead of totals, or remove router',
})

export const notScored = (models: readonly string[]): Problem => ({
  code: 'NOT_SCORED',
  exit: 3,
  what: `${list(models)} ${models.length === 1 ? 'has' : 'have'} no score, so a mean quality with ${models.length === 1 ? 'it' : 'them'} is unknown`,
  fix: `give one: --quality ${models[0]}=1400`,
})

export const keptTwice = (names: readonly string[]): Problem => ({
  code: 'USAGE',
  exit: 2,
  what: `--keep names ${list(names)} twice`,
  fix: 'name each model in one --keep',
})

export const noScores = (models: readonly string[]): Problem => ({
  code: 'NO_SCORES',
  exit: 3,
  what: 'none of the models has a score, so a mean quality cannot be worked out',
  fix: `give some: --quality ${models[0] ?? 'model'}=1400, or quality: {…} in the scenario`,
})

export const notAChoice = (models: readonly string[]): Problem => ({
  code: 'NOT_A_CHOICE',
  exit: 3,
  what: `${list(models)} cannot serve this workload`,
  fix: 'run dsprice route without --keep; it lists why models were left out',
})

export const noSplit = (minimum: string, best: string): Problem => ({
  code: 'NO_SPLIT',
  exit: 3,
  what: `no split reaches a mean quality of ${minimum}: the best is ${best}`,
  fix: `ask for less: --min-quality ${best}`,
})
