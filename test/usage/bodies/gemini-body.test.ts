import { describe, expect, it } from 'vitest'
import { countsOf, readLines } from '../read-lines.ts'

const body = (usageMetadata: object) => ({ responseId: 'r', modelVersion: 'gemini', usageMetadata })

describe('thoughts', () => {
  const usage = { promptTokenCount: 1000, candidatesTokenCount: 100 }

  it.each([
    ['by the total alone', { totalTokenCount: 5100 }, [1000, 4100, 4000]],
    ['by themselves', { thoughtsTokenCount: 4000 }, [1000, 4100, 4000]],
    ['by both', { thoughtsTokenCount: 4000, totalTokenCount: 5100 }, [1000, 4100, 4000]],
    ['by themselves in part', { thoughtsTokenCount: 3000, totalTokenCount: 5100 }, [1000, 4100, 4000]],
    ['within the candidates', { thoughtsTokenCount: 60, totalTokenCount: 1100 }, [1000, 100, 60]],
    [
      'beside what tools put into the prompt',
      { toolUsePromptTokenCount: 300, totalTokenCount: 5400 },
      [1300, 4100, 4000],
    ],
    ['by nobody: the total has tools', { toolUsePromptTokenCount: 300, totalTokenCount: 1400 }, [1300, 100, null]],
    ['by nobody: there is no total', {}, [1000, 100, null]],
    ['by nobody: the total is less', { totalTokenCount: 900 }, [1000, 100, null]],
  ])('are told %s', (_, more, [input, output, reasoning]) => {
    expect(countsOf(body({ ...usage, ...more }))).toEqual([input, 0, 0, 0, output, reasoning])
  })

  it('that cannot be added up are a bad record', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(countsOf(body({ ...usage, candidatesTokenCount: most, thoughtsTokenCount: most }))).toBe(
      'its counts are too large',
    )
  })
})

it.each([
  ['TRAFFIC_TYPE_UNSPECIFIED', null],
  ['ON_DEMAND', null],
  ['ON_DEMAND_FLEX', 'flex'],
  ['PROVISIONED_THROUGHPUT', 'provisioned_throughput'],
])('the traffic %s is of the service %s', (trafficType, service) => {
  expect(readLines(body({ promptTokenCount: 1, trafficType })).records).toMatchObject([{ service }])
})
