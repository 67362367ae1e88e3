import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

// The folder is held to what the models generate by schemas.test.ts.
const names = readdirSync(join(repository, 'schema')).map(file => file.replace('.schema.json', ''))

it.each(names)('schema %s prints the file that ships', async name => {
  const shipped = readFileSync(join(repository, 'schema', `${name}.schema.json`), 'utf8')
  expect(await dsprice(['schema', name])).toEqual({ code: 0, out: shipped, err: '' })
  expect((await dsprice(['schema', name, '--json'])).out).toBe(shipped)
})
