import { type Exact, exact, quotient, sum, toDecimals, ZERO } from '../../model/number/money.ts'
import type { Length, Request } from '../../model/scenario/counted.ts'
import type { Crossing } from './cache-minimum.ts'
import { groupedTokens } from './grouped-tokens.ts'
import { type Bench, type Finding, type Lever, tryOne } from './lever.ts'
import { isRefused, type Served, type Trial } from './trial.ts'

/** A tenth less of each part of the prompt, of the answer, and of its reasoning. */

const PROMPT = ['shared', 'session', 'turn', 'context'] as const
type Part = (typeof PROMPT)[number] | 'output' | 'reasoning'

const NAMES: Readonly<Record<Part, string>> = {
  shared: 'shared',
  session: 'session',
  turn: 'turn',
  context: 'context',
  output: 'the answer',
  reasoning: 'the reasoning',
}

/** Levers of every part that has at least ten tokens, each with the cache minimum that it takes a prompt across. */
export const lessFindings = async (bench: Bench, crosses: Crossing): Promise<Finding[]> => {
  const { served } = bench.base
  const levers: Lever[] = served.written.totals
    ? (['input', 'output'] as const).flatMap(key => totalsLever(served, key))
    : [...PROMPT, 'output' as const, 'reasoning' as const].flatMap(part => partLever(served, part))
  const found: Finding[] = []
  for (const lever of levers) found.push(withCrossing(await tryOne(lever, bench), bench, crosses))
  return found
}

const withCrossing = ({ lever, trial }: Finding, { base }: Bench, crosses: Crossing): Finding => {
  const crossed = isRefused(trial) ? null : crosses(base, trial)
  return { lever: crossed === null ? lever : { ...lever, what: `${lever.what}, ${crossed}` }, trial }
}

/** A tenth, in whole tokens, never more. */
const tenthOf = (tokens: Exact): Exact => tokens.dividedToIntegerBy(10)

const NO_LEVER = { leg: null, kind: 'less', views: null, quality: null } as const

const totalsLever = ({ written: { totals } }: Served, key: 'input' | 'output'): Lever[] => {
  const less = (tokens: number): number => tokens - tenthOf(exact(tokens)).toNumber()
  if (!totals || less(totals[key]) === totals[key]) return []
  return [
    {
      ...NO_LEVER,
      what: `a tenth less ${key}: ${groupedTokens(exact(totals[key]))} to ${groupedTokens(exact(less(totals[key])))} tokens`,
      keys: ({ served: { written } }) => (written.totals ? [`totals.${key}=${less(written.totals[key])}`] : null),
      inReturn: [`work: shorter ${key === 'input' ? 'prompts' : 'answers'}`],
    },
  ]
}

const partLever = (served: Served, part: Part): Lever[] => {
  const sizes = sizesOf(served)
  // A text that each model counts otherwise has no one number of tokens.
  if (sizes === null) return []
  const cut = cutOf(sizes, part)
  if (cut.isZero()) return []
  const tokens = part === 'output' ? sizes.output.minus(sizes.reasoning) : sizes[part]
  return [
    {
      ...NO_LEVER,
      what: `a tenth less of ${NAMES[part]}: ${inTokens(tokens, wholeUp(tokens.minus(cut)), hasSamples(served, part))}`,
      keys: on => keysFor(on, part),
      inReturn: [WORK[part]],
    },
  ]
}

/** One number stands for samples of different lengths, so short ones become longer. */
const inTokens = (from: Exact, to: Exact, fromMean: boolean): string => {
  const [now, then] = [groupedTokens(from), groupedTokens(to)]
  return fromMean ? `a mean of ${now} tokens to ${then} in every call` : `${now} to ${then} tokens a call`
}

const hasSamples = ({ scenario: { request } }: Served, part: Part): boolean =>
  request !== null && partsOf(request[part]).some(({ samples }) => new Set(samples).size > 1)

const WORK: Readonly<Record<Part, string>> = {
  shared: 'work: a shorter system prompt, fewer tools',
  session: 'work: less text for each conversation',
  turn: 'work: shorter messages',
  context: 'work: fewer or shorter passages',
  output: 'work: ask for shorter answers',
  reasoning: 'quality: a lower reasoning effort',
}

