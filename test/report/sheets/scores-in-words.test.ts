import { expect, it } from 'vitest'
import { scoresInWords } from '../../../src/report/sheets/scores-in-words.ts'

const arena = { value: 1474, low: 1467, high: 1481, row: 'high', date: '2026-10-02', source: 'lmarena' }
const eci = { value: 150, low: null, high: null, date: '2026-10-06', source: 'epoch', note: 'A fixed point' }

it.each([
  {
    it: 'both boards, with interval, effort, snapshot and source',
    model: { scores: { eci, arena } },
    told: ['Arena 1474 (1467–1481), as high, on 2026-10-02 (lmarena)', 'ECI 150, on 2026-10-06 (epoch). A fixed point'],
  },
  { it: 'the undated score of an older book', model: { arena_elo: 1462 }, told: ['Arena 1462, undated'] },
  {
    it: 'the dated score before the undated one',
    model: { scores: { eci }, arena_elo: 1462 },
    told: ['ECI 150, on 2026-10-06 (epoch). A fixed point'],
  },
  { it: 'nothing, where there is none', model: {}, told: [] },
])('prices show has $it', ({ model, told }) => {
  expect(scoresInWords(model)).toEqual(told)
})
