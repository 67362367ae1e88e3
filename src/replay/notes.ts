import type { Offer } from '../cost/rates/price-at.ts'
import type { PolicyTerms, ruleFinder } from './choose-policies.ts'
import type { Replayed } from './replay.ts'

/** What was replayed, and when its first request was priced. */
interface Run extends Pick<Replayed, 'rows' | 'models'> {
  /** Whether that was the moment given, not its own. */
  readonly isMoved: boolean
  /** ms since 1970. */
  readonly beginsAt: number
}

type RuleOf = ReturnType<typeof ruleFinder>

/** How the trace was read and priced. */
export const notesOn = (
  run: Run,
  of: {
    /** Those of its format. */
    readonly formatNotes: readonly string[]
    readonly at: string
    readonly block: number
    readonly first: string | null
    readonly rows: PolicyTerms['rows']
    readonly ruleOf: RuleOf
    readonly isOwn: boolean
    readonly lifetime: number | null
  },
): string[] => [
  ...of.formatNotes,
  ...(of.first === null ? [] : clockNote(run, of.at)),
  ...blockNote(of.block, of.ruleOf(of.first, run.beginsAt)),
  ...ruleNote(of.rows.includes('rule') ? run.models.filter(name => !hasRule(of.ruleOf(name, run.beginsAt))) : []),
  ...(of.rows.includes('rule') ? lifetimeNote(of.lifetime) : []),
  ...shortNote(run, of.ruleOf),
  ...textNote(of.isOwn),
]

const lifetimeNote = (lifetime: number | null): string[] =>
  lifetime === null ? [] : ["The lifetime is that of --ttl, in place of the rule's."]

const clockNote = ({ isMoved }: Run, at: string): string[] =>
  isMoved ? [`The first request is priced at ${at}, the others as much later as they came.`] : []

const hasRule = (offer: Offer | null): boolean => offer !== null && offer.caching !== 'unknown'

const ruleNote = (models: readonly (string | null)[]): string[] => {
  const names = models.flatMap(name => name ?? [])
  return names.length === 0
    ? []
    : [`No cache rule is known of ${names.join(', ')}: a cache that forgets nothing stands in for it, a bound.`]
}

/** Where blocks were found, and none counts. */
const shortNote = ({ rows, models, beginsAt }: Run, ruleOf: RuleOf): string[] => {
  const found = rows.filter(({ hitBlocks }) => hitBlocks > 0)
  if (found.length === 0 || found.some(({ cached }) => cached > 0)) return []
  const least = models.flatMap(name => {
    const offer = ruleOf(name, beginsAt)
    return offer?.caching === 'known' ? [`${name} needs ${offer.cacheRule.minimum} tokens`] : []
  })
  return least.length === 0 ? [] : [`Blocks were found, but too few for a hit: ${least.join(', ')}.`]
}

const blockNote = (block: number, offer: Offer | null): string[] =>
  offer?.caching === 'known' && offer.cacheRule.block < block
    ? [
        `Hits are known in blocks of ${block} tokens and this cache matches finer ones: a request may hit up to ${block - 1} tokens more.`,
      ]
    : []

const textNote = (isOwn: boolean): string[] =>
  isOwn ? [] : ["Texts are cut by a vocabulary that stands in for the model's own."]
