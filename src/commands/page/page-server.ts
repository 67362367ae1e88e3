import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** A server of one page, for this machine alone. */
export interface PageServer {
  /** Where the page is, with its token. */
  readonly address: string
  /** Tells every open page to load anew. */
  announce(): void
  /** Ends it with all its connections. */
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'

/** Where pages hear of changes, relative to the page. */
export const EVENTS = 'events'

/** Nobody else's page may read, frame or keep it, or learn its address. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/**
 * Serves one page on the loopback interface, below a path that nobody can guess. A request must name this machine as its
 * host: a name that an attacker's DNS leads here is refused.
 *
 * @param port - 0: any that is free
 * @param page - the page's HTML as it is now
 * @throws the system's error if the port cannot be had
 */
export const startPageServer = async (port: number, page: () => string): Promise<PageServer> => {
  const root = `/${randomBytes(16).toString('hex')}/`
  const listening = new Set<ServerResponse>()
  const hear = (request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' }).flushHeaders()
    listening.add(response)
    request.on('close', () => listening.delete(response))
  }
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, portOf(server))
    const isPage = isSame(request.url, root)
    if (refusal !== null) refuse(response, refusal)
    else if (!isPage && !isSame(request.url, root + EVENTS)) refuse(response, 404)
    else if (isPage) response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' }).end(page())
    else hear(request, response)
  })
  await listen(server, port)
  return {
    address: `http://${LOOPBACK}:${portOf(server)}${root}`,
    announce: () => {
      for (const response of listening) response.write('data: changed\n\n')
    },
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Why a request is refused whatever it asks for; `null`: it is not. */
const refusalOf = ({ headers: { host }, method }: IncomingMessage, port: number): number | null => {
  const own = [LOOPBACK, 'localhost'].flatMap(name => [`${name}:${port}`, ...(port === 80 ? [name] : [])])
  if (host === undefined || !own.includes(host)) return 403
  return method === 'GET' ? null : 405
}

const refuse = (response: ServerResponse, status: number): void => {
  response.writeHead(status, { ...HEADERS, ...(status === 405 ? { allow: 'GET' } : {}) }).end()
}

/** Takes equally long wherever two paths of one length differ. */
const isSame = (given: string | undefined, path: string): boolean => {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(path)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, LOOPBACK, () => done())
  })
