import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Throughput } from '../src/model/book/clusters.ts'
import { clustersSchema } from '../src/model/book/clusters-schema.ts'
import { exact } from '../src/model/number/money.ts'
import { describeBeside } from './beside.ts'
import { repository } from './fake-io.ts'

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const book = clustersSchema.parse(read(join(repository, 'pricing/clusters-2026-11-23.json')))

describe('the cluster book', () => {
  it('names nothing twice', () => {
    for (const ids of [book.throughput, book.models, book.gpus].map(rows => rows.map(({ id }) => id))) {
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
    }
    const served = book.models.flatMap(({ serves }) => serves)
    expect(served.filter((id, i) => served.indexOf(id) !== i)).toEqual([])
  })

  it('measures models, and prices GPUs, that it knows', () => {
    const models = book.models.map(({ id }) => id)
    expect(book.throughput.filter(({ model }) => !models.includes(model))).toEqual([])
  })

  it('gives every figure its source and its date', () => {
    for (const { id, source, date } of book.throughput) expect([id, source, date].every(text => text !== '')).toBe(true)
    for (const { source, as_of } of book.gpu_prices) expect(source !== '' && as_of !== '').toBe(true)
    for (const { source } of [...book.models, ...book.gpus, ...book.gpu_ranges]) expect(source).not.toBe('')
  })

  it('says why no capacity follows from a row, or has its rates', () => {
    for (const { id, rate, unusable } of book.throughput) {
      const usable = rate?.kind === 'phases' || rate?.kind === 'joint'
      expect(unusable === undefined, id).toBe(usable)
    }
  })

  it('has no rate, price or size of nothing', () => {
    const numbers = [
      ...book.throughput.flatMap(ratesOf),
      ...book.gpu_prices.map(price => price.usd_per_gpu_hour),
      ...book.gpu_ranges.flatMap(({ low, mid, high }) => [low, mid, high]),
      ...book.gpus.flatMap(gpu => [gpu.memory_gb, gpu.bandwidth_tb_s, gpu.fp8_tflops, gpu.bf16_tflops]),
    ]
    expect(numbers.filter(number => !exact(number).gt(0))).toEqual([])
  })

  it('runs from low to high', () => {
    for (const { gpu, low, mid, high } of book.gpu_ranges) {
      expect(exact(low).lte(exact(mid)) && exact(mid).lte(exact(high)), gpu).toBe(true)
    }
  })

  it('says of models of the price books what weights they are', () => {
    const ids = ['2026-05-15', '2026-11-23'].flatMap(version => {
      const prices = read(join(repository, `pricing/${version}.json`)) as { models: { id: string }[] }
      return prices.models.map(({ id }) => id)
    })
    expect(book.models.flatMap(({ serves }) => serves).filter(id => !ids.includes(id))).toEqual([])
  })
})

const ratesOf = ({ rate }: Throughput): string[] => {
  const all = (rates: string | readonly { readonly rate: string }[]): string[] =>
    typeof rates === 'string' ? [rates] : rates.map(one => one.rate)
  switch (rate?.kind) {
    case undefined:
      return []
    case 'phases':
      return [...all(rate.prefill), ...all(rate.decode)]
    case 'joint':
      return [rate.total]
    case 'output_only':
      return [rate.output]
    case 'one_phase':
      return [rate.rate]
    default:
      return rate satisfies never
  }
}

const FACTS = ['facts/throughput.json', 'facts/gpu-prices.json', 'facts/model-memory.json'] as const

describeBeside('beside the figures it was made from', FACTS, (throughput, gpuPrices, memory) => {
  const rows = (read(throughput) as { rows: Record<string, unknown>[] }).rows
  const of = (id: unknown): Throughput | undefined => book.throughput.find(row => row.id === id)

  it('has every row', () => {
    expect(book.throughput.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    expect(rows.length).toBe(125)
  })

  it('has the same joint totals, sources and dates', () => {
    for (const { id, total_tok_s_gpu, source, date } of rows) {
      const row = of(id)
      expect([row?.source, row?.date], String(id)).toEqual([source, date])
      if (total_tok_s_gpu === undefined || row?.rate?.kind !== 'joint') continue
      expect(Number(row.rate.total), String(id)).toBe(total_tok_s_gpu)
    }
  })

  it('has the same GPU prices', () => {
    const prices = (read(gpuPrices) as { rows: { usd_gpu_hour: number }[] }).rows
    expect(book.gpu_prices.map(price => Number(price.usd_per_gpu_hour))).toEqual(
      prices.map(({ usd_gpu_hour }) => usd_gpu_hour),
    )
  })

  it('has the same memory and peaks', () => {
    const { gpus } = read(memory) as { gpus: Record<string, Record<string, number>> }
    for (const gpu of book.gpus) {
      expect([gpu.memory_gb, gpu.bandwidth_tb_s, gpu.fp8_tflops].map(Number)).toEqual([
        gpus[gpu.name]?.['mem_gb'],
        gpus[gpu.name]?.['bw_tb_s'],
        gpus[gpu.name]?.['fp8_tflops'],
      ])
    }
  })
})
