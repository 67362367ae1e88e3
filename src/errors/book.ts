// Price books, models and their rates.
import type { Problem } from './problem.ts'
import { list, quoted } from './words.ts'

export const unknownBook = (version: string, known: readonly string[]): Problem => ({
  code: 'UNKNOWN_BOOK',
  exit: 2,
  about: version,
  what: `there is no price book ${quoted(version)}`,
  fix: `use one of ${list(known)}, or the path of your own file`,
})

export const mixedBooks = (named: readonly string[]): Problem => ({
  code: 'MIXED_BOOKS',
  exit: 2,
  what: `all scenarios of a run must use one price book, but these name different ones: ${list(named)}`,
  fix: 'run them separately, or name one book for all with --pricing',
})

/** Of a page, which has the scenarios of another book. */
export const otherBook = (scenario: string, version: string, command: string): Problem => ({
  code: 'MIXED_BOOKS',
  exit: 2,
  scenario,
  what: `uses the price book ${version}, and a page has one`,
  fix: `run ${command}, or name one book for all with --pricing`,
})

export const twoBooks = (versions: readonly string[]): Problem => ({
  code: 'TWO_BOOKS',
  exit: 2,
  what: `bundled price books are never merged, but ${list(versions)} are all named`,
  fix: `name one of them, and add your own file: --pricing ${versions[0]} --pricing mine.json`,
})

export const tooManyDiscounts = (limit: number): Problem => ({
  code: 'TOO_MUCH',
  exit: 2,
  what: `the discounts up to this one change more than ${limit} rows`,
  fix: 'write the discounted prices as rows of the models',
})

export const rateTooLong = (model: string, limit: number): Problem => ({
  code: 'TOO_MUCH',
  exit: 2,
  what: `with this discount a rate of ${model} has more than ${limit} digits`,
  fix: 'combine the discounts that apply at the same time into one',
})

export const unknownModel = (
  model: string,
  book: string,
  { near, elsewhere, argument }: { near: readonly string[]; elsewhere: readonly string[]; argument: string },
): Problem => ({
  code: 'UNKNOWN_MODEL',
  exit: 3,
  what: `price book ${book} has no model ${quoted(model)}`,
  why: {
    why: [
      `not in price book ${book}`,
      elsewhere.length > 0 ? `book ${list(elsewhere)} has it` : '',
      near.length > 0 ? `nearest here: ${list(near)}` : '',
    ]
      .filter(Boolean)
      .join('; '),
    kind: `not in price book ${book}`,
  },
  fix: [
    elsewhere.length > 0 ? `book ${list(elsewhere)} has it: --pricing ${elsewhere[0]}` : '',
    near.length > 0 ? `nearest here: ${list(near)}` : '',
    elsewhere.length + near.length > 0 ? '' : `see dsprice prices list --pricing ${argument}`,
  ]
    .filter(Boolean)
    .join('; '),
})

export const noPriceAt = (model: string, at: string, spans: string): Problem => ({
  code: 'NO_PRICE_AT',
  exit: 3,
  what: `${model} has no price at ${at}`,
  why: { why: `no price at ${at}` },
  fix: `this book prices it ${spans}; choose one of those days with --at`,
})

interface Rate {
  readonly meter: string
  readonly service?: string | undefined
}

const rateInWords = ({ meter, service }: Rate): string =>
  service === undefined ? `${meter} rate` : `${meter} rate for its service ${quoted(service)}`

/** `rate`: the meter, and the service if it is not the standard one. */
export const noRate = (model: string, rate: Rate, why: string): Problem => ({
  code: 'NO_RATE',
  exit: 3,
  what: `${model} has no known ${rateInWords(rate)}: ${why}`,
  why: { why: `no known ${rateInWords(rate)}: ${why}`, kind: `no known ${rateInWords(rate)}` },
  fix: 'give the rate in your own file with --pricing mine.json, or choose another model',
})

