import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { describe, expect, it } from 'vitest'
import { namesOf } from '../../../src/load/usage/scan/names.ts'
import { putLine } from '../../../src/load/usage/scan/page.ts'
import { lineScanner } from '../../../src/load/usage/scan/scan-line.ts'
import { FORMATS } from '../../../src/usage/formats/index.ts'
import { openUsage, type UsageFile, type ValuePlace } from '../../../src/usage/formats/open-usage.ts'
import { WANTED, WANTED_BEGINNINGS, WHOLE } from '../../../src/usage/reading/wanted-keys.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { repository } from '../../fake-io.ts'

/** Rooms whose code looks at values of JSON. */
const ROOMS = ['bills', 'bodies', 'formats', 'gateways', 'reading', 'sessions', 'traces']

type Node = Readonly<Record<string, unknown>>

/** Every text below a node that could be a key: literals, and names that an object is taken apart by. */
const textsIn = (node: unknown, found: Set<string>): void => {
  if (Array.isArray(node)) for (const one of node) textsIn(one, found)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const { type, value, properties, source, ...rest } = node as Node
  if (String(type).startsWith('TS') && !/^TS(?:As|Satisfies|NonNull)/.test(String(type))) return
  if (type === 'Literal' && typeof value === 'string' && /^[@\w.-]+$/.test(value)) found.add(value)
  if (type === 'ObjectPattern') {
    for (const { key } of properties as { key?: { name?: string } }[]) if (key?.name) found.add(key.name)
  }
  for (const inner of [value, properties, ...Object.values(rest)]) textsIn(inner, found)
  // Of imports only what is imported from other modules is left out.
  if (type !== 'ImportDeclaration' && type !== 'ExportNamedDeclaration') textsIn(source, found)
}

const src = join(repository, 'src/usage')
const fixtures = join(repository, 'test/fixtures/usage')
const jsonl = readdirSync(fixtures).filter(name => name.endsWith('.jsonl'))
const linesOf = (name: string): string[] => readFileSync(join(fixtures, name), 'utf8').trim().split('\n')

describe('the wanted keys', () => {
  it('are all texts of the adapters that could be keys', () => {
    const found = new Set<string>()
    for (const room of ROOMS) {
      for (const name of readdirSync(join(src, room)).filter(one => one !== 'wanted-keys.ts')) {
        textsIn(parseAst(readFileSync(join(src, room, name), 'utf8'), { lang: 'ts' }, name).body, found)
      }
    }
    expect([...WANTED].sort()).toEqual([...found].sort())
  })

  /** Tells every key that is looked at, and whether all keys of an object are. */
  const watched = (value: unknown, tell: (key: string) => void, isWhole = false): unknown => {
    if (Array.isArray(value)) return value.map(one => watched(one, tell, isWhole))
    if (typeof value !== 'object' || value === null) return value
    const inner = Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, watched(one, tell, isWhole || WHOLE.includes(key))]),
    )
    const heed = (key: string | symbol): void => {
      if (typeof key === 'string' && !isWhole) tell(key)
    }
    return new Proxy(inner, {
      get: (from, key) => {
        heed(key)
        return Reflect.get(from, key)
      },
      has: (from, key) => {
        heed(key)
        return Reflect.has(from, key)
      },
      ownKeys: from => {
        if (!isWhole) for (const key of Object.keys(from)) if (key.startsWith('tag.') === false) tell(`all of ${key}`)
        return Reflect.ownKeys(from)
      },
    })
  }

  it.each(jsonl)('%s is read without any other', name => {
    const strange = new Set<string>()
    const file = openUsage(FORMATS, () => {}).open(name)
    const tell = (key: string): void => {
      if (!WANTED.includes(key) && !WANTED_BEGINNINGS.some(one => key.startsWith(one))) strange.add(key)
    }
    for (const line of linesOf(name)) file.take(watched(JSON.parse(line), tell), 'json', { line: 1, byte: 0 })
    file.end()
    expect([...strange]).toEqual([])
  })

  const readBy = (name: string, take: (file: UsageFile, text: string, place: ValuePlace) => void) => {
    const records: UsageRecord[] = []
    const run = openUsage(FORMATS, record => records.push(record))
    const file = run.open(name)
    linesOf(name).forEach((text, i) => {
      take(file, text, { line: i + 1, byte: 0 })
    })
    file.end()
    run.end()
    return { records, reading: file.reading }
  }

  it.each(jsonl)('%s gives the same records when it is scanned', name => {
    const scanner = lineScanner(namesOf({ inside: WANTED, whole: WHOLE, beginnings: WANTED_BEGINNINGS }))
    let scanned = 0
    const found = readBy(name, (file, text, place) => {
      const bytes = Buffer.from(text)
      putLine(bytes, 0)
      const line = scanner.known(0) < 0 ? scanner.scan(0, bytes.length) : scanner.line()
      if (line) scanned++
      if (!line || !file.takeLine(line, place.line, place.byte)) file.take(JSON.parse(text), 'json', place)
    })
    expect(found).toEqual(readBy(name, (file, text, place) => file.take(JSON.parse(text), 'json', place)))
    expect(scanned).toBe(linesOf(name).length)
  })
})