type Sizes = Readonly<Record<Part, Exact>>

const cutOf = (sizes: Sizes, part: Part): Exact =>
  tenthOf(part === 'output' ? sizes.output.minus(sizes.reasoning) : sizes[part])

/** The keys that take a tenth of a part away, on top of what a scenario already has. */
const keysFor = (on: Trial, part: Part): string[] | null => {
  const sizes = sizesOf(on.served)
  const cut = sizes === null ? ZERO : cutOf(sizes, part)
  const kept = keptReasoning(on, part)
  if (sizes === null || kept === null || cut.isZero()) return null
  const key = (one: Part): string => `request.${one}=${inFile(on.served, one, wholeUp(sizes[one].minus(cut)))}`
  return [...kept, ...(part === 'reasoning' ? [key('output'), key('reasoning')] : [key(part)])]
}

/** Rounded up to whole tokens, so that no saving is overstated. */
const wholeUp = (tokens: Exact): Exact => {
  const whole = tokens.dividedToIntegerBy(1)
  return whole.eq(tokens) ? whole : whole.plus(1)
}

/** A number of tokens; where the file has text, an empty text beside it keeps what the chat template adds to a message. */
const inFile = ({ scenario, written }: Served, part: Part, tokens: Exact): string => {
  const counted = scenario.request?.[part]
  const hasText = written.request !== undefined && counted !== undefined && partsOf(counted).some(isText)
  return hasText ? `[${toDecimals(tokens, 0)}, {text: ""}]` : toDecimals(tokens, 0)
}

/**
 * Tool definitions can decide whether earlier reasoning is sent again; a number in their place has none, so it is said.
 *
 * @returns `null` where the models differ in it
 */
const keptReasoning = ({ priced, served }: Trial, part: Part): string[] | null => {
  const { request } = served.scenario
  const hasTools =
    request !== null && partsOf(request[part]).some(({ kind }) => kind === 'tools' || kind === 'tool_calls')
  if (!hasTools || !request.history || request.reasoning === 0 || request.reasoning_kept !== undefined) return []
  const [kept, ...others] = [...new Set(priced.streams.map(({ low }) => low.keeps))]
  return others.length > 0 ? null : [`request.reasoning_kept=${kept}`]
}

const partsOf = (length: Length) => (typeof length === 'number' ? [] : length.parts)
const isText = ({ kind }: { readonly kind: string }): boolean => kind !== 'number' && kind !== 'image'

/** Tokens of each part that are the user's own, alike for every model that serves; `null`: they are not alike. */
const sizesOf = ({ scenario, written }: Served): Sizes | null => {
  const requests = Object.values(scenario.counted ?? {}).flatMap(({ request }) => request ?? [])
  const [first, ...others] = requests.length > 0 ? requests : scenario.request ? [scenario.request] : []
  if (!first) return null
  // Numbers that are another model's tokens would be converted once more.
  if (written.request?.tokens_of !== undefined) return ofNumbers(written)
  const sizes = ofRequest(first)
  const isAlike = others.every(other =>
    Object.entries(ofRequest(other)).every(([key, size]) => size.eq(sizes[key as Part])),
  )
  return isAlike ? sizes : null
}

const PARTS: readonly Part[] = [...PROMPT, 'output', 'reasoning']

const sizesBy = (of: (part: Part) => Exact): Sizes =>
  Object.fromEntries(PARTS.map(part => [part, of(part)])) as Record<Part, Exact>

const ofRequest = (request: Request): Sizes =>
  sizesBy(part => {
    const length = request[part]
    return typeof length === 'number' ? exact(length) : sum(length.parts.filter(isOwn).map(meanOf))
  })

const isOwn = ({ kind }: { readonly kind: string }): boolean => kind !== 'template'

const meanOf = ({ samples }: { readonly samples: readonly number[] }): Exact =>
  quotient(sum(samples.map(tokens => exact(tokens))), exact(samples.length))

/** The numbers of a file; `null` if any part is text. */
const ofNumbers = ({ request }: Served['written']): Sizes | null => {
  if (!request || PARTS.some(part => typeof request[part] !== 'number')) return null
  return sizesBy(part => exact(request[part] as number))
}
