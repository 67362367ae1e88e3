import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const agent = join(repository, 'scenarios/coding-agent.yaml')

describe('-o', () => {
  it.each([
    ['estimate', agent],
    ['estimate', agent, '--json'],
    ['compare', agent, '--models', 'gpt-5.5', '--format', 'markdown'],
    ['prices', 'list', '--format', 'csv'],
    ['schema', 'scenario'],
  ])('writes what stdout would have had: %s %s %s', async (...argv) => {
    const plain = await dsprice(argv, folder)
    const written = await dsprice([...argv, '-o', 'out'], folder)
    expect(written).toEqual({ code: 0, out: '', err: plain.err })
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe(plain.out)
  })

  it('- is stdout', async () => {
    expect(await dsprice(['estimate', agent, '-o', '-'], folder)).toEqual(await dsprice(['estimate', agent], folder))
    expect(readdirSync(folder)).toEqual([])
  })

  it('replaces a file that is there, and leaves nothing else behind', async () => {
    writeFileSync(join(folder, 'out'), 'old')
    await dsprice(['schema', 'scenario', '-o', 'out'], folder)
    expect(readFileSync(join(folder, 'out'), 'utf8')).toMatch(/^{/)
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it.each([
    { it: 'the scenario', argv: ['estimate', 'nope.yaml'], code: 2 },
    { it: 'a setting', argv: ['estimate', agent, '--set', 'request.turns=0'], code: 2 },
    { it: 'the model', argv: ['estimate', agent, '--set', 'model=nope'], code: 3 },
    { it: 'a warning under --strict', argv: ['estimate', agent, '--at', '2027-05-15', '--strict'], code: 2 },
    { it: 'the rest of the call', argv: ['estimate', agent, '--format', 'xml'], code: 2 },
  ])('leaves a file untouched after an error in $it', async ({ argv, code }) => {
    writeFileSync(join(folder, 'out'), 'old')
    expect(await dsprice([...argv, '-o', 'out'], folder)).toMatchObject({ code, out: '' })
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it.each(['nowhere/out', '.'])('refuses %s and writes nothing', async target => {
    const { code, out, err } = await dsprice(['estimate', agent, '-o', target], folder)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^error NOT_WRITABLE\n/)
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(process.getuid?.() === 0)('refuses a folder it may not write (skipped for root, who may)', async () => {
    mkdirSync(join(folder, 'locked'))
    chmodSync(join(folder, 'locked'), 0o500)
    expect(await dsprice(['estimate', agent, '-o', 'locked/out'], folder)).toMatchObject({ code: 2 })
    expect(existsSync(join(folder, 'locked/out'))).toBe(false)
  })

  it('is neither wrapped nor coloured, whatever the terminal', async () => {
    await dsprice(['estimate', agent, '-o', 'out'], folder, { terminal: 60 })
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe((await dsprice(['estimate', agent], folder)).out)
  })
})

describe('--output of compare', () => {
  it.each(['250000', '250K', '0', '1.5M'])('%s is a number of tokens', async tokens => {
    await dsprice(['compare', '--models', 'o3', '--output', tokens, '--quiet'], folder)
    expect(readdirSync(folder)).toEqual([])
  })

  it('is a file where it is no number, and both can be given', async () => {
    await dsprice(['compare', '--models', 'o3', '--output', 'a.txt', '--quiet'], folder)
    await dsprice(['compare', '--models', 'o3', '--output', '1K', '-o', 'b.txt', '--quiet'], folder)
    expect(readdirSync(folder)).toEqual(['a.txt', 'b.txt'])
  })

  it.each(['-5', '250k tokens', '1.5T', '1,000'])('%s is not taken for a file', async tokens => {
    const { code } = await dsprice(['compare', '--models', 'o3', `--output=${tokens}`, '--quiet'], folder)
    expect([code, readdirSync(folder)]).toEqual([2, []])
  })
})

describe('stdout holds the answer alone', () => {
  it('with warnings on stderr', async () => {
    const { out, err } = await dsprice(['estimate', agent, '--at', '2027-05-15', '--json'])
    expect(() => JSON.parse(out)).not.toThrow()
    expect(err).toMatch(/^warning PRICE_OLD /)
  })

  it('and --quiet leaves stderr empty', async () => {
    expect(await dsprice(['estimate', agent, '--at', '2027-05-15', '--quiet'])).toMatchObject({ code: 0, err: '' })
  })

  it('and ends in one newline in every format', async () => {
    for (const format of ['table', 'json', 'markdown', 'csv']) {
      const { out } = await dsprice(['estimate', agent, '--format', format])
      expect(out).toMatch(/[^\n]\n$/)
    }
  })

  it('and no line of it ends in a blank', async () => {
    for (const argv of [
      ['estimate', agent],
      ['compare', agent, '--all'],
      ['prices', 'list'],
    ]) {
      for (const terminal of [60, 80, 120]) {
        expect((await dsprice(argv, repository, { terminal, env: { NO_COLOR: '1' } })).out).not.toMatch(/ $/m)
      }
    }
  })
})

describe('errors as JSON', () => {
  it.each([['--json'], ['--format', 'json'], ['--format=json'], ['-f', 'json']])(
    'are one object on stderr: %s %s',
    async (...flags) => {
      const { code, out, err } = await dsprice(['estimate', 'nope.yaml', ...flags])
      expect([code, out]).toEqual([2, ''])
      expect(JSON.parse(err)).toEqual({
        exit: 2,
        errors: [expect.objectContaining({ code: 'NO_FILE', exit: 2, at: null, path: '' })],
      })
    },
  )

  it('also with -fjson', async () => {
    const { err } = await dsprice(['estimate', 'nope.yaml', '-fjson'])
    expect(() => JSON.parse(err)).not.toThrow()
  })

  it('but not where a later --format says otherwise', async () => {
    const { err } = await dsprice(['estimate', 'nope.yaml', '--format', 'json', '--format', 'table'])
    expect(err).toMatch(/^error NO_FILE/)
  })

  it('name the exit code that the run has: 2 before 3', async () => {
    writeFileSync(join(folder, 'two.yaml'), 'name: a\nmodel: o3\nrequest: {turn: 1, output: 1, reasoning: 2}\n')
    writeFileSync(join(folder, 'three.yaml'), 'name: b\nmodel: nope\nrequest: {turn: 1}\n')
    for (const files of [
      ['two.yaml', 'three.yaml'],
      ['three.yaml', 'two.yaml'],
    ]) {
      const { code, err } = await dsprice(['estimate', ...files, '--json'], folder)
      const { exit, errors } = JSON.parse(err) as { exit: number; errors: { exit: number }[] }
      expect([code, exit, errors.map(one => one.exit).sort()]).toEqual([2, 2, [2, 3]])
    }
  })

  it('name the key that a setting sets', async () => {
    const { err } = await dsprice(['estimate', agent, '--set', 'request.turns=0', '--json'])
    expect(JSON.parse(err)).toMatchObject({ errors: [{ path: 'request.turns' }] })
  })
})
