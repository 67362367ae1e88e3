import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseBaseline } from './baseline.mjs'
import { annotate, dsprice, input, isOn, lines, oneLine, printPlain, setOutput, step } from './runner.mjs'

/** Runs the check once. Outputs: exit-code, result, over; and markdown where there is no result to make it from. */

const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'dsprice-'))

const argumentsOf = result => {
  const baseline = chooseBaseline()
  // A value is glued to its flag and names follow `--`: one that begins with a hyphen is no flag.
  return [
    'check',
    '--json',
    `--output=${result}`,
    ...(baseline === '' ? [] : [`--baseline=${baseline}`]),
    ...(isOn('REQUIRE_BASELINE') ? ['--require-baseline'] : []),
    ...(input('CONFIG') === '' ? [] : [`--config=${input('CONFIG')}`]),
    ...lines('PRICING').map(book => `--pricing=${book}`),
    ...(isOn('STRICT') ? ['--strict'] : []),
    '--',
    ...lines('SCENARIOS'),
  ]
}

const isText = value => typeof value === 'string'

/** The errors of a line; none where it is not the object that dsprice ends with. */
const errorsIn = line => {
  if (!line.startsWith('{"exit":')) return []
  try {
    const { exit, errors } = JSON.parse(line)
    const isError = ({ code, what, fix }) => [code, what, fix].every(isText)
    return Number.isInteger(exit) && errors.every(isError) ? errors : []
  } catch {
    return []
  }
}

/** Errors are one JSON object on a line of stderr, the last such; all else is words, whatever it begins with. */
const readErrors = text => {
  const all = text.split('\n')
  const at = all.findLastIndex(line => errorsIn(line).length > 0)
  return { errors: at < 0 ? [] : errorsIn(all[at]), words: all.filter((_, i) => i !== at).join('\n') }
}

const inWords = ({ code, what, fix, path, at }) => {
  const head = [code, at, path].filter(part => isText(part) && part !== '').join(' ')
  return `error ${oneLine(head)}\n  ${oneLine(what)}\n  fix: ${oneLine(fix)}\n`
}

const escapeHtml = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Without a result there is nothing to render: the errors themselves are the report. */
const reportErrors = (code, errors) => {
  for (const { code: title, what, fix, at } of errors) {
    annotate('error', `${oneLine(what)}\nmend: ${oneLine(fix)}`, { title, place: isText(at) ? at : '' })
  }
  const said = escapeHtml(errors.map(inWords).join('\n') || 'See the log of the job.\n')
  const text = `## dsprice check could not run (exit ${code})\n\n<pre>\n${said}</pre>\n`
  const markdown = join(folder, 'dsprice-check.md')
  writeFileSync(markdown, text)
  setOutput('markdown', markdown)
  if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, text)
}

/** Whether a limit is exceeded that does not only warn. */
const isOver = ({ scenarios, check }) =>
  [...scenarios.flatMap(({ budget }) => budget), ...check.totals].some(
    ({ state, level }) => state === 'over' && level === 'error',
  )

await step(() => {
  const path = join(folder, 'dsprice-check.json')
  const { code, out, err } = dsprice(argumentsOf(path))
  const { errors, words } = readErrors(err)
  printPlain([out, words, ...errors.map(inWords)].filter(text => text.trim() !== '').join('\n'))
  if (!existsSync(path)) {
    // 0 or 1 without a result would be a verdict on nothing.
    const honest = code > 1 ? code : 4
    reportErrors(honest, errors)
    setOutput('exit-code', honest)
    return
  }
  const result = JSON.parse(readFileSync(path, 'utf8'))
  setOutput('result', path)
  setOutput('over', isOver(result))
  setOutput('exit-code', code === 0 ? result.check.exit : code)
})
