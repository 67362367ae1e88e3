import { randomUUID } from 'node:crypto'
import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Address } from './address.ts'
import { mayRun, noAnswer } from './no-answer.ts'
import { type Answered, post } from './post.ts'
import { FORMAT, type Row, readAnswer } from './read-answer.ts'
import { isLost, problemOf, readError } from './server-error.ts'
import { ASKED, settle } from './settings.ts'

/** Queries on one server, as one user. */
export interface Session {
  readonly address: Address
  /** The whole answer. @throws {InputError} NO_SERVER, SERVER_REFUSES */
  run(sql: string): Promise<readonly Row[]>
  /** Whether the user may set nothing, and so not ask what the shards have. */
  readonly isFixed: boolean
}

export interface Login {
  readonly address: Address
  readonly password: string
  /** Milliseconds beyond the limit that the server has been told, for it to say so. Default: 10,000. */
  readonly grace?: number | undefined
}

const GRACE = 10_000
const FORMAT_BYTES = 100
/** Milliseconds for a query to be ended: the run is over anyway. */
const LAST_WAIT = 5_000

/**
 * Opens a session that can only read, and in which nothing is left out without an error.
 *
 * @throws {InputError} NO_SERVER, SERVER_REFUSES; UNSAFE_SERVER for each setting by which rows can be lost
 */
export const openSession = async (login: Login): Promise<Session> => {
  const { address } = login
  const found = await run(login, `select name, value from system.settings where ${ASKED}`, new Map())
  const { params, faults, isFixed, longest } = settle(
    found.map(([name, value]) => ({ name: name ?? '', value: value ?? '' })),
    address,
  )
  if (faults.length > 0) throw new InputError(faults)
  return {
    address,
    run: async sql => {
      if (Buffer.byteLength(sql) + FORMAT_BYTES > longest) throw new InputError([tooLong(address, longest)])
      return run(login, sql, params)
    },
    isFixed,
  }
}

/** Where it would be cut, a server would see a fault in it. */
const tooLong = ({ name, user }: Address, longest: number): Problem =>
  problems.serverFails(name, {
    what: `a query is longer than the ${longest} bytes of max_query_size`,
    fix: `cut the time with --since and --until, or give ${user} a max_query_size of 1048576`,
  })

type Params = ReadonlyMap<string, string>

const run = async (login: Login, sql: string, settings: Params): Promise<Row[]> => {
  const { address } = login
  let answer = await ask(login, sql, settings)
  // Another replica may have what was lost with a shard; it is asked once.
  if (answer.status !== 200 && isLost(readError(answer.text))) {
    answer = await ask(login, sql, settings)
  }
  const { status, text } = answer
  const rows = status === 200 ? readAnswer(text) : null
  if (rows) return rows
  const error = readError(text)
  if (error.code !== 0) throw new InputError([problemOf(error, address)])
  const why = `what answers there is not ClickHouse over HTTP (status ${status})`
  throw new InputError([problems.noServer(address.name, { why, fix: 'name its HTTP port, mostly 8123, of TLS 8443' })])
}

/** @throws {InputError} NO_SERVER */
const ask = async (login: Login, sql: string, settings: Params): Promise<Answered> => {
  const { address, password, grace = GRACE } = login
  const id = `dsprice-${randomUUID()}`
  const interrupted = (signal: NodeJS.Signals): void => {
    void kill(login, id).finally(() => process.kill(process.pid, signal))
  }
  process.once('SIGINT', interrupted)
  try {
    // An error after the first bytes of an answer would be the last row of it.
    const params = new Map([['wait_end_of_query', '1'], ['query_id', id], ...settings])
    const patience = address.timeout * 1000 + grace
    const answer = await post(address, { sql: `${sql}\nformat ${FORMAT}`, params, password, patience })
    if (!('code' in answer)) return answer
    const refusal = mayRun(answer) ? await kill(login, id) : null
    const limit = settings.get('max_execution_time') ?? null
    throw new InputError([noAnswer(answer, address, refusal === null ? null : { id, refusal, limit })])
  } finally {
    process.off('SIGINT', interrupted)
  }
}

/**
 * Ends a query whose asker leaves: the server would go on with it.
 *
 * @returns why the server does not; `null`: it does, or is gone
 */
const kill = async ({ address, password }: Login, id: string): Promise<string | null> => {
  const sql = `kill query where query_id = '${id}' async`
  const answer = await post(address, { sql, params: new Map(), password, patience: LAST_WAIT })
  if ('code' in answer) return mayRun(answer) ? answer.failed : null
  if (answer.status === 200) return null
  const { text, code } = readError(answer.text)
  return code === 0 ? text : `${text} (code ${code})`
}
