import { expect, it } from 'vitest'
import { listSettings } from '../../../src/load/schema/settings.ts'
import { dsprice } from '../../fake-io.ts'

const settings = listSettings()

// A scenario has a model or a routing, so each kind of key is tried on a scenario that has it.
const scenarioFor = (setting: string): string => {
  if (setting.startsWith('routing')) return 'routing-80-15-5'
  return setting.startsWith('self_host') ? 'self-host-measured' : 'coding-agent'
}

const set = (setting: string) =>
  dsprice([
    'estimate',
    `scenarios/${scenarioFor(setting)}.yaml`,
    '--quiet',
    // A throughput has one of three forms: its keys are tried on the one that has most of them; a term picks a price.
    ...(/^self_host\.(throughput|term)/.test(setting)
      ? ['--set', 'self_host={gpu: h200, throughput: {total: 850, mix: "8:1"}}']
      : []),
    ...pictureFor(setting),
    '--set',
    setting,
  ])

/** A detail is that of a picture, and of a model that has a rule for it. */
const pictureFor = (setting: string): string[] => {
  const [image] = /^.*\.image(?=\.detail)/.exec(setting) ?? []
  return image === undefined ? [] : ['--set', 'model=gpt-5.5', '--set', `${image}={width: 10, height: 10}`]
}

it('lists a key of each kind', () => {
  const find = (path: string) => settings.find(setting => setting.path === path)
  expect(find('request.turns')).toEqual({
    path: 'request.turns',
    about: 'Calls per request',
    values: [],
    longFormOf: null,
  })
  expect(find('traffic.per')?.values).toEqual(['run', 'hour', 'day', 'week', 'month'])
  expect(find('request.history')?.values).toEqual(['true', 'false'])
  expect(find('cache')?.values).toEqual(['prefix', 'none', 'ideal'])
  expect(find('cache.ttl')).toMatchObject({ longFormOf: 'cache', values: [] })
  expect(find('request.shared.file')?.longFormOf).toBe('request.shared')
  expect(find('tags.')?.longFormOf).toBe(null)
  expect(find('traffic')).toBe(undefined)
})

it('lists each key once', () => {
  expect(new Set(settings.map(({ path }) => path)).size).toBe(settings.length)
})

it.each(settings.map(({ path }) => path))('%s is a key that --set knows', async path => {
  const { err } = await set(`${path.endsWith('.') ? `${path}team` : path}=1`)
  expect(err).not.toContain('UNKNOWN_KEY')
})

it.each(settings.flatMap(({ path, values }) => values.map(value => `${path}=${value}`)))(
  '%s is accepted',
  async one => {
    const { code, err } = await set(one)
    expect({ code, err }).toEqual({ code: 0, err: '' })
  },
)
