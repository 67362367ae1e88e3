import { CODES } from '../../errors/codes.ts'
import type { Code } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { bundledVersions } from '../../load/book/book.ts'
import { lintFile } from '../../load/book/lint-file.ts'
import { collectAll } from '../../load/scenario/drafts.ts'
import type { Warning } from '../../model/result/result.ts'
import type { Sheet } from '../../report/blocks/sheet.ts'
import { lintSheet } from '../../report/sheets/lint.ts'

/** `dsprice prices lint`: errors end the run; what looks odd is part of the answer, and an error under `--strict`. */
export const lint = async (
  io: Io,
  operands: readonly string[],
): Promise<{ readonly sheet: Sheet; readonly warnings: readonly Warning[] }> => {
  const names = operands.length > 0 ? operands : bundledVersions(io)
  const books = await collectAll(names, async name => ({ name, ...(await lintFile(name, io, io.today())) }))
  const warnings = books.flatMap(({ name, notes }) =>
    notes.map(({ code, model, what }) => ({ code, what: `${model}: ${what}`, fix: fixOf(code), at: name })),
  )
  return { sheet: lintSheet(books), warnings }
}

const fixOf = (code: Code): string => {
  const meaning = CODES[code]
  return 'fix' in meaning ? meaning.fix : ''
}
