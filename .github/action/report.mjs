import { dirname, join } from 'node:path'
import { annotate, dsprice, input, printPlain, setOutput, step, visible } from './runner.mjs'

/** Renders the saved result: a table in the log, annotations, and the text of the comment. */

const ANNOTATION = /^::(error|warning|notice)( [^\r]*)?::[^\r]*$/

const render = (format, ...more) => {
  const argv = ['render', `--format=${format}`, '--quiet', ...more, '--', input('RESULT')]
  const { code, out, err } = dsprice(argv, { COLUMNS: '120' })
  if (code === 0) return out
  printPlain(err)
  annotate('error', `The result could not be rendered as ${format} (exit ${code}).`)
  process.exitCode = 4
  return ''
}

await step(() => {
  printPlain(render('table'))
  for (const line of render('github').split('\n')) {
    // Annotations are all that is let through: a name that holds a line break must not become another command.
    if (ANNOTATION.test(line)) process.stdout.write(`${visible(line)}\n`)
    else printPlain(line)
  }
  const markdown = join(dirname(input('RESULT')), 'dsprice-check.md')
  render('markdown', `--output=${markdown}`)
  if (!process.exitCode) setOutput('markdown', markdown)
})
