import type { CacheRule } from '../../../src/model/book/book.ts'
import type { Mark } from '../../../src/model/scenario/marks.ts'

/**
 * A provider's cache played through call by call: a set of beginnings of texts, each with the moment at which it is
 * forgotten. It knows texts and moments, and none of the formulas.
 */

/** A text: pieces that are the same wherever they have the same name, with their tokens. */
export type Text = readonly { readonly name: string; readonly tokens: number }[]

const lengthOf = (text: Text): number => text.reduce((sum, { tokens }) => sum + tokens, 0)
const nameOf = (text: Text): string => text.map(({ name, tokens }) => `${name}:${tokens}`).join(' ')
const written = (...pieces: Text): Text => pieces.filter(({ tokens }) => tokens > 0)

/** The beginning that two texts have in common. */
const common = (a: Text, b: Text): Text => {
  let same = 0
  while (same < a.length && a[same]?.name === b[same]?.name) same++
  return a.slice(0, same)
}

const begins = (text: Text, beginning: Text): boolean => common(text, beginning).length === beginning.length

export interface Talk {
  readonly turns: number
  readonly gap: number
  readonly history: boolean
  readonly kept: boolean
  readonly shared: number
  readonly session: number
  readonly turn: number
  readonly context: number
  readonly output: number
  readonly reasoning: number
}

/** One call: its prompt, the places of its marks, and the answer as it is stored behind the prompt. */
interface Sent {
  readonly prompt: Text
  readonly places: Readonly<Record<Mark | 'newest', Text>>
  readonly answered: Text
}

/** Call k of a conversation, 1 the first. */
const sendCall = (talk: Talk, who: number, k: number): Sent => {
  const { shared, session, turn, context, output, reasoning, history, kept } = talk
  const thought = (j: number) => ({ name: `thought ${who}.${j}`, tokens: reasoning })
  const said = (j: number) => ({ name: `said ${who}.${j}`, tokens: output - reasoning })
  const asked = (j: number) => ({ name: `asked ${who}.${j}`, tokens: turn })
  const opening = written({ name: 'shared', tokens: shared })
  const own = written(...opening, { name: `session ${who}`, tokens: session })
  const before = Array.from({ length: history ? k - 1 : 0 }, (_, i) => i + 1).flatMap(j => [
    asked(j),
    ...(kept ? [thought(j)] : []),
    said(j),
  ])
  const upTo = written(...own, ...before, asked(k))
  const prompt = written(...upTo, { name: `context ${who}.${k}`, tokens: context })
  return {
    prompt,
    places: { shared: opening, session: own, prompt: upTo, newest: prompt },
    answered: written(...prompt, thought(k), said(k)),
  }
}

export interface Found {
  readonly prompt: number
  readonly read: number
  readonly written: number
}

/** What is remembered: a text, and from when on no longer. */
interface Kept {
  readonly text: Text
  readonly until: number
}

export type Rule = Pick<CacheRule, 'match' | 'block' | 'minimum' | 'stores_output'>

/** A cache of one rule; each call is answered with what it read and wrote. */
export const cacheOf = (rule: Rule, lifetime: number, marks: readonly (Mark | 'newest')[]) => {
  const entries = new Map<string, Kept>()
  let seen: Kept[] = []
  const remember = (text: Text, now: number): void => {
    if (text.length > 0) entries.set(nameOf(text), { text, until: now + lifetime })
  }
  const alive = (now: number): Text[] => {
    for (const [name, { until }] of entries) if (until < now) entries.delete(name)
    seen = seen.filter(({ until }) => until >= now)
    return [...entries.values()].map(({ text }) => text)
  }
  const whole = (tokens: number): number => {
    const blocks = Math.floor(tokens / rule.block) * rule.block
    return blocks < rule.minimum ? 0 : blocks
  }
  const most = (all: readonly number[]): number => Math.max(0, ...all)

  const call = ({ prompt, places, answered }: Sent, now: number): Found => {
    const known = alive(now)
    const found = known.filter(text => begins(prompt, text))
    // A use renews whatever begins the prompt.
    for (const text of found) remember(text, now)
    const asked = { prompt: lengthOf(prompt) }
    if (rule.match === 'marks') {
      const ends = marks.map(mark => places[mark]).filter(text => text.length > 0 && lengthOf(text) >= rule.minimum)
      const read = most(found.map(lengthOf))
      for (const text of ends) remember(text, now)
      return { ...asked, read, written: Math.max(0, most(ends.map(lengthOf)) - read) }
    }
    if (rule.match === 'blocks') {
      const read = whole(most(known.map(text => lengthOf(common(prompt, text)))))
      remember(rule.stores_output ? answered : prompt, now)
      return { ...asked, read, written: 0 }
    }
    const read = whole(most(found.map(lengthOf)))
    for (const { text } of seen) {
      const both = common(prompt, text)
      if (both.length < prompt.length && both.length < text.length) remember(both, now)
    }
    remember(prompt, now)
    remember(answered, now)
    seen.push({ text: prompt, until: now + lifetime })
    return { ...asked, read, written: 0 }
  }
  return { call }
}

/** Conversations one after the other, without a pause: `per: run`. */
export const playRun = (talk: Talk, requests: number, cache: ReturnType<typeof cacheOf>): Found => {
  const sum = { prompt: 0, read: 0, written: 0 }
  let now = 0
  for (let who = 1; who <= requests; who++) {
    for (let k = 1; k <= talk.turns; k++) {
      if (k > 1) now += talk.gap
      add(sum, cache.call(sendCall(talk, who, k), now))
    }
  }
  return sum
}

const add = (sum: { prompt: number; read: number; written: number }, found: Found): void => {
  sum.prompt += found.prompt
  sum.read += found.read
  sum.written += found.written
}

/** Conversations that begin at these moments, each with what all its calls read and wrote, in the order of starts. */
export const playArrivals = (talk: Talk, starts: readonly number[], cache: ReturnType<typeof cacheOf>): Found[] => {
  const sums = starts.map(() => ({ prompt: 0, read: 0, written: 0 }))
  const calls = starts
    .flatMap((start, who) =>
      Array.from({ length: talk.turns }, (_, i) => ({ who, k: i + 1, now: start + i * talk.gap })),
    )
    .sort((a, b) => a.now - b.now || a.who - b.who || a.k - b.k)
  for (const { who, k, now } of calls) {
    const sum = sums[who]
    if (sum) add(sum, cache.call(sendCall(talk, who, k), now))
  }
  return sums
}
