import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { describe, expect, it } from 'vitest'
import { repository } from './fake-io.ts'

/** STYLE rule 8: a file has at most 250 lines, a function at most 50. */
const MOST = { file: 250, function: 50 } as const

/** What is longer today: a line goes when it no longer is, and none may come. */
const LONG_FILES: readonly string[] = ['errors/codes.ts']
const LONG_FUNCTIONS: readonly string[] = []

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value

const nameOf = (node: object): string | null => {
  for (const key of ['id', 'key']) {
    const named: unknown = (node as Readonly<Record<string, unknown>>)[key]
    if (isNode(named) && 'name' in named) return String(named.name)
  }
  return null
}

/** Every function below a node, by its own name or that of what it is given to. */
const functionsIn = (node: Node, above: string): { name: string; node: Node }[] => {
  const own = nameOf(node) ?? above
  const found = /^(?:Arrow)?Function(?:Expression|Declaration)$/.test(node.type) ? [{ name: own, node }] : []
  return [
    ...found,
    ...Object.values(node)
      .flat()
      .filter(isNode)
      .flatMap(inner => functionsIn(inner, own)),
  ]
}

const linesOf = (text: string): number => text.trimEnd().split('\n').length

const src = join(repository, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .sort()
  .map(name => ({ name, text: readFileSync(join(src, name), 'utf8') }))

describe('sizes in src/', () => {
  it(`no file has more than ${MOST.file} lines`, () => {
    const long = files.filter(({ text }) => linesOf(text) > MOST.file).map(({ name }) => name)
    expect(long).toEqual(LONG_FILES)
  })

  it(`no function has more than ${MOST.function} lines`, () => {
    const functions = files.flatMap(({ name: file, text }) =>
      functionsIn(parseAst(text, { lang: 'ts' }, file), 'default').map(({ name, node }) => ({
        name: `${file} ${name}`,
        lines: linesOf(text.slice(node.start, node.end)),
      })),
    )
    expect(functions.length).toBeGreaterThan(1000)
    const long = functions.filter(({ lines }) => lines > MOST.function).map(({ name }) => name)
    expect([...new Set(long)]).toEqual(LONG_FUNCTIONS)
  })

  it('counts functions of every kind, each with the lines from its parameters to its end', () => {
    const text = 'function a() {\n}\nconst b = () => {\n\n}\nconst c = { d() {}, e: function () {\n} }\n'
    const found = functionsIn(parseAst(text, { lang: 'ts' }), 'none')
    expect(found.map(({ name, node }) => [name, linesOf(text.slice(node.start, node.end))])).toEqual([
      ['a', 2],
      ['b', 3],
      ['d', 1],
      ['e', 2],
    ])
  })
})
