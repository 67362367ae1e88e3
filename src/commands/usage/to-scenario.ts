import { basename, dirname, extname } from 'node:path'
import type { PricedBook } from '../../cost/result/estimate.ts'
import { InputError, typed } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import type { Widen } from '../../load/book/book.ts'
import type { LoadedBook } from '../../load/book/loaded-book.ts'
import { schemaPath } from '../../load/init/schema-path.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import { usageScenarioYaml } from '../../report/files/usage-scenario.ts'
import { localTime } from '../../usage/groups/local-time.ts'
import { servedModels } from '../../usage/plan/models.ts'
import type { UsageRecord } from '../../usage/record.ts'
import type { UsageOptions } from '../../usage/result/usage-run.ts'
import { type Observer, observer } from '../../usage/workload/observe.ts'
import { usageScenario } from '../../usage/workload/usage-scenario.ts'
import { createFile, fileExists, fromHere, tryOut } from '../flags/new-scenario.ts'

const FLAG = '--to-scenario'

/** Takes the records of a run, and writes the scenario that reproduces them. */
export interface ScenarioWriter {
  /** What takes records that are priced with a book, from the first one on. */
  readonly watch: (opened: LoadedBook, widen: Widen) => (record: UsageRecord) => void
  /** @throws {InputError} FILE_EXISTS, NOT_WRITABLE; why no scenario can be made of the records */
  readonly write: (report: UsageReport, priced: PricedBook) => Promise<void>
}

/** @param file - of the scenario; `-` is stdout */
export const scenarioWriter = (
  file: string,
  { terms, pricing, io }: { readonly terms: UsageOptions; readonly pricing: readonly string[]; readonly io: Io },
): ScenarioWriter => {
  // Known before a long log is read.
  if (file !== '-' && io.kind(file) !== null) throw new InputError([fileExists(file, FLAG)])
  const clock = localTime(terms.timezone)
  let watched: Observer | null = null
  return {
    watch: ({ book }, widen) => {
      const served = servedModels(book, { others: [], factorFor: terms.factorFor, widen })
      watched = observer({ ...terms, served, clock })
      return watched.add
    },
    write: async (report, priced) => {
      if (!watched) throw new Error('records are read before their scenario is written')
      const found = usageScenario(watched.observed(), { ...terms, clock, book: priced.book })
      const text = usageScenarioYaml(found, {
        schema: schemaPath(file === '-' ? '.' : dirname(file), io),
        next: `dsprice estimate ${typed(file === '-' ? 'usage.yaml' : fromHere(file, io))}`,
        name: file === '-' ? 'usage' : basename(file, extname(file)),
        sources: report.sources.map(({ name }) => name),
        book: priced.layers.length === 0 ? priced.book.version : null,
      })
      await tryOut(file, text, { io, pricing })
      if (file === '-') io.stdout.write(text)
      else await createFile(file, text, { io, flag: FLAG })
    },
  }
}
