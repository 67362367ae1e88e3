/** Dates and instants, without the schemas of `time.ts`. */

const DATE = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/

/** Whether a well-formed `at` is a plain date rather than an instant. */
export const isDate = (at: string): boolean => DATE.test(at)

/** Milliseconds since 1970 of a date (its start in UTC) or an instant; `undefined` if the text is neither. */
export const parseInstant = (at: string): number | undefined => {
  if (!DATE.test(at) && !INSTANT.test(at)) return undefined
  const ms = Date.parse(at)
  if (Number.isNaN(ms)) return undefined
  // Date.parse turns 2026-02-30 into March 2nd; a date that does not exist is a fault.
  const day = Number(at.slice(8, 10))
  const days = new Date(Date.UTC(Number(at.slice(0, 4)), Number(at.slice(5, 7)), 0)).getUTCDate()
  return day <= days ? ms : undefined
}
