import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Warning } from '../../model/result/result.ts'
import { keptBy, readDistributed } from './engine-of.ts'
import { quoteText, tableOf } from './names.ts'
import type { Row } from './read-answer.ts'
import type { Session } from './session.ts'

/** A table as a query can take it. */
export interface FoundTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** What stands behind `from`. */
  readonly from: string
  readonly warnings: readonly Warning[]
}

/**
 * Finds a table, and makes sure that its rows are calls, each there once.
 *
 * @throws {InputError} SERVER_REFUSES, UNSAFE_SERVER
 */
export const findTable = async (session: Session): Promise<FoundTable> => {
  const { address } = session
  const described = await session.run(`describe table ${tableOf(address)}`)
  const engines = await enginesOf(session, address)
  const faults = engines.flatMap(engine => faultOf(engine, session) ?? [])
  if (faults.length > 0) throw new InputError(faults)
  const warnings = engines.length === 0 ? [unknownWarning(session, 'the table behind it is not seen')] : []
  if (engines.some(engine => keptBy(engine) === 'view')) warnings.push(unknownWarning(session, 'it is a view'))
  return {
    columns: described.map(([name, type]) => ({ name: name ?? '', type: type ?? '' })),
    from: `${tableOf(address)}${address.final ? ' final' : ''}`,
    warnings: address.final ? [] : warnings,
  }
}

interface Named {
  readonly database: string
  readonly table: string
}

/** The engines of a table, or of those behind it; none: they are not seen. */
const enginesOf = async ({ run, isFixed }: Session, named: Named): Promise<string[]> => {
  const [own] = await run(`select engine, engine_full from system.tables where ${isNamed(named)}`)
  const [engine, full] = own ?? []
  if (!engine || keptBy(engine) !== 'distributed') return engine ? [engine] : []
  const behind = readDistributed(full ?? '')
  if (!behind) return []
  // Every shard has a table of its own; who may set nothing may ask one server alone.
  const from = isFixed ? 'system.tables' : `cluster(${quoteText(behind.cluster)}, system, tables)`
  const sql = `select distinct engine from ${from} where ${isNamed(behind)}`
  return (await run(sql).catch(forbidden)).flatMap(([one]) => one ?? [])
}

const isNamed = ({ database, table }: Named): string =>
  `database = ${quoteText(database)} and name = ${quoteText(table)}`

/** Who may not ask all servers of a cluster does not see what is behind the table. */
const forbidden = (error: unknown): readonly Row[] => {
  if (error instanceof InputError && error.problems.every(({ code }) => code === 'SERVER_REFUSES')) return []
  throw error
}

const faultOf = (engine: string, { address: { name, final } }: Session): Problem | null => {
  const kept = keptBy(engine)
  if (kept === 'merged' && !final) {
    const what = `a row of ${engine} is there again until it is merged, and would be counted twice`
    return problems.unsafeServer(name, what, 'end the address in ?final=1: rows are merged as they are read')
  }
  if (kept === 'summed') {
    const what = `a row of ${engine} is the sum of many calls, whose lengths are lost`
    return problems.unsafeServer(name, what, 'name the table that has a row for each call')
  }
  if (kept !== 'other' && kept !== 'distributed') return null
  const what = `what a table of the engine ${engine} holds is not known`
  return problems.unsafeServer(name, what, 'name the table itself that has a row for each call')
}

const unknownWarning = ({ address: { name } }: Session, why: string): Warning => ({
  code: 'ENGINE_UNKNOWN',
  what: `${name}: ${why}, so calls may be there twice`,
  fix: 'check that each call is one row; ?final=1 merges rows of a ReplacingMergeTree as they are read',
  at: null,
})
