import { expect, it } from 'vitest'
import { keptBy, readDistributed } from '../../../src/load/clickhouse/engine-of.ts'

it.each([
  ['MergeTree', 'plain'],
  ['ReplicatedMergeTree', 'plain'],
  ['SharedMergeTree', 'plain'],
  ['Log', 'plain'],
  ['ReplacingMergeTree', 'merged'],
  ['ReplicatedReplacingMergeTree', 'merged'],
  ['SharedReplacingMergeTree', 'merged'],
  ['CollapsingMergeTree', 'merged'],
  ['ReplicatedVersionedCollapsingMergeTree', 'merged'],
  ['SummingMergeTree', 'summed'],
  ['ReplicatedAggregatingMergeTree', 'summed'],
  ['GraphiteMergeTree', 'summed'],
  ['View', 'view'],
  ['Distributed', 'distributed'],
  ['Merge', 'other'],
  ['Buffer', 'other'],
  ['MaterializedView', 'other'],
  ['S3', 'other'],
])('rows of %s are %s', (engine, kept) => expect(keptBy(engine)).toBe(kept))

it.each([
  ['Distributed(pair, default, usage, rand())', { cluster: 'pair', database: 'default', table: 'usage' }],
  [
    "Distributed('pair', 'my logs', 'it\\'s', cityHash64(id), 'policy')",
    { cluster: 'pair', database: 'my logs', table: "it's" },
  ],
  ['Distributed(pair, default, usage)', { cluster: 'pair', database: 'default', table: 'usage' }],
  ['Distributed(pair, currentDatabase(), usage)', null],
  ['Distributed(pair)', null],
  ['', null],
])('reads %s', (engine, behind) => expect(readDistributed(engine)).toEqual(behind))
