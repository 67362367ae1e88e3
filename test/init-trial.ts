import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { dsprice, type Ran } from './fake-io.ts'

/** Tool definitions that can be priced. */
export const TOOLS = JSON.stringify([{ type: 'function', function: { name: 'find', parameters: { type: 'object' } } }])

interface Written {
  readonly name: string
  readonly request: Readonly<Record<'shared' | 'turn' | 'context' | 'turns' | 'history', unknown>>
}

/** A folder called `bot` of its own, to run `dsprice init` in. */
export const initTrial = () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'dsprice-')), 'bot')
  mkdirSync(folder)
  return {
    folder,
    remove: () => rmSync(dirname(folder), { recursive: true }),
    /** Puts files into the folder: path → text or bytes. */
    lay: (files: Readonly<Record<string, string | Uint8Array>>): void => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), text)
      }
    },
    read: (name = 'scenario.yaml'): Written => parse(readFileSync(join(folder, name), 'utf8')) as Written,
    /** Runs init, and then what it wrote: it must price without a word on stderr. */
    init: async (...argv: string[]): Promise<Ran> => {
      const ran = await dsprice(['init', ...argv], folder)
      if (ran.code !== 0) return ran
      const written = readdirSync(folder).filter(name => /^scenario.*\.yaml$/.test(name))
      const files = written.length > 0 ? written : ['-']
      const priced = await dsprice(['estimate', ...files], folder, { stdin: ran.out })
      expect({ code: priced.code, err: priced.err }).toEqual({ code: 0, err: '' })
      return ran
    },
  }
}
