import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { dsprice, repository } from '../../fake-io.ts'

// A terminal of 80 columns shows 24 lines.
it.each(readdirSync(join(repository, 'scenarios')).filter(name => name.endsWith('.yaml')))(
  'scenarios/%s is estimated on one screen',
  async name => {
    const { out, code } = await dsprice(['estimate', `scenarios/${name}`, '--quiet'], repository, {
      terminal: 80,
      newer: true,
    })
    expect(code).toBe(0)
    // A fleet beside a cluster is two answers in one, each as a range.
    expect(out.split('\n').length - 1).toBeLessThanOrEqual(name === 'support-desk.yaml' ? 35 : 24)
    expect(out).not.toMatch(/NaN|Infinity|undefined/)
  },
)
