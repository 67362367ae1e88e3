import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../fake-io.ts'
import { report } from './chromium.ts'

const MOST_BYTES = 600_000

const files = readdirSync(join(repository, 'scenarios'))
  .filter(name => name.endsWith('.yaml'))
  .map(name => `scenarios/${name}`)

/** Scenarios of one page have one price book. */
const bookOf = (file: string): string =>
  /^pricing: "?([\d-]+)/m.exec(readFileSync(join(repository, file), 'utf8'))?.[1] ?? 'newest'

const bytesOf = async (...paths: readonly string[]): Promise<number> => Buffer.byteLength((await report(...paths)).html)

it.each(files)('the page of %s is small', async file => {
  expect(await bytesOf(file)).toBeLessThan(MOST_BYTES)
})

it.each([...new Set(files.map(bookOf))])('so is that of all scenarios of book %s', async book => {
  expect(await bytesOf(...files.filter(file => bookOf(file) === book))).toBeLessThan(MOST_BYTES)
})
