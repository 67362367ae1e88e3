import { expect, it } from 'vitest'
import { nameFaultsOf } from '../../../src/load/scenario/name-faults.ts'
import { namedIn } from '../../../src/load/source/named.ts'
import { parseSource } from '../../../src/load/source/source.ts'
import { inner } from '../../../src/model/scenario/set-key.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const faults = async (text: string, asked: readonly string[] = []): Promise<string[]> => {
  const files = fakeIo(repository)
  const source = parseSource('broken.yaml', text, 'always')
  const pricing = inner(source.data, 'pricing')
  const book = typeof pricing === 'string' ? namedIn(source, files).book(pricing, ['pricing']) : null
  const found = await nameFaultsOf(source, { asked, book, files })
  return found.map(({ code, path = [] }) => `${code} ${path.join('.')}`)
}

it.each<[string, string, string[]]>([
  ['a model, beside a key that there is not', 'model: deepseek-v9\nfoo: 1', ['UNKNOWN_MODEL model']],
  ['nothing where the model is there', 'model: deepseek-v4-pro\nfoo: 1', []],
  ['nothing that the book itself is at fault for', 'model: deepseek-v9\npricing: nowhere.json', []],
  ['nothing where the book may be named by a misspelt key', 'model: mine\npricng: mine.json', []],
  ['a model of the book that the file names', 'model: deepseek-v4\npricing: "2026-05-15"\nfoo: 1', []],
  [
    'every model of a fleet',
    'routing: {legs: [{model: nope}, {self_host: true}, 7], fallback: [neither], baselines: [none]}\nself_host: {model: nor, x: 1}',
    [
      'UNKNOWN_MODEL routing.legs.0.model',
      'UNKNOWN_MODEL self_host.model',
      'UNKNOWN_MODEL routing.fallback.0',
      'UNKNOWN_MODEL routing.baselines.0',
    ],
  ],
  [
    'what is wrong with a cluster, whatever it serves',
    'model: deepseek-v9\nself_host: {gpu: h1000, usd_per_hour: 40}',
    [
      'UNKNOWN_MODEL model',
      'UNKNOWN_GPU self_host.gpu',
      'NEEDS_NODES self_host.usd_per_hour',
      'NEEDS_UTILISATION self_host',
    ],
  ],
  ['nothing of a cluster that is broken itself', 'model: deepseek-v4-pro\nself_host: {gpus: h1000}', []],
])('a broken file names %s', async (_, text, found) => {
  expect(await faults(text)).toEqual(found)
})

it('takes the books of the call', async () => {
  expect(await faults('model: deepseek-v4\nfoo: 1', ['2026-05-15'])).toEqual([])
  expect(await faults('model: deepseek-v4\nfoo: 1')).toEqual(['UNKNOWN_MODEL model'])
})
