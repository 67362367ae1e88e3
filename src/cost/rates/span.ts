import { parseInstant } from '../../model/instant.ts'

/** What holds for a time, half-open. Left out or `null`: without a beginning, without an end. */
export interface Dated {
  readonly from?: string | undefined
  readonly to?: string | null | undefined
}

/** First and last moment in milliseconds since 1970, infinite where it has none. */
export const span = ({ from, to }: Dated) => ({
  from: (from === undefined ? undefined : parseInstant(from)) ?? Number.NEGATIVE_INFINITY,
  to: to == null ? Number.POSITIVE_INFINITY : (parseInstant(to) ?? Number.NEGATIVE_INFINITY),
})
