import { InputError, problems } from '../../errors/index.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import type { Encoder } from '../blocks/renderer.ts'
import { FOCUS_COLUMNS, focusRow } from '../usage/focus-row.ts'
import { toCsv } from './to-csv.ts'

/**
 * Charges as rows of FOCUS 1.2: one for each day, model, meter and rate.
 *
 * @throws {InputError} USAGE if the report has no charges
 */
export const focus: Encoder = {
  usage: report =>
    toCsv(
      chargesOf(report).map(line => focusRow(line, report)),
      FOCUS_COLUMNS,
    ),
}

const chargesOf = ({ lines }: UsageReport) => {
  if (lines?.every(({ day }) => day !== null)) return lines
  const what = 'a saved report has no charges by the day, which FOCUS needs'
  throw new InputError([problems.usage(what, 'write dsprice usage calls.jsonl --format focus')])
}
