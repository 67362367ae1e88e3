import { describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

/** The same 64 tokens twice. */
const lines = [0, 1].map(timestamp => JSON.stringify({ timestamp, input_length: 64, output_length: 1, hash_ids: [1] }))
const replay = (flags: string) =>
  dsprice(['replay', '-', '--block', '64', ...flags.split(' ')], repository, { stdin: lines.join('\n') })

describe('a note', () => {
  it('says where all that was found is below the minimum', async () => {
    expect((await replay('--model gpt-5.5')).out).toContain(
      'Blocks were found, but too few for a hit: gpt-5.5 needs 1024 tokens.',
    )
  })

  it('says whose the lifetime is', async () => {
    const { out } = await replay('--model deepseek-v4-pro --ttl 30m')
    expect(out).toContain("The lifetime is that of --ttl, in place of the rule's.")
  })
})
