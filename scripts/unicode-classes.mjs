import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes src/tokens/unicode/class-data.ts, the classes of all code points as this Node's Unicode version has them. Run
 * by hand when a tokenizer's maker moves to a newer version: counts must not change with the Node that builds or runs.
 */

const CLASSES = ['Lu', 'Lt', 'Lm', 'Lo', 'Ll', 'M', 'N', 'P', 'S'].map(name => new RegExp(`^\\p{${name}}$`, 'u'))
const SPACE = 10
const NEWLINE = 11
const HAN = 16

const classOf = code => {
  const one = String.fromCodePoint(code)
  if (one === '\r' || one === '\n') return NEWLINE
  if (/^\p{White_Space}$/u.test(one)) return SPACE
  const found = CLASSES.findIndex(pattern => pattern.test(one)) + 1
  return found + (/^\p{Script=Han}$/u.test(one) ? HAN : 0)
}

/** Runs of one class: the length in base 36, left out where it is 1, and the class as a capital, A for 0. */
const runs = []
let from = 0
for (let code = 1; code <= 0x110000; code++) {
  if (code < 0x110000 && classOf(code) === classOf(from)) continue
  const length = code - from
  runs.push(`${length === 1 ? '' : length.toString(36)}${String.fromCharCode(65 + classOf(from))}`)
  from = code
}

const lines = runs
  .join('')
  .match(/.{1,110}/g)
  .map(line => `  '${line}',`)
const text = `// Written by scripts/unicode-classes.mjs.
/** The version of Unicode whose classes these are. */
export const UNICODE_VERSION = '${process.versions.unicode}'

/** Runs of one class: the length in base 36, left out where it is 1, and the class as a capital, A for 0. */
export const CLASS_RUNS = [
${lines.join('\n')}
].join('')
`
writeFileSync(join(import.meta.dirname, '../src/tokens/scan/class-runs.ts'), text)
