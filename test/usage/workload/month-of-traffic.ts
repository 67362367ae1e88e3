import type { UsageRecord } from '../../../src/usage/record.ts'
import { recordWith } from '../build.ts'

/** Months of traffic from a seed, as logs have it. */

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Numbers from 0 to 1 that are the same for a seed everywhere (mulberry32). */
const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number

interface Call {
  readonly model: string
  readonly service?: string
  readonly batch?: boolean
  readonly prompt: number
  /** Shares of the prompt. */
  readonly read: number
  readonly written: number
  readonly output: number
  readonly conversation?: string
}

export interface Kind {
  readonly name: string
  /** What the scenario does not know of it. */
  readonly why: string
  /** By how many per cent the scenario then costs more than the records, worked by hand, and how near that must be. */
  readonly off: number
  readonly within: number
  readonly from: string
  readonly days: number
  readonly timezone: string
  /** Calls of a day of the week, 0 is Sunday. */
  readonly callsOn: (weekday: number) => number
  /** Local hours of the calls, each as likely. */
  readonly hours: readonly [number, number]
  readonly call: (random: Random, count: number) => Call
}

/** Skewed as lengths are: from the least to e^spread times it. */
const length = (random: Random, least: number, spread: number): number =>
  Math.round(least * Math.exp(random() * spread))

const deepseek = (random: Random): Call => ({
  model: 'deepseek-v4-pro',
  prompt: length(random, 1000, 3),
  read: 0.9 * random(),
  written: 0,
  output: length(random, 60, 2.5),
})

const claude = (random: Random): Call => {
  const read = 0.8 * random()
  return { ...deepseek(random), model: 'claude-sonnet-4.6', read, written: (1 - read) * random() }
}

const OFFICE = (weekday: number): number => (weekday === 0 || weekday === 6 ? 0 : 120)

const CHINA = { timezone: 'Asia/Shanghai', callsOn: OFFICE, hours: [8, 20] } as const

export const KINDS: readonly Kind[] = [
  {
    name: 'one model, caches',
    why: 'rounding of lengths',
    off: 0,
    within: 0.1,
    from: '2026-11-02',
    days: 28,
    timezone: 'UTC',
    callsOn: () => 100,
    hours: [0, 24],
    call: claude,
  },
  {
    name: 'conversations',
    why: 'the same',
    off: 0,
    within: 0.1,
    from: '2026-11-02',
    days: 28,
    timezone: 'UTC',
    callsOn: () => 100,
    hours: [0, 24],
    call: (random, count) => ({ ...claude(random), conversation: `c${Math.floor(count / 3.5)}` }),
  },
  {
    name: 'peak hours on working days',
    why: 'long calls at chance hours',
    off: 0,
    within: 1,
    ...CHINA,
    from: '2026-11-02',
    days: 28,
    call: deepseek,
  },
  {
    name: 'peak hours, weekends at a third',
    why: 'weekends are spread like other days, and their calls cost off-peak rates',
    // 7 of 12 hours cost twice: 600 calls x 19/12 + 80 = 1,030 a week; spread evenly, 680 x (5 x 19/12 + 2) / 7 = 963.3.
    off: -6.47,
    within: 1,
    ...CHINA,
    from: '2026-11-02',
    days: 28,
    callsOn: weekday => (OFFICE(weekday) === 0 ? 40 : 120),
    call: deepseek,
  },
  {
    name: 'peak hours, a week of holidays',
    why: 'a plain week has no holidays',
    // 5 of 20 working days at 1 instead of 19/12: 20 x 19/12 / (15 x 19/12 + 5).
    off: 10.14,
    within: 1.5,
    ...CHINA,
    from: '2026-09-28',
    days: 28,
    call: deepseek,
  },
  {
    name: 'a price change in the middle',
    why: 'prices are those of the last day',
    // 10 days at $0.435, $0.003625 and $0.87, 10 at $0.66, $0.022 and $1.98 x 19/12: with 3,542 tokens in, 2,895
    // cached and 266 out $0.0017827 and $0.0046362 a call; all at the latter.
    off: 44.46,
    within: 2,
    ...CHINA,
    from: '2026-08-03',
    days: 28,
    call: deepseek,
  },
  {
    name: 'five models, services, batches',
    why: 'sizes of legs are rounded to four decimals',
    off: 0,
    within: 0.1,
    from: '2026-11-02',
    days: 28,
    timezone: 'UTC',
    callsOn: () => 150,
    hours: [0, 24],
    call: random => {
      const of = random()
      if (of < 0.5) return { ...claude(random), batch: random() < 0.3 }
      if (of < 0.7) return { ...deepseek(random), model: 'gpt-5.5', ...(random() < 0.4 ? { service: 'flex' } : {}) }
      if (of < 0.8) return { ...claude(random), model: 'claude-opus-4.7' }
      if (of < 0.9) return { ...deepseek(random), model: 'claude-haiku-4.5', output: 4000 }
      return { ...deepseek(random), model: 'deepseek-v4-flash', read: 0 }
    },
  },
  {
    name: 'length tiers',
    why: 'the same',
    off: 0,
    within: 0.1,
    from: '2026-11-02',
    days: 28,
    timezone: 'UTC',
    callsOn: () => 60,
    hours: [0, 24],
    call: random => ({ ...deepseek(random), model: 'gemini-2.5-pro', prompt: length(random, 20_000, 3) }),
  },
]

/** The records of a kind of traffic. */
export const monthOf = ({ from, days, timezone, callsOn, hours, call }: Kind, seed: number): UsageRecord[] => {
  const random = randomFrom(seed)
  const offset = timezone === 'UTC' ? 0 : 8 * HOUR
  const found: UsageRecord[] = []
  for (let day = 0; day < days; day++) {
    const midnight = Date.parse(from) + day * DAY
    for (let i = callsOn(new Date(midnight).getUTCDay()); i > 0; i--) {
      const hour = hours[0] + random() * (hours[1] - hours[0])
      found.push(recordOf(Math.floor(midnight - offset + hour * HOUR), call(random, found.length)))
    }
  }
  return found.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
}

const recordOf = (at: number, { prompt, read, written, conversation, ...call }: Call): UsageRecord => {
  const [cache_read, cache_write] = [Math.floor(prompt * read), Math.floor(prompt * written)]
  return {
    ...recordWith({ at: new Date(at).toISOString() }),
    model: call.model,
    service: call.service ?? null,
    batch: call.batch ?? false,
    input: prompt - cache_read - cache_write,
    cache_read,
    cache_write,
    output: call.output,
    keys: conversation === undefined ? {} : { conversation },
  }
}
