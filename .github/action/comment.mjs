import { existsSync, readFileSync } from 'node:fs'
import { annotate, input, oneOf, readEvent, step } from './runner.mjs'

/** Keeps one comment on the pull request. A courtesy: nothing that goes wrong here fails the job. */

const MARKER = '<!-- dsprice-check -->'
const PAGES = 30
/** GitHub takes 65,536 characters. */
const LONGEST = 60_000

const { GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY = '' } = process.env

class Unanswered extends Error {}

const call = async (method, path, body) => {
  const response = await fetch(`${GITHUB_API_URL}${path}`, {
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
  const { status, answer } = await call(method, path, body)
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
 * Our own comment. Another's that begins with the marker is left alone, as who wrote it could change it again: an
 * app's token is of a bot and cannot ask who it is, a person's can.
 */
const findOurs = async (path, head) => {
  const { status, answer: me } = await call('GET', '/user')
  const isOurs = ({ user }) => (status === 200 ? user?.login === me.login : user?.type === 'Bot')
  for (let page = 1; page <= PAGES; page++) {
    const comments = await must('GET', `${path}?per_page=100&page=${page}`)
    const found = comments.find(comment => isOurs(comment) && comment.body?.replaceAll('\r\n', '\n').startsWith(head))
    if (found || comments.length < 100) return found
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
  const ours = await findOurs(path, head)
  if (ours) return must('PATCH', `/repos/${GITHUB_REPOSITORY}/issues/comments/${ours.id}`, { body: bodyOf(text, head) })
  if (isWorthTelling()) return must('POST', path, { body: bodyOf(text, head) })
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
      const mend =
        'the report is in the summary of the job; a comment needs pull-requests: write, which forks do not get'
      annotate('notice', `The token may not comment (${error.status}): ${mend}.`)
    } else if (error instanceof Unanswered) annotate('warning', `No comment: ${error.message}.`)
    else throw error
  }
}

await step(told)
