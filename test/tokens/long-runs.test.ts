import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors/index.ts'
import { type Counter, loadCounter } from '../../src/tokens/index.ts'
import { fakeIo, repository } from '../fake-io.ts'

const counterOf = async (name: string): Promise<Counter> => {
  const counter = await loadCounter(name, fakeIo(repository).shipped)
  if (!counter) throw new Error(`there is no counter ${name}`)
  return counter
}

describe('long unbroken runs', () => {
  const codesOf = (counter: Counter, text: string): string[] => {
    try {
      counter.count(text)
      return []
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return error.problems.map(({ code }) => code)
    }
  }

  // js-tiktoken takes time that grows with the square of a run's bytes: 9,900 × "中" would take 80 s.
  it.each(['a', ' ', 'é', '中', '\n', '.'])('9,900 × %j are refused where merging is quadratic', async letter => {
    expect(codesOf(await counterOf('o200k_base'), letter.repeat(9900))).toEqual(['TEXT_TOO_HARD'])
  })

  it.each(['a', ' ', 'é', '中', '\n', '.'])('9,900 × %j are counted where it is not', async letter => {
    expect(codesOf(await counterOf('deepseek-v3'), letter.repeat(9900))).toEqual([])
  })

  it.each(['a', ' ', '中', '.'])('4 million × %j are refused at once', async letter => {
    const counter = await counterOf('deepseek-v3')
    const before = performance.now()
    expect(codesOf(counter, letter.repeat(4_000_000))).toEqual(['TEXT_TOO_HARD'])
    expect(performance.now() - before).toBeLessThan(30_000)
  })

  // Matching these takes more stack than there is: 8 MB are the most that a file may have.
  it.each([
    ['o200k_base', 'a\u0301'],
    ['deepseek-v3', 'a\u0301'],
    ['o200k_base', '\u0301'],
    ['cl100k_base', '\u0301'],
    ['deepseek-v3', '\u0301'],
  ])('8 MB of a letter and its marks are refused: %s, %j', async (name, letter) => {
    const times = Math.floor(2 ** 23 / new TextEncoder().encode(letter).length)
    expect(codesOf(await counterOf(name), letter.repeat(times))).toEqual(['TEXT_TOO_HARD'])
  })

  it('megabytes of Chinese without punctuation would take minutes where merging is quadratic', async () => {
    const text = '我上周收到的磨豆机用了三天发现以下会卡豆声音也很大'.repeat(4)
    expect(codesOf(await counterOf('o200k_base'), `${text}，`.repeat(6000))).toEqual(['TEXT_TOO_HARD'])
    expect(codesOf(await counterOf('o200k_base'), `${text}，`.repeat(60))).toEqual([])
  })

  it('many runs of a length that is let through do not add up to a hang', async () => {
    const counter = await counterOf('deepseek-v3')
    expect(codesOf(counter, `${'a'.repeat(90_000)}1`.repeat(60))).toEqual(['TEXT_TOO_HARD'])
    expect(codesOf(await counterOf('o200k_base'), `${'a'.repeat(900)} `.repeat(2000))).toEqual(['TEXT_TOO_HARD'])
  })
})
