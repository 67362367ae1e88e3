import type { Stated, StatedPrice } from '../../book/add-model.ts'
import { InputError, type Problem, problems, typed } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { addToFile } from '../../load/book/add-to-file.ts'
import type { Split } from '../../load/book/own-tokenizer.ts'
import type { Rate } from '../../model/book/book.ts'
import { parseInstant } from '../../model/instant.ts'
import { DECIMAL } from '../../model/units.ts'
import { addedInWords } from '../../report/files/added-in-words.ts'
import { isTokenizer } from '../../tokens/index.ts'
import * as common from '../flags/options.ts'

/** The flags of `prices add`; `output` is a rate, `o` the file. */
export interface AddFlags {
  readonly input?: string
  readonly output?: string
  readonly cacheRead?: string
  readonly cacheWrite?: string
  readonly cacheWrite1h?: string
  readonly like?: string
  readonly provider?: string
  readonly from?: string
  readonly context?: string
  readonly maxOutput?: string
  readonly tokenizer?: string
  readonly split?: Split
  readonly source?: string
  readonly replace?: boolean
  readonly o?: string
  readonly quiet?: boolean
}

/** Adds a price or other facts of a model to a file, and tells what was written. */
export const runAdd = async (model: string, options: AddFlags, io: Io): Promise<void> => {
  const { o: file = '-', like, split } = options
  const stated = statedOf(model, options, io)
  const { added, text } = await addToFile({ file: file === '-' ? null : file, stated, like, split }, io)
  if (file === '-') io.stdout.write(text)
  else await common.replace(io, text, file)
  if (options.quiet) return
  const at = added.row && added.row.from > io.today() ? ` --at ${added.row.from}` : ''
  const next = file === '-' ? null : `dsprice compare --models ${typed(added.id)} --pricing ${typed(file)}${at}`
  io.stderr.write(addedInWords(added, { place: file === '-' ? 'stdout' : file, next }))
}

/** The flags as values. @throws {InputError} USAGE for every value that is invalid */
const statedOf = (model: string, flags: AddFlags, io: Io): Omit<Stated, 'like'> => {
  const faults: Problem[] = []
  const count = (flag: string, value: string | undefined): number | undefined => {
    if (value === undefined) return undefined
    const [, digits, unit] = /^(\d{1,9})([KM]?)$/i.exec(value) ?? []
    if (digits === undefined || Number(digits) === 0)
      faults.push(invalid(flag, `a number of tokens, got "${value}"`, '200000'))
    return Number(digits) * ({ K: 1e3, M: 1e6 }[unit?.toUpperCase() ?? ''] ?? 1)
  }
  const { tokenizer, provider } = flags
  if (tokenizer !== undefined && !isTokenizer(tokenizer) && io.kind(tokenizer) === null) {
    faults.push(invalid('--tokenizer', `a tokenizer that dsprice has, or a file, got "${tokenizer}"`, 'o200k_base'))
  }
  const stated = {
    ...{ model, provider, tokenizer },
    price: priceOf(flags, { today: io.today(), faults }),
    context: count('--context', flags.context),
    maxOutput: count('--max-output', flags.maxOutput),
  }
  if (faults.length > 0) throw new InputError(faults)
  return stated
}

const invalid = (flag: string, what: string, such: string): Problem =>
  problems.usage(`${flag} must be ${what}`, `write ${flag} ${such}`)

/** Flags that say something of a price. */
const OF_A_PRICE = {
  ...{ cacheRead: '--cache-read', cacheWrite: '--cache-write', cacheWrite1h: '--cache-write-1h' },
  ...{ from: '--from', source: '--source', replace: '--replace' },
} as const

/** The price that the flags state; `null`: none. Every value that is invalid goes to `faults`. */
const priceOf = (
  flags: AddFlags,
  { today, faults }: { readonly today: string; readonly faults: Problem[] },
): StatedPrice | null => {
  const { input, output, cacheWrite, cacheWrite1h, from = today, source = 'Added by hand', replace = false } = flags
  const rates = [...(input === undefined ? ['--input 2'] : []), ...(output === undefined ? ['--output 6'] : [])]
  const others = Object.entries(OF_A_PRICE).flatMap(([key, flag]) =>
    flags[key as keyof AddFlags] === undefined ? [] : [flag],
  )
  const facts = [flags.tokenizer, flags.context, flags.maxOutput, flags.like]
  if (rates.length === 2 && others.length === 0 && facts.some(fact => fact !== undefined)) return null
  if (rates.length > 0) {
    const what = others.length > 0 ? `${others.join(', ')} of a price` : 'a price'
    faults.push(problems.usage(`${what} needs both rates, input and output`, `write ${rates.join(' ')}`))
  }
  const rate = (flag: string, value: string | undefined): Rate => {
    if (value === undefined || value === 'unknown') return null
    if (value === 'none' || value === 'not_offered') return 'not_offered'
    if (!DECIMAL.test(value) || value.length > MOST)
      faults.push(invalid(flag, `USD per 1M tokens, got "${value}"`, '0.28'))
    return value
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(from) || parseInstant(from) === undefined)
    faults.push(invalid('--from', `a day, got "${from}"`, today))
  return {
    ...{ from, today, source, replace },
    rates: {
      input: rate('--input', input),
      cache_read: rate('--cache-read', flags.cacheRead),
      ...(cacheWrite === undefined ? {} : { cache_write: rate('--cache-write', cacheWrite) }),
      ...(cacheWrite1h === undefined ? {} : { cache_write_1h: rate('--cache-write-1h', cacheWrite1h) }),
      output: rate('--output', output),
    },
  }
}

const MOST = 100
