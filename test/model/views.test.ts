import { expect, it } from 'vitest'
import { ALL_VIEWS, VIEW_KEYS, VIEWS, viewLabel } from '../../src/model/views.ts'

it('each view has a label of its own, its key in words; the ideal cache says what it is', () => {
  for (const { key, label } of VIEWS) {
    expect(label).toBe(key === 'cached_ideal' ? 'cache, upper bound' : key.replaceAll('_', ' '))
  }
  expect(VIEW_KEYS.map(viewLabel)).toEqual(VIEWS.map(({ label }) => label))
})

it('self-hosting is a view beside those of the API, and the last', () => {
  expect(ALL_VIEWS).toEqual([...VIEW_KEYS, 'self_hosted'])
  expect(viewLabel('self_hosted')).toBe('self-hosted')
})
