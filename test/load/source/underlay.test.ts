import { expect, it } from 'vitest'
import { overlay, parseSource, underlay } from '../../../src/load/source/source.ts'

const SETTINGS = [
  { path: ['model'], value: 'm', place: { at: 'c:1:1' } },
  { path: ['tags', 'team'], value: 't', place: { at: 'c:2:1' } },
  { path: ['traffic', 'timezone'], value: 'Asia/Tokyo', place: { at: 'c:3:1' } },
]

const laid = (text: string) => underlay(parseSource('s.yaml', text, 'always'), SETTINGS)

it.each([
  {
    it: 'fills in what is left out',
    text: 'traffic: {per: day}',
    data: { model: 'm', tags: { team: 't' }, traffic: { per: 'day', timezone: 'Asia/Tokyo' } },
  },
  {
    it: 'leaves what is there',
    text: 'model: x\ntags: {team: y, a: b}',
    data: { model: 'x', tags: { team: 'y', a: 'b' } },
  },
  { it: 'gives a fleet no model', text: 'routing: {}', data: { routing: {}, tags: { team: 't' } } },
  {
    it: 'gives a run no hours',
    text: 'traffic: {per: run}',
    data: { model: 'm', tags: { team: 't' }, traffic: { per: 'run' } },
  },
  { it: 'keeps faults as they are', text: 'traffic: 3\ntags: [a]', data: { model: 'm', tags: ['a'], traffic: 3 } },
  { it: 'leaves another kind of file alone', text: '- a', data: ['a'] },
])('$it', ({ text, data }) => {
  expect(laid(text).data).toEqual(data)
})

it('knows where each value stands, under settings of the call too', () => {
  const source = overlay(laid('name: a\ntraffic: {per: day}'), ['tags.team=z'])
  expect(source.placeOf(['model']).at).toBe('c:1:1')
  expect(source.placeOf(['traffic', 'timezone']).at).toBe('c:3:1')
  expect(source.placeOf(['traffic', 'per']).at).toBe('s.yaml:2:16')
  expect(source.placeOf(['tags', 'team']).at).toBe('--set tags.team:1:1')
  expect(source.configured?.map(({ path }) => path.join('.'))).toEqual(['model', 'tags.team', 'traffic.timezone'])
})
