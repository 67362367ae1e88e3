import { type Problem, problems } from '../../errors/index.ts'
import { printable } from '../../model/printable.ts'
import type { Address } from './address.ts'
import { quoteName, tableOf } from './names.ts'

/** Characters of a server's own words that are shown. */
const MOST_SHOWN = 300

/** What a server says went wrong. */
export interface ServerError {
  /** ClickHouse's number; 0: it tells none. */
  readonly code: number
  /** Its words, on one line and bounded. */
  readonly text: string
}

/** Reads an answer that is an error: `Code: 60, e.displayText() = DB::Exception: …`, or since 20.x `Code: 60. DB::Exception: …`. */
export const readError = (text: string): ServerError => {
  const [, code = '0', words = text] =
    /^\s*Code: (\d+)[.,]\s*(?:e\.displayText\(\) = )?(?:DB::Exception: )?([\s\S]*)$/.exec(text) ?? []
  const own = words
    .replace(/, e\.what\(\) = DB::Exception\s*$/, '')
    .replace(/ \(version [^()]*(?:\([^()]*\))?\)\s*$/, '')
    .trim()
  const shown = printable(own.slice(0, MOST_SHOWN))
  return { code: Number(code), text: own.length > MOST_SHOWN ? `${shown} …` : shown }
}

/** A shard, or the way to it, that was lost: another replica may answer. */
export const isLost = ({ code }: ServerError): boolean => [32, 209, 210, 279].includes(code)

/** What a server's error means to who typed the address. */
export const problemOf = (error: ServerError, address: Address): Problem => {
  const said = `the server says ${error.text || 'nothing'}${error.code === 0 ? '' : ` (code ${error.code})`}`
  const found = MEANINGS.find(({ codes }) => codes.includes(error.code))
  if (!found) {
    const fix = 'look for this query in system.query_log, or ask who keeps the server'
    return problems.serverFails(address.name, { what: said, fix })
  }
  const what = `${found.what}: ${said}`
  const told = { what, fix: found.fix(address) }
  return found.exit === 2 ? problems.serverRefuses(address.name, told) : problems.serverFails(address.name, told)
}

interface Meaning {
  readonly codes: readonly number[]
  readonly what: string
  readonly fix: (address: Address) => string
  readonly exit: 2 | 3
}

const MEANINGS: readonly Meaning[] = [
  {
    codes: [192, 193, 194, 516],
    what: 'the login is wrong',
    fix: ({ user }) => `export DSPRICE_CLICKHOUSE_PASSWORD=… with the password of ${user}; user@ names another`,
    exit: 2,
  },
  {
    codes: [60, 81],
    what: 'there is no such table',
    fix: ({ database }) => `ask for those there are: SHOW TABLES FROM ${quoteName(database)}`,
    exit: 2,
  },
  {
    codes: [291, 497],
    what: 'this user may not read it',
    fix: address => `have it granted: GRANT SELECT ON ${tableOf(address)} TO ${quoteName(address.user)}`,
    exit: 2,
  },
  {
    codes: [16, 36, 42, 43, 46, 47, 53, 62],
    what: 'an expression for a column is wrong',
    fix: address => `correct the --columns file; the columns there are: DESCRIBE TABLE ${tableOf(address)}`,
    exit: 2,
  },
  {
    codes: [159, 160],
    what: 'the query took too long',
    fix: () => 'cut the time with --since and --until, or end the address in ?timeout=3600',
    exit: 3,
  },
  {
    codes: [158, 191, 241, 307, 396],
    what: 'the query is over a limit of this user',
    fix: () => 'cut the time with --since and --until, or take a --by with fewer values',
    exit: 3,
  },
  {
    codes: [32, 209, 210, 279],
    what: 'a shard did not answer',
    fix: () => 'try again when all of them are up: SELECT * FROM system.clusters',
    exit: 3,
  },
  {
    codes: [181],
    what: 'the table cannot be read with FINAL',
    fix: () => 'take final=1 out of the address',
    exit: 2,
  },
  {
    codes: [164, 452],
    what: 'this user may not do that',
    fix: () => 'give the user a profile with readonly = 2, or one whose constraints leave these settings free',
    exit: 3,
  },
]
