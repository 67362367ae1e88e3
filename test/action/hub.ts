import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod'

/** Stands in for GitHub's API on 127.0.0.1: who am I, and the comments of a pull request. */

export interface Comment {
  readonly id: number
  body: string
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' }
}

export interface Hub {
  readonly url: string
  readonly comments: Comment[]
  /** Method and path of every call. */
  readonly calls: string[]
  /** What writing answers; 403 is what a fork's token gets. */
  refuses: number | null
  /** Whether it does not say who an app's token is of. */
  isSilent: boolean
  close(): Promise<void>
}

/** Who each token is of; apps cannot ask REST. */
const OWNERS: Readonly<Record<string, Comment['user']>> = {
  app: { login: 'github-actions[bot]', type: 'Bot' },
  person: { login: 'mona', type: 'User' },
}

const written = z.strictObject({ body: z.string().max(65_536) })

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return written.parse(JSON.parse(Buffer.concat(chunks).toString())).body
}

interface Answer {
  readonly status: number
  readonly value: unknown
}

export const openHub = async (): Promise<Hub> => {
  const comments: Comment[] = []
  const calls: string[] = []
  const answer = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    const owner = OWNERS[request.headers.authorization?.replace(/^Bearer /, '') ?? '']
    if (!owner) return { status: 401, value: { message: 'Bad credentials' } }
    if (url.pathname === '/user')
      return owner.type === 'Bot' ? { status: 403, value: {} } : { status: 200, value: owner }
    if (url.pathname === '/graphql')
      return hub.isSilent ? { status: 403, value: {} } : { status: 200, value: { data: { viewer: owner } } }
    if (request.method === 'GET') {
      const page = Number(url.searchParams.get('page'))
      return { status: 200, value: comments.slice((page - 1) * 100, page * 100) }
    }
    if (hub.refuses !== null)
      return { status: hub.refuses, value: { message: 'Resource not accessible by integration' } }
    const body = await readBody(request)
    if (request.method === 'POST' && url.pathname === '/repos/acme/bots/issues/7/comments') {
      comments.push({ id: 1000 + comments.length, body, user: owner })
      return { status: 201, value: comments.at(-1) }
    }
    const [, id] = /^\/repos\/acme\/bots\/issues\/comments\/(\d+)$/.exec(url.pathname) ?? []
    const found = comments.find(comment => comment.id === Number(id))
    if (request.method !== 'PATCH' || !found) return { status: 404, value: {} }
    if (found.user.login !== owner.login)
      return { status: 403, value: { message: 'Resource not accessible by integration' } }
    found.body = body
    return { status: 200, value: found }
  }
  const server = createServer(async (request, response) => {
    calls.push(`${request.method} ${request.url}`)
    const { status, value } = await answer(request, new URL(request.url ?? '', 'http://127.0.0.1'))
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(value))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const hub: Hub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments,
    calls,
    refuses: null,
    isSilent: false,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
  return hub
}
