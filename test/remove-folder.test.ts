import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeFolder } from './remove-folder.ts'

it('removes a folder that a program still writes into', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
  const script = 'echo begun; i=0; while : > "file-$i"; do i=$((i + 1)); done'
  const writer = spawn('sh', ['-c', script], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(writer, 'exit')
  try {
    await once(writer.stdout, 'data')
    removeFolder(folder)
    expect(existsSync(folder)).toBe(false)
    // Its folder is gone, so it ends by itself.
    await ended
  } finally {
    writer.kill('SIGKILL')
    await ended
    removeFolder(folder)
  }
})

it('takes a folder that is gone for removed', () => {
  expect(() => removeFolder(join(tmpdir(), 'dsprice-no-such-folder'))).not.toThrow()
})
