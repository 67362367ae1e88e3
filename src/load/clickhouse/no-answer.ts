import { type Problem, problems } from '../../errors/index.ts'
import type { Address } from './address.ts'
import type { Answer } from './post.ts'

/** The server did not answer. */
export type Failed = Extract<Answer, { code: string }>

/** Whether a connection was made, so that a query may be running. */
export const mayRun = ({ code }: Failed): boolean => !NEVER_BEGUN.includes(code)

const NEVER_BEGUN: readonly string[] = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['EPROTO', 'NO_CONNECTION'],
]

/** A query that the server was asked to end, and did not. */
export interface LeftRunning {
  /** Its query_id. */
  readonly id: string
  /** Why. */
  readonly refusal: string
  /** Seconds of the max_execution_time that was sent with it; `null`: the user may set none. */
  readonly limit: string | null
}

/** Why, and what to do. @param left - `null`: nothing goes on */
export const noAnswer = ({ failed, code }: Failed, address: Address, left: LeftRunning | null): Problem => {
  const hint = Object.hasOwn(HINTS, code) ? HINTS[code] : undefined
  const why = hint?.why(address) ?? `${failed} (${code})`
  const fix = (hint?.fix ?? ping)(address)
  if (left === null) return problems.noServer(address.name, { why, fix })
  const until =
    left.limit === null
      ? `as long as the profile of ${address.user} lets it`
      : `until its max_execution_time of ${left.limit} s is over`
  return problems.noServer(address.name, {
    why: `${why}; it was not ended, and may go on ${until}: ${left.refusal}`,
    fix: `${fix}; to end it, as who may: KILL QUERY WHERE query_id = '${left.id}'`,
  })
}

interface Hint {
  readonly why: (address: Address) => string
  readonly fix: (address: Address) => string
}

const ping = ({ host, port, secure }: Address): string =>
  `try curl ${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}/ping`

const longer = (): string => 'cut the time with --since and --until, or end the address in ?timeout=3600'

const HINTS: Readonly<Record<string, Hint>> = {
  ECONNREFUSED: {
    why: () => 'nothing listens there',
    fix: address => `name its HTTP port, mostly 8123, of TLS 8443; ${ping(address)}`,
  },
  ENOTFOUND: { why: () => 'there is no such host', fix: ({ host }) => `check the name ${host}` },
  EAI_AGAIN: {
    why: () => 'the name of the host cannot be looked up',
    fix: ({ host }) => `check the network and the name ${host}`,
  },
  EPROTO: { why: () => 'it does not speak TLS there', fix: () => 'write clickhouse:// for plain HTTP' },
  TIMEOUT: { why: ({ timeout }) => `a query did not end within ${timeout} s`, fix: longer },
  TOO_LONG: {
    why: () => 'its answer is too long for one report',
    fix: () => 'take a --by with fewer values, or cut the time with --since and --until',
  },
}
