import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('says what it is, and three commands that work in a folder with nothing of ours in it', async () => {
  writeFileSync(join(folder, 'system.md'), 'You are helpful.')
  const { code, out } = await dsprice([], folder)
  const [what, ...commands] = out.trimEnd().split('\n')
  expect([code, what]).toEqual([0, expect.stringContaining('what an LLM workload will cost')])
  expect(commands).toHaveLength(3)
  for (const line of commands) {
    const [, typed = ''] = /^ {2}dsprice (.*?) {2,}\S/.exec(line) ?? []
    expect(typed).not.toBe('')
    expect([typed, (await dsprice(typed.split(' '), folder)).code]).toEqual([typed, 0])
  }
})
