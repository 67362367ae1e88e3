import { expect, it } from 'vitest'
import { readReport, readUsage } from '../../../src/load/usage/read-usage.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const lower = 'names of columns are lower case, without spaces: write at,model,input,output'

it.each([
  ['at;model;input;output\n2026-10-01;m;1;2\n', 'its cells are parted by semicolons: write commas'],
  ['at\tmodel\tinput\toutput\n2026-10-01\tm\t1\t2\n', 'its cells are parted by tabs: write commas'],
  ['At,Model,Input,Output\n2026-10-01,m,1,2\n', lower],
  ['at, model, input, output\n2026-10-01, m, 1, 2\n', lower],
])('a header %j is told', async (stdin, why) => {
  const reading = await readUsage(['-'], fakeIo(repository, { stdin }), { visit: () => {} })
  expect(() => readReport(reading)).toThrow(`has no record of usage in a form that is known; ${why}`)
})

it.each([['a,b\n1,2\n'], ['name\nann;bob\n'], ['Model,Input\nm,1\n']])('of a header %j nothing is', async stdin => {
  const reading = await readUsage(['-'], fakeIo(repository, { stdin }), { visit: () => {} })
  expect(() => readReport(reading)).toThrow(/in a form that is known$/)
})
