import { InputError, problems } from '../../errors/index.ts'
import { type Automaton, type CharSet, parseGlob } from './glob-pattern.ts'

/**
 * Maximum work for one pattern, in steps of its automaton. States are memoized, so an ordinary pattern takes a few
 * hundred steps for any number of names; only hostile patterns come near the limit.
 */
const WORK = 50_000

/** How far a text has matched. Texts that have matched equally far share one object. */
export interface Reached {
  readonly isMatch: boolean
  /** Whether the text may still match when something is appended. */
  readonly isOpen: boolean
}

interface State extends Reached {
  readonly steps: readonly number[]
  readonly next: Map<number, State>
}

/** A compiled pattern that matches paths piece by piece, in time proportional to their length. */
export interface Glob {
  readonly start: Reached
  /** Reads a further piece of a path, which may end within a name. @throws {InputError} BAD_GLOB: too complex */
  read(from: Reached, text: string): Reached
}

/**
 * Compiles a pattern. Matching follows all alternatives at once and never backtracks.
 *
 * @throws {InputError} BAD_GLOB as `parseGlob` does
 */
export const compileGlob = (pattern: string, { ignoreCase = false } = {}): Glob => {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text)
  const automaton = parseGlob(fold(pattern))
  const machine = machineOf(automaton, () => new InputError([problems.badGlob(pattern, 'it takes too long to match')]))
  return {
    start: machine.stateOf([automaton.first]),
    read: (from, text) => {
      let state = from as State
      for (const char of fold(text)) {
        if (state.steps.length === 0) return state
        state = machine.after(state, char.codePointAt(0) ?? 0)
      }
      return state
    },
  }
}

interface Machine {
  /** The state for these steps and all steps reachable from them without consuming a character. */
  stateOf(steps: readonly number[]): State
  after(state: State, code: number): State
}

/** Computes states on demand, each once. */
const machineOf = (automaton: Automaton, tooHard: () => InputError): Machine => {
  const isNamed = namedBy(automaton)
  const states = new Map<string, State>()
  let work = 0
  const stateOf: Machine['stateOf'] = from => {
    const seen = new Set<number>(from)
    // The list grows during the loop.
    for (const at of seen) {
      const step = automaton.steps[at]
      if (step?.over === null) for (const to of step.to) seen.add(to)
    }
    work += seen.size
    if (work > WORK) throw tooHard()
    const isMatch = seen.has(automaton.end)
    const steps = [...seen].filter(at => at === automaton.end || automaton.steps[at]?.over !== null)
    const key = steps.sort((a, b) => a - b).join()
    const state = states.get(key) ?? { steps, isMatch, isOpen: steps.length > (isMatch ? 1 : 0), next: new Map() }
    states.set(key, state)
    return state
  }
  const after: Machine['after'] = (state, code) => {
    const symbol = isNamed(code) ? code : OTHER
    const known = state.next.get(symbol)
    if (known) return known
    const to = state.steps.flatMap(at => {
      const step = automaton.steps[at]
      if (!step || step.over === null) return []
      if (typeof step.over === 'object') work += step.over.ranges.length
      return passes(step.over, code) ? [step.to] : []
    })
    const next = stateOf(to)
    state.next.set(symbol, next)
    return next
  }
  return { stateOf, after }
}

/** Whether a whole path matches. */
export const matches = (glob: Glob, path: string): boolean => glob.read(glob.start, path).isMatch

/** Stands for every character that the pattern does not name. */
const OTHER = -1
const SLASH_CODE = 47

const passes = (over: CharSet | '/' | 'any', code: number): boolean => {
  if (over === 'any') return true
  if (over === '/') return code === SLASH_CODE
  return code !== SLASH_CODE && over.ranges.some(([from, to]) => from <= code && code <= to) !== over.not
}

const namedBy = ({ steps }: Automaton): ((code: number) => boolean) => {
  const single = new Set([SLASH_CODE])
  const wide: (readonly [number, number])[] = []
  for (const { over } of steps) {
    if (over === null || over === '/' || over === 'any') continue
    for (const range of over.ranges) {
      if (range[0] === range[1]) single.add(range[0])
      else wide.push(range)
    }
  }
  const known = new Map<number, boolean>()
  return code => {
    const before = known.get(code)
    if (before !== undefined) return before
    const isNamed = single.has(code) || wide.some(([from, to]) => from <= code && code <= to)
    known.set(code, isNamed)
    return isNamed
  }
}
