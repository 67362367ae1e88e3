import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'

/** What the steps of the action share: inputs, outputs, and a log in which text stays text. */

/** @returns an input of this step, as it was written */
export const input = name => process.env[`INPUT_${name}`] ?? ''

/** One entry a line. Nothing is expanded and no blank splits: a name may hold anything but a line break. */
export const lines = name =>
  input(name)
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')

/** Ends the step: what the workflow says is wrong. */
export class Refused extends Error {}

/** @throws {Refused} where the input is none of the choices */
export const oneOf = (name, choices) => {
  const written = input(name)
  if (choices.includes(written)) return written
  const key = name.toLowerCase().replaceAll('_', '-')
  throw new Refused(`${key} must be ${choices.join(' or ')}, got ${JSON.stringify(written)}`)
}

export const isOn = name => oneOf(name, ['true', 'false']) === 'true'

/** Sets an output of this step; the delimiter is random, so no value can end it early. */
export const setOutput = (name, value) => {
  const end = randomUUID()
  appendFileSync(process.env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`)
}

/** @returns what set the workflow off, as GitHub wrote it down; {} outside of one */
export const readEvent = () => {
  const path = process.env.GITHUB_EVENT_PATH
  return path ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

const escaped = character => `\\u{${character.codePointAt(0).toString(16)}}`

/** Text in which all can be seen, and whose lines are as they look to whoever shows the log. */
export const visible = text =>
  text.replace(/(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped).replace(/(?<=#)#(?=\[)/g, escaped)

/** The same on one line. */
export const oneLine = text => visible(text).replace(/[\n\t]/g, escaped)

/** Prints text that others may have written: the runner takes none of its lines for a command. */
export const printPlain = text => {
  if (text.trim() === '') return
  const end = randomUUID()
  process.stdout.write(`::stop-commands::${end}\n${visible(text.trimEnd())}\n::${end}::\n`)
}

const escapeData = text => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = text => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/**
 * An annotation, beside its line where it has one.
 *
 * @param level - error, warning or notice
 * @param place - file:line:column in the working tree
 */
export const annotate = (level, what, { title = 'dsprice check', place = '' } = {}) => {
  const [, file, line, column] = /^(?!git:)(.+):(\d+):(\d+)$/s.exec(place) ?? []
  const properties = Object.entries({ file, line, col: column, title })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(visible(value))}`)
  process.stdout.write(`::${level} ${properties.join(',')}::${escapeData(visible(what))}\n`)
}

/** Runs a program without a shell. @returns its exit code (4: it did not end by itself) and what it wrote */
export const run = (command, argv, options = {}) => {
  const ran = spawnSync(command, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    ...options,
  })
  return { code: ran.status ?? 4, out: ran.stdout ?? '', err: ran.stderr || ran.error?.message || '' }
}

/** Runs dsprice as it was installed. */
export const dsprice = (argv, env = {}) =>
  run(process.execPath, [input('PROGRAM'), ...argv], { env: { ...process.env, ...env } })

/** A step: what it refuses becomes an annotation, and the step fails. */
export const step = async work => {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    annotate('error', error.message)
    process.exitCode = 2
  }
}
