import { InputError, problems } from '../../errors/index.ts'
import { counted } from '../../model/plural.ts'
import type { Warning } from '../../model/result/result.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import type { PricedGroup } from '../price/price-group.ts'
import { faultsIn } from './unpriced.ts'

interface Found {
  readonly sources: UsageReport['sources']
  readonly warnings: readonly Warning[]
}

/** @throws {InputError} NO_RECORDS; the faults of all usage where none has a price */
export const refuseNothing = (groups: readonly PricedGroup[], { sources, warnings }: Found, outside: number): void => {
  if (groups.length === 0) {
    const lie = outside === 1 ? 'lies' : 'lie'
    const beyond = outside === 0 ? [] : [`${counted(outside, 'record')} ${lie} outside --since and --until`]
    const names = sources.map(({ name }) => name).join(', ')
    throw new InputError([problems.noRecords(names, [...warnings.map(({ what }) => what), ...beyond])])
  }
  if (groups.some(({ bill, group }) => bill !== null || group.isMoney)) return
  throw new InputError(faultsIn(groups))
}
