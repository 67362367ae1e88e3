import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { repository } from '../../fake-io.ts'

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s ends the run as usual and takes the folder along', signal => {
  const bundler = pathToFileURL(join(repository, 'scripts/build/bundle.mjs')).href
  const main = `
    import { writeFileSync } from 'node:fs'
    const { moduleOf } = await import('${bundler}')
    const { privateFolder } = await moduleOf(${JSON.stringify(repository)}, 'src/load/engines/private-folder.ts')
    const { path } = privateFolder(() => process.stdout.write('stopped '))
    writeFileSync(path + '/spilt', 'x')
    process.stdout.write(path + ' ')
    setInterval(() => {}, 1000)
    process.kill(process.pid, '${signal}')`
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', main], { encoding: 'utf8', timeout: 60_000 })
  const [path = '', stopped] = ended.stdout.split(' ')
  expect(ended.signal).toBe(signal)
  expect(stopped).toBe('stopped')
  expect(path).toContain('dsprice-')
  expect(existsSync(path)).toBe(false)
})
