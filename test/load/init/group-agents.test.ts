import { expect, it } from 'vitest'
import { groupAgents, isFor, nameAgents } from '../../../src/load/init/group-agents.ts'

const placed = (path: string) => {
  const parts = path.split('/')
  return { file: path, folders: ['top', ...parts.slice(0, -1)], name: parts.at(-1) ?? '' }
}

const grouped = (...paths: string[]) => groupAgents(paths.map(placed))

it.each([
  { it: 'a prompt and its variants are one', paths: ['system.md', 'system-long.md'], names: ['top'] },
  { it: 'variants without one of their own are agents', paths: ['system-a.md', 'system-b.md'], names: ['a', 'b'] },
  {
    it: 'a prompt beside the own one is another',
    paths: ['prompts/system.md', 'prompts/x.prompt.md'],
    names: ['top', 'x'],
  },
  { it: 'any text where no name says more', paths: ['agents/a.md', 'agents/b.md'], names: ['a', 'b'] },
  { it: 'no text beside a name that says more', paths: ['agents/a.md', 'agents/b.system.md'], names: ['b'] },
  {
    it: 'instructions of all depths are one',
    paths: ['AGENTS.md', 'a/AGENTS.md', 'CLAUDE.md'],
    names: ['coding-agent'],
  },
  { it: 'of one name, the folder tells', paths: ['a/x.agent.md', 'b/x.agent.md'], names: ['x', 'b-x'] },
  { it: 'of one name and folder, a number', paths: ['x.agent.md', 'x.system.md'], names: ['x', 'x-2'] },
  { it: 'nothing', paths: ['src/a.md', 'notes.txt'], names: [] },
])('$it', ({ paths, names }) => {
  expect(nameAgents(grouped(...paths))).toEqual(names)
})

it.each([
  { file: 'agents/a/tools.json', owners: ['a'] },
  { file: 'tools.json', owners: ['a', 'b'] },
  { file: 'samples/b/x.txt', owners: ['b'] },
])('$file is for $owners', ({ file, owners }) => {
  const agents = grouped('agents/a/a.system.md', 'agents/b/b.system.md')
  expect(agents.filter(one => isFor(one, placed(file), agents)).map(({ stem }) => stem)).toEqual(owners)
})
