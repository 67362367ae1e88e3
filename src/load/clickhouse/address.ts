import { InputError, problems } from '../../errors/index.ts'

/** A table in ClickHouse, as `clickhouse://[user@]host[:port]/db.table` names it. */
export interface Address {
  /** Without anything that is secret. */
  readonly name: string
  readonly secure: boolean
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly table: string
  /** Seconds that one query may take. */
  readonly timeout: number
  /** Whether rows are merged as they are read. */
  readonly final: boolean
}

const FORM = 'clickhouse://user@host:8123/database.table'
const PASSWORD = 'DSPRICE_CLICKHOUSE_PASSWORD'
const DEFAULT_TIMEOUT = 600
const MOST_TIMEOUT = 86_400

/** Whether a source is meant as the address of a table, be it right or wrong. */
export const isAddress = (source: string): boolean => /^clickhouses?:/i.test(source)

/**
 * Reads an address. No message repeats it, as it may hold a password where none belongs.
 *
 * @throws {InputError} BAD_ADDRESS
 */
export const readAddress = (source: string): Address => {
  const url = parsed(source)
  const { timeout, final } = queryOf(url)
  const secure = url.protocol.toLowerCase() === 'clickhouses:'
  const [, database, table] = /^\/([^/.]+)\.([^/]+)$/.exec(decoded(url.pathname)) ?? []
  if (database === undefined || table === undefined) return refuse('the address names no table', `write ${FORM}`)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (host === '') refuse('the address names no server', `write ${FORM}`)
  const user = decoded(url.username) || 'default'
  if (user.includes(':')) refuse('the name of a user may have no colon', `write ${FORM}`)
  const port = url.port === '' ? (secure ? 8443 : 8123) : Number(url.port)
  const login = url.username === '' ? '' : `${url.username}@`
  const name = `${url.protocol}//${login}${url.hostname}:${port}/${database}.${table}`
  return { name, secure, host, port, user, database, table, timeout, final }
}

const parsed = (source: string): URL => {
  let url: URL | undefined
  try {
    url = new URL(source)
  } catch {
    // Told below, without the parser's own words, which repeat the address.
  }
  // What cannot be parsed may be a password with a #, / or ? in it.
  if (url?.password || /^[^:]*:\/*[^/@]*:[^/]*@|[?&](password|key)=/i.test(source)) {
    refuse('an address may hold no password: it would be in the list of processes', `export ${PASSWORD}=… instead`)
  }
  if (!url || !/^clickhouses?:\/\//i.test(source) || url.hash !== '') {
    return refuse('the address is not of the form that is known', `write ${FORM}`)
  }
  return url
}

const queryOf = ({ searchParams }: URL): Pick<Address, 'timeout' | 'final'> => {
  for (const key of searchParams.keys()) {
    if (key !== 'timeout' && key !== 'final')
      refuse('an address may end in ?timeout=SECONDS and final=1, no more', `write ${FORM}?timeout=60`)
  }
  const timeout = searchParams.get('timeout') ?? `${DEFAULT_TIMEOUT}`
  if (!/^[1-9]\d{0,4}$/.test(timeout) || Number(timeout) > MOST_TIMEOUT)
    refuse(`timeout must be a number of seconds up to ${MOST_TIMEOUT}`, `write ${FORM}?timeout=60`)
  const final = searchParams.get('final') ?? '0'
  if (final !== '0' && final !== '1') refuse('final must be 0 or 1', `write ${FORM}?final=1`)
  return { timeout: Number(timeout), final: final === '1' }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return refuse('the address has a % that begins no escape', 'write %25 for a %')
  }
}

const refuse = (what: string, fix: string): never => {
  throw new InputError([problems.badAddress(what, fix)])
}