export const noService = (
  model: string,
  service: string,
  { at, others }: { readonly at: string; readonly others: readonly string[] },
): Problem => ({
  code: 'NO_SERVICE',
  exit: 3,
  what: `${model} has no service ${quoted(service)} at ${at}`,
  why: { why: `no service ${quoted(service)} at ${at}` },
  fix: `use one of ${list(others)}, or choose another model`,
  path: ['service'],
})

export const serviceUnknown = (model: string, service: string): Problem => ({
  code: 'NO_SERVICE',
  exit: 3,
  what: `${model} has a service ${quoted(service)}, but its rates are unknown`,
  why: { why: `the rates of its service ${quoted(service)} are unknown` },
  fix: 'give its rates in your own file with --pricing mine.json, or write service: standard',
  path: ['service'],
})

export const noLongPrompts = (why: string): Problem => ({
  code: 'NO_RATE',
  exit: 3,
  what: why,
  why: { why, kind: 'the service has no known rate for long prompts' },
  fix: 'shorten the prompt, or write service: standard',
  path: ['service'],
})

export const noRegion = (
  model: string,
  region: string,
  { at, others }: { readonly at: string; readonly others: readonly string[] },
): Problem => ({
  code: 'NO_REGION',
  exit: 3,
  what: `the book has no region ${quoted(region)} for ${model} at ${at}`,
  why: { why: `no region ${quoted(region)} at ${at}` },
  fix:
    others.length > 0 ? `use one of ${list(others)}, or leave region out` : 'leave region out, or choose another model',
  path: ['region'],
})

export const regionUnknown = (model: string, region: string): Problem => ({
  code: 'NO_REGION',
  exit: 3,
  what: `${model} has a region ${quoted(region)}, but its factor is unknown`,
  why: { why: `the factor of its region ${quoted(region)} is unknown` },
  fix: 'give the factor in your own file with --pricing mine.json, or leave region out',
  path: ['region'],
})

export const tooManyModels = (count: number, limit: number): Problem => ({
  code: 'TOO_MUCH',
  exit: 2,
  what: `${count} models are more than the ${limit} that can be compared`,
  fix: 'name those that matter: --models a,b,c',
})

export const moreModels = (count: number, book: string): Problem => ({
  code: 'UNKNOWN_MODEL',
  exit: 3,
  what: `price book ${book} has no models for ${count} more of these names`,
  fix: `see dsprice prices list --pricing ${book}`,
})

/** @param tally - how many models have each value of the required facts */
export const noModelLeft = (wanted: readonly string[], tally: string): Problem => ({
  code: 'NO_MODEL_LEFT',
  exit: 3,
  what: `no model passes ${wanted.join(', ')}: ${tally}`,
  fix: 'remove a fact from --require; a fact that is unknown does not pass',
})

/** @param left - the models of the book, and why each is left out */
export const noModelPriced = (left: readonly { readonly why: string }[]): Problem => {
  const [first, ...more] = [...new Set(left.map(({ why }) => why))]
  const others = more.length === 0 ? '' : `; and ${more.length} more ${more.length === 1 ? 'reason' : 'reasons'}`
  return {
    code: 'NO_MODEL_LEFT',
    exit: 3,
    what: first === undefined ? 'the price book has no model' : `no model can be priced: ${first}${others}`,
    fix: 'name a model with --models to see its own problems',
  }
}

export const notACatalogue = (file: string, catalogue: string, found: string): Problem => ({
  code: 'NOT_A_CATALOGUE',
  exit: 2,
  about: file,
  what: `${quoted(file)} is not a file of ${catalogue}: ${found}`,
  fix: 'name the file as the catalogue publishes it; dsprice prices import --help lists the catalogues',
})

/** @param left - how many entries were left out, by code, the most first */
export const nothingImported = (
  catalogue: string,
  left: readonly (readonly [code: string, count: number])[],
): Problem => ({
  code: 'NOTHING_IMPORTED',
  exit: 2,
  what: `nothing of ${catalogue} is left to import: ${list(left.map(([code, count]) => `${count} ${code}`))}`,
  fix: left.some(([code]) => code === 'NOT_SELECTED')
    ? 'name other providers with --only, or leave it out'
    : 'see what each code means in docs/price-books.md',
})
