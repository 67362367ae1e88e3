import { describe, expect, it } from 'vitest'
import { readAddress } from '../../../src/load/clickhouse/address.ts'
import { settle } from '../../../src/load/clickhouse/settings.ts'

const address = readAddress('clickhouse://ann@db/logs.calls?timeout=60')
const settled = (values: Readonly<Record<string, string>>) =>
  settle(
    Object.entries(values).map(([name, value]) => ({ name, value })),
    address,
  )

describe('a user with readonly = 1, who may send nothing', () => {
  it.each([
    ['read_overflow_mode', 'break', 'throw'],
    ['group_by_overflow_mode', 'any', 'throw'],
    ['read_overflow_mode_leaf', 'break', 'throw'],
    ['skip_unavailable_shards', '1', '0'],
    ['limit', '1000', '0'],
    ['additional_table_filters', "{'logs.calls':'1=0'}", '{}'],
    ['additional_result_filter', 'n > 1', "''"],
    ['use_query_cache', '1', '0'],
  ])('is refused where the profile sets %s = %s', (name, value, safe) => {
    const { faults, params } = settled({ readonly: '1', [name]: value })
    expect(params.size).toBe(0)
    expect(faults).toMatchObject([
      {
        code: 'UNSAFE_SERVER',
        what: expect.stringContaining(`the profile of ann sets ${name} = ${value}`),
        fix: expect.stringContaining(`have it set to ${safe}`),
      },
    ])
  })

  it('is told every unsafe setting at once', () => {
    expect(settled({ readonly: '1', limit: '1', offset: '1', extremes: '0' }).faults).toHaveLength(2)
  })

  it('is let in where all is safe', () => {
    expect(
      settled({ readonly: '1', read_overflow_mode: 'throw', limit: '0', additional_table_filters: '{}' }).faults,
    ).toEqual([])
  })
})

describe('a user who may set something', () => {
  it('has the safe values sent that the server knows, and readonly last', () => {
    const { faults, params } = settled({ readonly: '0', timeout_overflow_mode: 'break', skip_unavailable_shards: '0' })
    expect(faults).toEqual([])
    expect([...params]).toEqual([
      ['timeout_overflow_mode', 'throw'],
      ['skip_unavailable_shards', '0'],
      ['max_execution_time', '60'],
      ['readonly', '2'],
    ])
  })

  it('is not made read-only twice, which a server refuses', () => {
    expect([...settled({ readonly: '2' }).params.keys()]).toEqual(['max_execution_time'])
  })
})
