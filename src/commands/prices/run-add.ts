import type { Added, Stated } from '../../book/add-model.ts'
import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { addToFile } from '../../load/book/add-to-file.ts'
import type { Rate } from '../../model/book/book.ts'
import { printable } from '../../model/printable.ts'
import { parseInstant } from '../../model/time.ts'
import { DECIMAL } from '../../model/units.ts'
import { rateCell } from '../../report/sheets/rate-cell.ts'
import { isTokenizer } from '../../tokens/index.ts'
import * as common from '../flags/options.ts'
import { typed } from '../flags/typed.ts'

/** The flags of `prices add`; `output` is a rate, `o` the file. */
export interface AddFlags {
  readonly input: string
  readonly output: string
  readonly cacheRead?: string
  readonly cacheWrite?: string
  readonly cacheWrite1h?: string
  readonly like?: string
  readonly provider?: string
  readonly from?: string
  readonly context?: string
  readonly maxOutput?: string
  readonly tokenizer?: string
  readonly source?: string
  readonly o?: string
  readonly quiet?: boolean
}

/** Adds a price to a file, and tells what was written. */
export const runAdd = async (model: string, options: AddFlags, io: Io): Promise<void> => {
  const { o: file = '-', like } = options
  const stated = statedOf(model, options, io.today())
  const { added, text } = await addToFile({ file: file === '-' ? null : file, stated, like }, io)
  if (file === '-') io.stdout.write(text)
  else await common.replace(io, text, file)
  if (!options.quiet) io.stderr.write(inWords(added, file, io.today()))
}

/** The flags as values. @throws {InputError} USAGE for every value that is invalid */
const statedOf = (model: string, flags: AddFlags, today: string): Omit<Stated, 'like'> => {
  const faults: Problem[] = []
  const refuse = (flag: string, what: string, fix: string): void =>
    void faults.push(problems.usage(`${flag} must be ${what}`, `write ${flag} ${fix}`))
  const rate = (flag: string, value: string | undefined): Rate => {
    if (value === undefined || value === 'unknown') return null
    if (value === 'none' || value === 'not_offered') return 'not_offered'
    if (!DECIMAL.test(value) || value.length > MOST) refuse(flag, `USD per 1M tokens, got "${value}"`, '0.28')
    return value
  }
  const count = (flag: string, value: string | undefined): number | undefined => {
    if (value === undefined) return undefined
    const [, digits, unit] = /^(\d{1,9})([KM]?)$/i.exec(value) ?? []
    if (digits === undefined || Number(digits) === 0) refuse(flag, `a number of tokens, got "${value}"`, '200000')
    return Number(digits) * ({ K: 1e3, M: 1e6 }[unit?.toUpperCase() ?? ''] ?? 1)
  }
  const { from = today, tokenizer, cacheWrite, cacheWrite1h } = flags
  if (!/^\d{4}-\d{2}-\d{2}$/.test(from) || parseInstant(from) === undefined)
    refuse('--from', `a day, got "${from}"`, today)
  if (tokenizer !== undefined && !isTokenizer(tokenizer)) {
    refuse('--tokenizer', `a tokenizer that dsprice has, got "${tokenizer}"`, 'o200k_base')
  }
  const stated = {
    ...{ model, from, today, source: flags.source ?? 'Added by hand', provider: flags.provider, tokenizer },
    context: count('--context', flags.context),
    maxOutput: count('--max-output', flags.maxOutput),
    rates: {
      input: rate('--input', flags.input),
      cache_read: rate('--cache-read', flags.cacheRead),
      ...(cacheWrite === undefined ? {} : { cache_write: rate('--cache-write', cacheWrite) }),
      ...(cacheWrite1h === undefined ? {} : { cache_write_1h: rate('--cache-write-1h', cacheWrite1h) }),
      output: rate('--output', flags.output),
    },
  }
  if (faults.length > 0) throw new InputError(faults)
  return stated
}

const MOST = 100

/** What was written, and a command to try. */
const inWords = ({ id, provider, known, row }: Added, file: string, today: string): string => {
  const cached =
    row.cache_read === null
      ? 'cache reads unknown'
      : row.cache_read === 'not_offered'
        ? 'no cache reads'
        : `cache reads ${rateCell(row.cache_read)}`
  const place = file === '-' ? 'stdout' : file
  const at = row.from > today ? ` --at ${row.from}` : ''
  const over = known ? ', over the rows of the book' : ''
  return [
    `note: ${place}: ${id} (${provider}) from ${row.from}${over}: input ${rateCell(row.input)}, ${cached}, output ${rateCell(row.output)} per 1M tokens`,
    ...(file === '-' ? [] : [`  next: dsprice compare --models ${typed(id)} --pricing ${typed(file)}${at}`]),
    '',
  ]
    .map(printable)
    .join('\n')
}
