import { describe, expect, it } from 'vitest'
import { roofline } from '../../../src/cost/cluster/roofline.ts'
import { exact, quotient, toDecimals } from '../../../src/model/number/money.ts'

// DeepSeek V3: 37B of 671B parameters at work on a token, 688.6 GB, 70,272 bytes of BF16 cache a token; 61 layers,
// 128 heads of 128, latent attention of 512 + 64.
const v3 = {
  activeParams: exact('37e9'),
  weightBytes: exact('688586727753'),
  kvBytesPerToken: exact(70_272),
  mla: { layers: 61, heads: 128, kv_lora: 512, rope: 64, head: 128 },
}
// H800: the peaks and the memory of an H100.
const h800 = {
  fp8: exact('1979e12'),
  bf16: exact('989e12'),
  bytesPerSecond: exact('3.35e12'),
  memoryBytes: exact('80e9'),
}

const at = (gpus: number, context: number) => roofline(v3, { ...h800, gpus }, context)

describe('a roofline of DeepSeek V3 on H800', () => {
  it('reads 4.9% more than DeepSeek’s profile of 62,713 tokens a second and node', () => {
    // 0.35 × 1,979e12 / (74e9 + 61 × 2 × 128 × 320 × 4,096 / 2) = 8,223 a GPU
    const node = at(32, 4096)?.prefill.times(8)
    expect(node && toDecimals(quotient(node, exact(62_713)), 3)).toBe('1.049')
  })

  it('writes 1.54 times what production did, 14,800 tokens a second and node, over 144 GPUs', () => {
    // 72e9 − 688.6e9 / 144 bytes hold 191 requests of 4,989 × 70,272 bytes. To move them takes 26.8 ms, to work on them
    // 191 × 74e9 / 693e12 + 191 × 61 × 2 × 128 × 1,088 × 4,989 / 346e12 = 20.4 + 46.8 ms: 191 / 67.2 ms = 2,843 a GPU
    const node = at(144, 4989)?.decode.times(8)
    expect(node && toDecimals(quotient(node, exact(14_800)), 2)).toBe('1.54')
    expect(node && Math.abs(node.toNumber() / 8 - 191 / 0.0672) < 3).toBe(true)
  })

  it('has no room for a request on 8 GPUs, which the weights alone overfill', () => {
    expect(at(8, 4096)).toBe(null)
  })
})
