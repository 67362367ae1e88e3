import { moment } from './week.ts'

const DAY_MS = 86_400_000

/** Whole days from a review to the moment priced; 0 if that is earlier. */
export const ageDays = (reviewed: string, at: string): number =>
  Math.max(0, Math.floor((moment(at).ms - moment(reviewed).ms) / DAY_MS))
