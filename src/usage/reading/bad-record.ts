/** Thrown for a record that cannot be read. The message says why, and holds nothing of what stands in the record. */
export class BadRecord extends Error {
  override readonly name = 'BadRecord'
}

/** Does some work, and tells why a record cannot be read. */
export const guard = (work: () => void, bad: (why: string) => void): void => {
  try {
    work()
  } catch (error) {
    if (!(error instanceof BadRecord)) throw error
    bad(error.message)
  }
}

export const NO_MODEL = 'its model is missing'
export const NO_TIME = 'its time cannot be read'
export const NO_MONEY = 'its amount of money cannot be read'
export const isNoCount = (key: string): string => `${key} is not a count: a whole number from 0`
export const isMissing = (key: string): string => `${key} is missing`
export const NO_SPAN = 'its start and end are not a span of time'
export const NO_END = 'it has several requests and no end: give the end of their time'
