import { parseInstant } from '../../model/instant.ts'
import { MAKERS, type NameRule, type Place, placeOf, withoutMaker } from './name-places.ts'

/** A name to look up exactly. */
export interface Candidate {
  readonly name: string
  /** The providers whose models may be meant; `null`: any. */
  readonly providers: readonly string[] | null
  readonly rule: NameRule
}

/** No name of a model is longer; in a longer text none is looked for. */
const LONGEST = 300

/** Snapshots that are billed apart from the name without the date: only a model of that very name is meant. */
const BILLED_APART: ReadonlySet<string> = new Set(['gpt-4o-2024-05-13', 'gpt-4o-20240513'])

type HasProvider = (id: string) => boolean

/**
 * The names that rules make of one that a book does not have, closest first. Those of one list are spellings of each
 * other; the next list is for when the one before it leads nowhere. Their number is bounded.
 *
 * @param hasProvider - whether the book has models of that provider
 */
export const candidatesOf = (written: string, hasProvider: HasProvider): (readonly Candidate[])[] => {
  const place = placeIn(written, hasProvider)
  if (!place) return []
  return [
    ...place.names.map(({ name, rule }) => spelled(place, name, rule)),
    ...place.names.flatMap(({ name, rule }) => {
      const rest = undated(name)
      return rest === null ? [] : [spelled(place, rest, rule === 'weights' || rule === 'profile' ? rule : 'dated')]
    }),
  ]
}

/** What a name comes down to without its path and date, for the search of similar names. */
export const coreOf = (
  written: string,
  hasProvider: HasProvider,
): { readonly core: string; readonly providers: Place['providers'] } => {
  const { providers = null, names = [] } = placeIn(written, hasProvider) ?? {}
  const core = withoutMaker(names.at(-1)?.name ?? written.toLowerCase().slice(written.lastIndexOf('/') + 1))
  return { core: undated(core) ?? core, providers }
}

const placeIn = (written: string, hasProvider: HasProvider): Place | null =>
  written.length > LONGEST ? null : placeOf(written.toLowerCase(), hasProvider)

/** A name in its spellings, alone and behind the id of each provider that may be meant. */
const spelled = ({ providers }: Place, name: string, rule: NameRule): Candidate[] =>
  spellingsOf(name, providers?.includes('fireworks') ?? false).flatMap(one => [
    { name: one, providers, rule },
    ...(providers ?? MAKERS).map(provider => ({ name: `${provider}/${one}`, providers: [provider], rule })),
  ])

/** A name as it stands, with points in its version, and with hyphens. @param withP - whether `4p1` is written for 4.1 */
const spellingsOf = (name: string, withP: boolean): string[] => {
  const plain = withP ? name.replaceAll(/(?<=\d)p(?=\d)/g, '.') : name
  const points = plain.replaceAll(/(?<![\d.])(\d{1,2})-(?=\d{1,2}(?![\da-z]))/g, '$1.')
  return [...new Set([name, points, plain.replaceAll(/(?<=\d)\.(?=\d)/g, '-')])]
}

const DAYS = [
  { length: '-YYYYMMDD'.length, form: /^-(20\d\d)(\d\d)(\d\d)$/ },
  { length: '-YYYY-MM-DD'.length, form: /^-(20\d\d)-(\d\d)-(\d\d)$/ },
] as const

/** A name without the day of its snapshot at the end; `null`: it has none, or is billed apart. */
const undated = (name: string): string | null => {
  if (BILLED_APART.has(name.slice(name.lastIndexOf('/') + 1))) return null
  for (const { length, form } of DAYS) {
    const [, ...day] = form.exec(name.slice(-length)) ?? []
    if (name.length > length && day.length > 0 && parseInstant(day.join('-')) !== undefined) {
      return name.slice(0, -length)
    }
  }
  return null
}
