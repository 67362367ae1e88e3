import { readDrafts } from '../../../../src/load/scenario/drafts.ts'
import { fakeIo, repository } from '../../../fake-io.ts'

/** A shipped scenario, counted, with the book that prices it. */
export const opened = async (name: string, set: readonly string[] = []) => {
  const io = { ...fakeIo(repository, { newer: true }), allowOutside: false }
  const { priced, drafts, count } = await readDrafts([`scenarios/${name}`], io, { set })
  const [scenario] = await count(drafts)
  if (!scenario) throw new Error('one path is one scenario')
  return { scenario, priced, at: scenario.at ?? '2026-11-24' }
}
