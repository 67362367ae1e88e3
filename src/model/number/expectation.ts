/** Most decimals of an expectation: as many as results print of a count. */
export const MOST_EXPECTED_DECIMALS = 6

/**
 * A count that a multiple made a fraction, such as 500.5 requests a day: an expectation. A file states whole counts
 * only; `--set key=0.5x` makes these.
 */
export class Expectation {
  readonly count: number

  constructor(count: number) {
    this.count = count
  }

  toJSON(): number {
    return this.count
  }
}
