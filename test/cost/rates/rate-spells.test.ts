import { describe, expect, it } from 'vitest'
import { rateSpells, type Time } from '../../../src/cost/rates/rate-spells.ts'
import type { Price } from '../../../src/model/book/book.ts'
import { bookWith, modelWith, rowWith } from '../build.ts'

const time = (from: string, to: string): Time => ({ from: Date.parse(from), to: Date.parse(to) })
const { acme } = bookWith({ provider: { calendar: { holidays: { '2026': ['2026-11-12'] } } } as never }).providers

/** The instants at which something begins, in UTC. */
const starts = (prices: readonly Price[], when: Time): string[] => {
  if (!acme) throw new Error('the book has a provider')
  return rateSpells({ model: modelWith({ prices: [...prices] }), provider: acme }, when).map(({ from }) =>
    new Date(from).toISOString().replace(':00.000Z', 'Z'),
  )
}

const shift = (timezone: string, hours: string) => ({
  ...{ name: 'shift', timezone, hours: [hours], holidays: 'except' as const },
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const,
  ...{ input: '2', cache_read: '0.2', output: '4' },
})

describe('rateSpells', () => {
  it('is one spell where nothing changes', () => {
    expect(starts([rowWith()], time('2026-11-01', '2026-12-01'))).toEqual(['2026-11-01T00:00Z'])
  })

  it('begins anew with a row and with a service, to the millisecond', () => {
    const services = { flex: { factor: '0.5', from: '2026-11-20T09:00:00Z', source: 'made-up' } }
    const rows = [rowWith({ to: '2026-11-10T11:07:23.888Z' }), rowWith({ from: '2026-11-10T11:07:23.888Z', services })]
    expect(starts(rows, time('2026-11-01', '2026-12-01'))).toEqual([
      '2026-11-01T00:00Z',
      '2026-11-10T11:07:23.888Z',
      '2026-11-20T09:00Z',
    ])
  })

  it('has the hours of a zone half an hour beside, and none on a holiday or at a weekend', () => {
    // 09:00 to 17:00 in Kolkata is 03:30Z to 11:30Z; Wednesday, a holiday, Friday, Saturday.
    const rows = [
      rowWith({ windows: [{ ...shift('Asia/Kolkata', '09:00-17:00'), weekdays: [...shift('', '').weekdays] }] }),
    ]
    expect(starts(rows, time('2026-11-11', '2026-11-15'))).toEqual([
      '2026-11-11T00:00Z',
      '2026-11-11T03:30Z',
      '2026-11-11T11:30Z',
      '2026-11-13T03:30Z',
      '2026-11-13T11:30Z',
    ])
  })

  it('follows the clock where it goes back', () => {
    // 22:00 to 06:00 in Berlin: Friday 23 October from 20:00Z to 04:00Z; Monday 26 October from 21:00Z on.
    const rows = [rowWith({ windows: [{ ...shift('Europe/Berlin', '22:00-06:00'), weekdays: ['mon', 'fri'] }] })]
    expect(starts(rows, time('2026-10-23', '2026-10-27'))).toEqual([
      '2026-10-23T00:00Z',
      '2026-10-23T20:00Z',
      '2026-10-24T04:00Z',
      '2026-10-26T21:00Z',
    ])
  })
})
