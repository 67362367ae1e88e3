import { describe, expect, it } from 'vitest'
import { openBlobs } from '../../../src/load/git/blobs.ts'

/** A commit whose files hold their own names; `calls` are the paths that git was asked for. */
const commitOf = (paths: readonly string[], size = 1) => {
  const tree = new Map(paths.map(path => [path, { size }]))
  const calls: (readonly string[])[] = []
  const textOf = openBlobs(tree, asked => {
    calls.push(asked)
    return asked.map(path => [path, path] as const)
  })
  return { textOf, calls }
}

const folders = Array.from({ length: 100 }, (_, i) => `s/${i}`)

describe('openBlobs', () => {
  it('fetches the small text files of a folder together', () => {
    const { textOf, calls } = commitOf(['s/a.yaml', 's/b.md', 's/c.png', 's/in/d.md', 'e.md'])
    expect(['s/b.md', 's/a.yaml'].map(textOf)).toEqual(['s/b.md', 's/a.yaml'])
    expect(calls).toEqual([['s/b.md', 's/a.yaml']])
  })

  it('fetches what is no small text alone', () => {
    const { textOf, calls } = commitOf(['s/a.png', 's/b.png'])
    expect(textOf('s/a.png')).toBe('s/a.png')
    expect(calls).toEqual([['s/a.png']])
  })

  it('fetches those with an ending that was read before together, too', () => {
    const { textOf, calls } = commitOf(['s/a.prompt', 's/b.prompt', 's/c.prompt', 's/d.png'])
    for (const name of ['a', 'b', 'c']) expect(textOf(`s/${name}.prompt`)).toBe(`s/${name}.prompt`)
    expect(calls).toEqual([['s/a.prompt'], ['s/b.prompt', 's/c.prompt']])
  })

  it('asks git four times for a hundred folders, and for nothing outside them', () => {
    const { textOf, calls } = commitOf([...folders.map(folder => `${folder}/a.md`), 'docs/a.md', 'st.md'])
    for (const folder of folders) expect(textOf(`${folder}/a.md`)).toBe(`${folder}/a.md`)
    expect(calls.map(asked => asked.length)).toEqual([1, 1, 1, 97])
  })

  it('does not fetch a large repository whole', () => {
    // 64 files of a megabyte: 3 of them come one by one.
    const { textOf, calls } = commitOf(
      folders.map(folder => `${folder}/a.md`),
      2 ** 20,
    )
    for (const folder of folders) textOf(`${folder}/a.md`)
    expect(calls.map(asked => asked.length)).toEqual([1, 1, 1, 64, ...Array(33).fill(1)])
  })
})
