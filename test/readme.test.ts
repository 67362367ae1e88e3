import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { dsprice, repository } from './fake-io.ts'

interface Block {
  /** Where it stands: file and line. */
  readonly place: string
  readonly language: string
  readonly text: string
}

const pages = [
  'README.md',
  ...readdirSync(join(repository, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
].filter(name => existsSync(join(repository, name)))

const blocks: Block[] = pages.flatMap(page => {
  const text = readFileSync(join(repository, page), 'utf8')
  return [...text.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm)].map(({ index, 1: language = '', 2: body = '' }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length}`,
    language,
    text: body,
  }))
})

const written = (language: string, test: (text: string) => boolean): Block[] =>
  blocks.filter(block => block.language === language && test(block.text))

/** A command line as a shell splits it; pipes and variables are not for here. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')

interface Run {
  readonly place: string
  readonly command: string
  readonly output: string
  /** Whether its block writes files: then it runs in a folder of its own, beside the scenarios. */
  readonly writes: boolean
}

/** Each `$ dsprice …` of a block with the lines below it. */
const runs: Run[] = written('console', text => text.startsWith('$ dsprice')).flatMap(({ place, text }) =>
  text
    .split(/^\$ /m)
    .slice(1)
    .flatMap(part => {
      const [command = '', ...output] = part.split('\n')
      const writes = / -o [^-]/.test(text)
      return command.includes('|') ? [] : [{ place, command, output: output.join('\n').trimEnd(), writes }]
    }),
)

/** A line `…` stands for any lines. */
const pattern = (output: string): RegExp =>
  new RegExp(
    `^${output
      .split('\n')
      .map(line => (line.trim() === '…' ? '(?:.*\\n)*?.*' : line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('\\n')}$`,
  )

it.skipIf(pages.length === 0)('README.md is there (skipped until it is)', () => {
  expect(pages).toContain('README.md')
  expect(runs.length).toBeGreaterThan(0)
})

describe('a console block', () => {
  const apart = mkdtempSync(join(tmpdir(), 'dsprice-'))
  symlinkSync(join(repository, 'scenarios'), join(apart, 'scenarios'))
  symlinkSync(join(repository, 'test/fixtures/catalogues'), join(apart, 'catalogues'))
  afterAll(() => rmSync(apart, { recursive: true }))

  it.each(runs)('$place $command', async ({ command, output, writes }) => {
    const folder = writes ? apart : repository
    const { out, err } = await dsprice(words(command).slice(1), folder, { env: { COLUMNS: '80' }, newer: true })
    const shown = [out, err + out, out + err].map(text => text.trimEnd())
    if (output.split('\n').some(line => line.trim() === '…')) {
      expect(shown.some(text => pattern(output).test(text)) || shown[0]).toBe(true)
    } else if (!shown.includes(output)) {
      expect(out.trimEnd()).toBe(output)
    }
  })
})

describe('a YAML block', () => {
  const scenarios = written('yaml', text => /^(#.*\n)*name:/.test(text))
  it.each(scenarios)('$place is a scenario that runs', async ({ text }) => {
    const { code, err } = await dsprice(['estimate', '-', '--quiet'], repository, { stdin: text })
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})

describe('a price block', () => {
  const layers = written('json', text => text.includes('"dsprice/pricing/1"'))
  it.each(layers)('$place is a price file that loads', async ({ text }) => {
    const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
    try {
      writeFileSync(join(folder, 'mine.json'), text)
      const { code, err } = await dsprice(['prices', 'list', '--pricing', 'mine.json'], folder)
      expect({ code, err }).toEqual({ code: 0, err: '' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a program', () => {
  const programs = written('ts', text => text.includes("from 'dsprice'"))
  it.each(programs)('$place gives what its comments say', async ({ text, place }) => {
    const checks: string[] = []
    // Each `expression // 'value'` becomes a pair to compare.
    const body = text
      .replaceAll("from 'dsprice'", `from ${JSON.stringify(pathToFileURL(join(repository, 'src/index.ts')).href)}`)
      .replaceAll(/^(?!import|const|let)(.+?)\s*\/\/\s*('[^']*'|\d+|null|true|false)\s*$/gm, (_, expression, value) => {
        checks.push(`[${expression}, ${value}]`)
        return ''
      })
    expect(checks).not.toEqual([])
    const file = join(import.meta.dirname, `.readme-${place.replaceAll(/\W/g, '-')}.ts`)
    try {
      writeFileSync(file, `${body}\nexport const checks = [${checks.join(', ')}]\n`)
      const module = (await import(/* @vite-ignore */ file)) as { checks: [unknown, unknown][] }
      for (const [found, said] of module.checks) expect(found).toBe(said)
    } finally {
      rmSync(file)
    }
  })
})

describe('links', () => {
  it.each(pages)('%s leads to files that are there', page => {
    const text = readFileSync(join(repository, page), 'utf8')
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) => target)
    expect(targets.filter(target => !existsSync(join(repository, page, '..', target)))).toEqual([])
  })
})
