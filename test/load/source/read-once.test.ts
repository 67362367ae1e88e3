import { describe, expect, it } from 'vitest'
import { parseOnce, readOnce } from '../../../src/load/source/read-once.ts'
import { fakeIo } from '../../fake-io.ts'

const watched = (bytes: Readonly<Record<string, string>>) => {
  const asked: string[] = []
  const files = readOnce({
    ...fakeIo('.'),
    read: (path, limit) => {
      asked.push(path)
      const text = bytes[path]
      if (text === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' })
      if (text.length > limit) throw Object.assign(new Error('EFBIG'), { code: 'EFBIG', size: text.length })
      return new TextEncoder().encode(text)
    },
    glob: async (pattern, folder) => {
      asked.push(`${folder}: ${pattern}`)
      return { files: [{ path: `${folder}/a.txt`, real: `/${folder}/a.txt` }], left: [], entries: 300_000 }
    },
  })
  return { files, asked }
}

describe('readOnce', () => {
  it('reads a file once', () => {
    const { files, asked } = watched({ 'a.md': 'text' })
    expect(files.read('a.md', 10)).toBe(files.read('a.md', 10))
    expect(asked).toEqual(['a.md'])
  })

  it('still refuses what is over a smaller limit', () => {
    const { files } = watched({ 'a.md': 'text' })
    files.read('a.md', 10)
    expect(() => files.read('a.md', 3)).toThrow('EFBIG')
  })

  it('asks again for what could not be read, and for standard input', () => {
    const { files, asked } = watched({ '-': 'text' })
    expect(() => files.read('b.md', 10)).toThrow('ENOENT')
    expect(() => files.read('b.md', 10)).toThrow('ENOENT')
    files.read('-', 10)
    files.read('-', 10)
    expect(asked).toEqual(['b.md', 'b.md', '-', '-'])
  })

  it('expands a glob once for each folder', async () => {
    const { files, asked } = watched({})
    for (const folder of ['x', 'y', 'x']) {
      expect((await files.glob('*.txt', folder)).files).toMatchObject([{ path: `${folder}/a.txt` }])
    }
    expect(asked).toEqual(['x: *.txt', 'y: *.txt'])
  })

  it('takes one place for one, however it is named', async () => {
    const { files, asked } = watched({})
    for (const folder of ['x/a', 'x/b', 'y/c']) await files.glob('../s/*.txt', folder)
    expect(asked).toEqual(['x/a: ../s/*.txt', 'y/c: ../s/*.txt'])
  })

  it('ends where all searches together have gone through a million entries', async () => {
    const { files } = watched({})
    for (const folder of ['a', 'b', 'c', 'd']) await files.glob('*.txt', folder)
    expect(() => files.glob('*.txt', 'e')).toThrow('more than 1000000 entries')
    expect((await files.glob('*.txt', 'a')).files).toHaveLength(1)
  })
})

describe('parseOnce', () => {
  it('parses what has one name and wording once', () => {
    const parse = parseOnce()
    expect(parse('a.yaml', 'a: 1', 'never')).toBe(parse('a.yaml', 'a: 1', 'never'))
    expect(parse('b.yaml', 'a: 1', 'never').name).toBe('b.yaml')
    expect(parse('a.yaml', 'a: 2', 'never').data).toEqual({ a: 2 })
  })
})
