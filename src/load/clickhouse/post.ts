import type { IncomingMessage } from 'node:http'
import type { Address } from './address.ts'

export interface Answered {
  readonly status: number
  readonly text: string
}

/** What a server answered, or why it did not. */
export type Answer =
  | Answered
  /** `code`: of the system, such as ECONNREFUSED; TIMEOUT, NO_CONNECTION, CUT_SHORT and TOO_LONG are ours. */
  | { readonly failed: string; readonly code: string }

export interface Post {
  readonly sql: string
  /** Parameters of the interface and settings of the query. */
  readonly params: ReadonlyMap<string, string>
  readonly password: string
  /** Milliseconds until the whole answer must be there. */
  readonly patience: number
}

/** Milliseconds for a connection, TLS included: a packet may be dropped, or something else listen. */
const CONNECT_WAIT = 10_000

/** An answer has a row for each group; beyond this there are too many of them for one report. */
const MOST_BYTES = 256 * 2 ** 20

/**
 * Sends one query to a server over HTTP. The only place of dsprice that opens a network connection: to the host that
 * the user typed, without proxies, redirects or a second try.
 */
export const post = async (
  { secure, host, port, user }: Address,
  { sql, params, password, patience }: Post,
): Promise<Answer> => {
  const { request } = secure ? await import('node:https') : await import('node:http')
  const body = Buffer.from(sql)
  const login = Buffer.from(`${user}:${password}`).toString('base64')
  const headers = {
    authorization: `Basic ${login}`,
    'content-type': 'text/plain; charset=UTF-8',
    'content-length': body.length,
  }
  const path = `/?${new URLSearchParams([...params])}`
  return new Promise(done => {
    const sent = request({ host, port, path, method: 'POST', headers, agent: false })
    const timer = setTimeout(() => fail('TIMEOUT', 'no answer in time'), patience)
    const connecting = setTimeout(() => fail('NO_CONNECTION', 'no connection within 10 s'), CONNECT_WAIT)
    const fail = (code: string, failed: string): void => {
      finish({ code, failed })
      sent.destroy()
    }
    const finish = (answer: Answer): void => {
      clearTimeout(timer)
      clearTimeout(connecting)
      done(answer)
    }
    sent.on('socket', socket => socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(connecting)))
    sent.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'UNKNOWN', error.message))
    sent.on('response', answer => take(answer, { finish, fail }))
    sent.end(body)
  })
}

interface Ends {
  readonly finish: (answer: Answer) => void
  readonly fail: (code: string, why: string) => void
}

const take = (answer: IncomingMessage, { finish, fail }: Ends): void => {
  const pieces: Buffer[] = []
  let bytes = 0
  answer.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > MOST_BYTES) fail('TOO_LONG', `the answer has more than ${MOST_BYTES / 2 ** 20} MiB`)
    else pieces.push(piece)
  })
  answer.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'UNKNOWN', error.message))
  answer.on('end', () => {
    // Without one of these, the end of a connection would look like the end of an answer.
    const { headers } = answer
    const told = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    if (!answer.complete || !told) return fail('CUT_SHORT', 'the answer was cut short')
    finish({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() })
  })
}
