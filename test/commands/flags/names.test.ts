import { describe, expect, it } from 'vitest'
import { dsprice, repository } from '../../fake-io.ts'

const [sample, routed] = ['test/fixtures/catalogues/litellm.json', 'scenarios/support-desk.yaml']

/** Every flag whose value is a list of names. */
const LISTS: readonly (readonly [flag: string, ...argv: string[]])[] = [
  ['--models', 'compare'],
  ['--models', 'compare', '--all'],
  ['--models', 'route', routed],
  ['--models', 'advise', routed],
  ['--require', 'compare', '--models', 'gpt-5.5'],
  ['--require', 'advise', routed],
  ['--only', 'prices', 'import', 'litellm', sample, '--as-of', '2026-11-20'],
]

describe('a list of names that names none is refused, not taken for left out', () => {
  it.each(LISTS)('%s of %s %s', async (flag, ...argv) => {
    for (const empty of ['', ' ', ',', ' , ,']) {
      const { code, out, err } = await dsprice([...argv, flag, empty], repository, { newer: true })
      expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringContaining(`${flag} names no `) })
    }
  })
})
