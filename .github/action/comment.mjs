import { existsSync, readFileSync } from 'node:fs'
import { annotate, input, oneOf, readEvent, step } from './runner.mjs'

/** Keeps one comment on the pull request. A courtesy: nothing that goes wrong here fails the job. */

const MARKER = '<!-- dsprice-check -->'
const PAGES = 30
/** GitHub takes 65,536 characters. */
const LONGEST = 60_000

const {
  GITHUB_API_URL = 'https://api.github.com',
  GITHUB_GRAPHQL_URL = 'https://api.github.com/graphql',
  GITHUB_REPOSITORY = '',
} = process.env

class Unanswered extends Error {}

const call = async (method, url, body) => {
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${input('TOKEN')}`,
      'content-type': 'application/json',
      'user-agent': 'dsprice-check',
      'x-github-api-version': '2022-11-28',
    },
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(error => {
    throw new Unanswered(`GitHub cannot be reached (${error.cause?.code ?? error.name})`)
  })
  return { status: response.status, answer: await response.json().catch(() => null) }
}

const must = async (method, path, body) => {
  const { status, answer } = await call(method, `${GITHUB_API_URL}${path}`, body)
  if (status < 300) return answer
  throw Object.assign(new Unanswered(`GitHub answered ${status} to ${method} ${path}`), { status })
}

/** The marker tells our comments from others', the key those of several checks from each other. */
const headOf = key => `${MARKER}\n<!-- ${encodeURIComponent(key).replaceAll('--', '-%2D')} -->\n`

const bodyOf = (text, head) => {
  const body = text.startsWith(MARKER) ? text.slice(MARKER.length).trimStart() : text
  if (body.length <= LONGEST) return head + body
  const cut = body.slice(0, body.lastIndexOf('\n', LONGEST))
  return `${head}${cut}\n\nCut here; the summary of the job has all of it.\n`
}

/**
 * Who the token is of, as comments name their author: `github-actions[bot]`. An app's token may not ask REST for its
 * user, but GraphQL for its viewer.
 *
 * @returns `null` where GitHub does not say
 */
const askWhoIAm = async () => {
  const { status, answer } = await call('POST', GITHUB_GRAPHQL_URL, { query: '{ viewer { login } }' })
  if (status === 200 && typeof answer?.data?.viewer?.login === 'string') return answer.data.viewer.login
  const user = await call('GET', `${GITHUB_API_URL}/user`)
  return user.status === 200 ? user.answer.login : null
}

/**
 * Our own comments. Another's that begins with the marker is left alone, as who wrote it could change it again. Where it
 * is not known who we are we are an app, and any app's may be ours.
 */
const findOurs = async (path, head) => {
  const me = await askWhoIAm()
  const isOurs = ({ user }) => (me === null ? user?.type === 'Bot' : user?.login === me)
  const found = []
  for (let page = 1; page <= PAGES; page++) {
    const comments = await must('GET', `${path}?per_page=100&page=${page}`)
    found.push(...comments.filter(one => isOurs(one) && one.body?.replaceAll('\r\n', '\n').startsWith(head)))
    // Who we are being known, the first is it.
    if (comments.length < 100 || (me !== null && found.length > 0)) break
  }
  return found
}

/** @returns whether it was ours to change */
const change = async ({ id }, body) => {
  const path = `/repos/${GITHUB_REPOSITORY}/issues/comments/${id}`
  try {
    await must('PATCH', path, { body })
    return true
  } catch (error) {
    if ([403, 404].includes(error.status)) return false
    throw error
  }
}

const isWorthTelling = () => {
  const result = input('RESULT')
  if (oneOf('COMMENT', ['true', 'changed', 'false']) === 'true' || input('EXIT_CODE') !== '0' || result === '')
    return true
  return JSON.parse(readFileSync(result, 'utf8')).check.changes.some(({ state }) => state !== 'same')
}

const write = async (number, text) => {
  const path = `/repos/${GITHUB_REPOSITORY}/issues/${number}/comments`
  const head = headOf(input('KEY'))
  const body = bodyOf(text, head)
  for (const ours of await findOurs(path, head)) if (await change(ours, body)) return
  if (isWorthTelling()) await must('POST', path, { body })
}

const told = async () => {
  const number = readEvent().pull_request?.number
  oneOf('COMMENT', ['true', 'changed', 'false'])
  if (!Number.isSafeInteger(number)) return console.log('This is no pull request, so there is nothing to comment on.')
  if (input('TOKEN') === '')
    return annotate('notice', 'No token, so no comment; the report is in the summary of the job.')
  if (!existsSync(input('MARKDOWN'))) return annotate('warning', 'No comment: there is no report to write.')
  try {
    await write(number, readFileSync(input('MARKDOWN'), 'utf8'))
  } catch (error) {
    if ([401, 403, 404].includes(error.status)) {
      const fix =
        'the report is in the summary of the job; a comment needs pull-requests: write, which forks do not get'
      annotate('notice', `The token may not comment (${error.status}): ${fix}.`)
    } else if (error instanceof Unanswered) annotate('warning', `No comment: ${error.message}.`)
    else throw error
  }
}

await step(told)
