import { expect, it } from 'vitest'
import { COMMANDS } from '../../src/commands/index.ts'
import { dsprice, fakeIo, repository } from '../fake-io.ts'

/** Every command by its words, and every command below it: `prices`, `prices list`, … */
const everyCommand = async (): Promise<string[][]> => {
  const found: string[][] = []
  for (const { name, load } of COMMANDS) {
    if (!load) continue
    const { commands } = await load(fakeIo(repository))
    found.push([name], ...commands.map(below => [name, below.name()]))
  }
  return found
}

const commands = await everyCommand()

it('knows the commands below others', () => {
  expect(commands).toContainEqual(['prices', 'list'])
})

it.each([[], ...commands].map(words => [words.join(' ') || 'dsprice', words] as const))(
  '%s --help fits a terminal of 80 columns, and one of 60',
  async (_, words) => {
    for (const terminal of [60, 80]) {
      const { out, code } = await dsprice([...words, '--help'], repository, { terminal })
      expect(code).toBe(0)
      // An example is typed as it stands, in one line.
      const lines = out.split('\n').filter(line => !(terminal === 60 && line.startsWith('  dsprice ')))
      expect(lines.filter(line => line.length > terminal)).toEqual([])
    }
  },
)
