import { expect, it } from 'vitest'
import { byMeter, METERS } from '../../src/model/meters.ts'

it('makes a value for each meter, in the order in which reports list them', () => {
  const keys = METERS.map(({ key }) => key)
  expect(Object.entries(byMeter(key => key.toUpperCase()))).toEqual(keys.map(key => [key, key.toUpperCase()]))
})
