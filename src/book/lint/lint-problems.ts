import { list, type Problem } from '../../errors/index.ts'
import { NO_RULES } from '../../model/book/choices.ts'

const quoted = (text: string): string => JSON.stringify(text)

interface Dated {
  readonly from: string
  readonly to?: string | null | undefined
}

/** Every problem that lint finds in a price file, one row each. Commands refuse a user's file that has any. */
export const lintProblems = {
  // Names
  aliasTwice: (name: string, owner: string) => ({
    code: 'ALIAS_TWICE',
    exit: 2,
    what: `the name ${quoted(name)} also belongs to ${owner}`,
    fix: 'keep it for one model',
  }),
  modelTwice: (name: string, id: string) => ({
    code: 'MODEL_TWICE',
    exit: 2,
    what: `${quoted(name)} is ${id}, which this file already describes above`,
    fix: 'write all its rows under one "prices"',
  }),
  noProvider: (name: string, known: readonly string[]) => ({
    code: 'UNKNOWN_PROVIDER',
    exit: 2,
    what: `there is no provider ${quoted(name)}`,
    fix: `${known.length > 0 ? `use one of ${list(known)}, or ` : ''}add providers: {${quoted(name)}: {…}}`,
  }),
  noSource: (name: string) => ({
    code: 'NO_SOURCE',
    exit: 2,
    what: `no source ${quoted(name)} in this file or in the book`,
    fix: `add sources: {${quoted(name)}: {title, where, retrieved, grade}}`,
  }),
  noRule: (name: string, provider: string, known: readonly string[]) => ({
    code: 'NO_RULE',
    exit: 2,
    what: `${provider} has no cache rule ${quoted(name)}`,
    fix: `write "cache": one of ${list([...new Set([...known, ...NO_RULES])].map(quoted))}`,
  }),
  ruleMissing: (name: string, model: string) => ({
    code: 'NO_RULE',
    exit: 2,
    what: `${model} needs the cache rule ${quoted(name)}, which is missing here`,
    fix: `describe it, or write "cache": ${NO_RULES.map(quoted).join(' or ')}`,
  }),
  noModel: (name: string) => ({
    code: 'NO_MODEL',
    exit: 2,
    what: `no model ${quoted(name)} in this book`,
    fix: 'see dsprice prices list',
  }),
  oneReduced: () => ({
    code: 'ONE_REDUCED',
    exit: 2,
    what: 'a discount must name either a provider or a model',
    fix: 'write {"provider": "deepseek", …} or {"model": "gpt-5.5", …}',
  }),
  // Dates
  rowEmpty: (from: string, to: string) => ({
    code: 'ROW_EMPTY',
    exit: 2,
    what: `must be after from, got ${to}`,
    fix: `write a day after ${from}, or null for no end`,
  }),
  rowsOverlap: (other: Dated, from: string) => ({
    code: 'ROWS_OVERLAP',
    exit: 2,
    what: `the row from ${other.from} is in force until ${other.to ?? 'further notice'}, so two rows are in force at once`,
    fix: other.from === from ? 'keep one of the two' : `close the other with "to": "${from}"`,
  }),
  rowsGap: (end: string, from: string) => ({
    code: 'ROWS_GAP',
    exit: 2,
    what: `one row ends at ${end} and the next begins at ${from}, so no price applies in between`,
    fix: 'end one row where the next begins, or price the time between',
  }),
  serviceOutside: ({ from, to }: Dated) => ({
    code: 'ROW_EMPTY',
    exit: 2,
    what: `the service is never in force: its row is from ${from}${to == null ? ' on' : ` until ${to}`}`,
    fix: 'correct its dates, or move it to the row in force on those dates',
  }),
  seenLate: (to: string) => ({
    code: 'INVALID',
    exit: 2,
    what: `must be no later than to, ${to}`,
    fix: 'write the day on which these rates were last seen in force',
  }),
  untilOutside: ({ from, to }: Dated) => ({
    code: 'INVALID',
    exit: 2,
    what: `must be after from, ${from}${to == null ? '' : `, and no later than to, ${to}`}`,
    fix: 'write the first day that the announcement does not cover, or leave it out',
  }),
  standardService: () => ({
    code: 'INVALID',
    exit: 2,
    what: 'the standard service is the row itself',
    fix: "write its rates as the row's, or give the service another name",
  }),
  // Rates
  tiersAndWindows: () => ({
    code: 'TIERS_AND_WINDOWS',
    exit: 2,
    what: 'a row has both tiers and windows, which cannot be combined',
    fix: 'keep one of them',
  }),
  tierTwice: (when: string) => ({
    code: 'TIER_TWICE',
    exit: 2,
    what: `another tier of this row also applies ${when} tokens`,
    fix: 'keep one of the two',
  }),
  windowsOverlap: (other: string) => ({
    code: 'WINDOWS_OVERLAP',
    exit: 2,
    what: `some of these hours also belong to ${other}, so two rates are in force at once`,
    fix: 'end one window where the other begins',
  }),
  magnitude: (rate: string) => ({
    code: 'MAGNITUDE',
    exit: 2,
    what: `$${rate} per 1M tokens is outside $0.0001 to $1,000`,
    fix: 'check the unit: rates are USD per 1M tokens',
  }),
  factorMagnitude: (factor: string) => ({
    code: 'MAGNITUDE',
    exit: 2,
    what: `the factor ${factor} is outside 0.01 to 100`,
    fix: 'write 1.1 for a tenth more, 0.5 for half',
  }),
  entriesOverlap: (name: string) => ({
    code: 'ROWS_OVERLAP',
    exit: 2,
    what: `another entry of ${quoted(name)} is in force at the same time`,
    fix: 'close the earlier one with "to"',
  }),
  floatNoise: (rate: string, meant: string) => ({
    code: 'FLOAT_NOISE',
    exit: 2,
    what: `${quoted(rate)} has the rounding noise of a binary fraction`,
    fix: `write ${quoted(meant)}`,
  }),
  readAboveInput: () => ({
    code: 'READ_ABOVE_INPUT',
    exit: 2,
    what: 'reading from the cache costs more than sending the tokens',
    fix: 'check whether the two are swapped',
  }),
  longWriteBelowShort: () => ({
    code: 'LONG_WRITE_BELOW_SHORT',
    exit: 2,
    what: 'a one-hour cache write costs less than a short one',
    fix: 'check whether the two are swapped',
  }),
  batchAboveNormal: (meter: string) => ({
    code: 'BATCH_ABOVE_NORMAL',
    exit: 2,
    what: `the batch ${meter} rate is above the normal one`,
    fix: 'check whether the two are swapped',
  }),
} satisfies Record<string, (...args: never[]) => Problem>
