import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findConfig } from '../../../src/load/files/find-config.ts'
import { expandScenarios } from '../../../src/load/files/scenario-files.ts'
import { fakeIo } from '../../fake-io.ts'
import { removeFolder } from '../../remove-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => removeFolder(root))

beforeAll(() => {
  for (const name of [
    'a.yaml',
    'b.yml',
    '[x].yaml',
    'notes.md',
    'dsprice.config.yaml',
    'deep/c.yaml',
    'deep/er/d.yaml',
    'deep/.hidden/e.yaml',
    '.pre-commit-config.yaml',
    '.github/f.yml',
    'node_modules/g/h.yaml',
    'empty/notes.md',
  ]) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), '')
  }
})

const expand = async (...names: string[]) => {
  const { paths, faults } = await expandScenarios(names, fakeIo(root))
  return { paths, codes: faults.map(({ code }) => code) }
}

describe('what a name stands for', () => {
  it.each<{ it: string; names: string[]; paths: string[]; codes?: string[] }>([
    { it: 'a file', names: ['a.yaml'], paths: ['a.yaml'] },
    { it: 'a file named twice, once', names: ['a.yaml', './a.yaml', '-', '-'], paths: ['a.yaml', '-'] },
    { it: 'a file that is not there, which reading it says', names: ['nope.yaml'], paths: ['nope.yaml'] },
    { it: 'stdin', names: ['-'], paths: ['-'] },
    {
      it: 'a folder: every YAML file in it that is not hidden',
      names: ['deep'],
      paths: ['deep/c.yaml', 'deep/er/d.yaml'],
    },
    {
      it: 'the whole project, but for what is hidden, installed or configuration',
      names: ['.'],
      paths: ['[x].yaml', 'a.yaml', 'b.yml', 'deep/c.yaml', 'deep/er/d.yaml'],
    },
    { it: 'a hidden folder, if it is named', names: ['.github'], paths: ['.github/f.yml'] },
    { it: 'a glob', names: ['*.y*ml'], paths: ['[x].yaml', 'a.yaml', 'b.yml'] },
    { it: 'a name that looks like a pattern, if there is such a file', names: ['[x].yaml'], paths: ['[x].yaml'] },
    { it: 'what is named and found as well, once', names: ['a.yaml', '*.yaml'], paths: ['a.yaml', '[x].yaml'] },
    { it: 'a folder without scenarios, a fault', names: ['empty'], paths: [], codes: ['NO_SCENARIOS'] },
    { it: 'a glob without a match, a fault', names: ['*.none'], paths: [], codes: ['NO_MATCH'] },
  ])('$it', async ({ names, paths, codes = [] }) => {
    expect(await expand(...names)).toEqual({ paths, codes })
  })
})

describe('the configuration', () => {
  it('is the one in the folder, or above it', () => {
    expect(findConfig(fakeIo(root))).toBe('dsprice.config.yaml')
    expect(findConfig(fakeIo(join(root, 'deep/er')))).toBe('../../dsprice.config.yaml')
  })

  it('is not looked for above the repository', () => {
    mkdirSync(join(root, 'empty/.git'))
    expect(findConfig(fakeIo(join(root, 'empty')))).toBeNull()
  })
})
