import { expect, it } from 'vitest'
import { lazily, remembered } from '../../src/model/remembered.ts'

it('works once for each object, whatever came out', () => {
  const asked: object[] = []
  const work = remembered((key: object) => {
    asked.push(key)
    return undefined
  })
  const [a, b] = [{}, {}]
  for (const key of [a, b, a, a]) expect(work(key)).toBeUndefined()
  expect(asked).toEqual([a, b])
  expect(asked[0]).toBe(a)
})

it('makes what is wanted once, and nothing before', () => {
  let made = 0
  const make = lazily(() => {
    made++
    return null
  })
  expect(made).toBe(0)
  expect([make(), make()]).toEqual([null, null])
  expect(made).toBe(1)
})
