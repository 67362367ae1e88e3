import type { Counted, Length, Request } from '../../model/scenario/counted.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { inner } from '../../model/scenario/set-key.ts'
import { type Control, countIn } from './control.ts'
import type { PageScenario, Shown } from './page-data.ts'

const MOST_TOKENS = 1_000_000_000_000

type Part = 'shared' | 'session' | 'turn' | 'context' | 'output' | 'reasoning'

const PARTS: readonly { readonly key: Part; readonly label: string }[] = [
  { key: 'shared', label: 'Shared prompt (system, tools)' },
  { key: 'session', label: 'Per conversation' },
  { key: 'turn', label: 'New in each call' },
  { key: 'context', label: 'Context not kept (passages)' },
  { key: 'output', label: 'Output' },
  { key: 'reasoning', label: 'Of which reasoning' },
]

/** Turns, and the lengths of one call, where the scenario has a request whose numbers are not another model's. */
export const requestControls = ({ scenario: { request, sizes }, file }: PageScenario): Control[] => {
  // A fleet that one model serves has requests of several sizes, which have no one length.
  if (!request || sizes !== undefined) return []
  const parts = request.tokens_of === undefined ? PARTS : []
  return [turns, ...parts.filter(({ key }) => isFree(key, { request, file })).map(lengthControl)]
}

/** Whether a number in place of a length changes this length alone. */
const isFree = (key: Part, { request, file }: { readonly request: Request; readonly file: unknown }): boolean => {
  // With text, reasoning decides which chat template counts, and the page has counted one of them.
  if (key === 'reasoning') return !hasText(request)
  // What the file has under `shared` may end in what is the same in one conversation only.
  const isDivided = request.session !== 0 && inner(inner(file, 'request'), 'session') === undefined
  return !(isDivided && (key === 'shared' || key === 'session'))
}

const TURNS = { min: 1, max: 100_000, whole: true }

const turns: Control = {
  key: 'request.turns',
  label: 'Calls in a conversation',
  group: 'Request',
  field: { kind: 'count', unit: 'calls', ...TURNS },
  read: ({ scenario }) => String(scenario.request?.turns ?? 1),
  write: (shown, text) => {
    const value = countIn(text, TURNS)
    return value === null ? null : withRequest(shown, request => ({ ...request, turns: value }))
  },
  toFile: Number,
}

const LENGTH = { min: 0, max: MOST_TOKENS, whole: true }

const lengthControl = ({ key, label }: (typeof PARTS)[number]): Control => ({
  key: `request.${key}`,
  label,
  group: 'Request',
  field: { kind: 'count', unit: 'tokens', ...LENGTH },
  read: ({ scenario }) => String(meanOf(scenario.request?.[key] ?? 0)),
  write: (shown, text) => {
    const value = countIn(text, LENGTH)
    return value === null ? null : withRequest(shown, request => withoutTemplate({ ...request, [key]: value }))
  },
  toFile: Number,
})

/** Mean tokens, to a whole token. */
const meanOf = (length: Length): number => (typeof length === 'number' ? length : Math.round(Number(length.mean)))

const withRequest = ({ scenario, self_host }: Shown, change: (request: Request) => Request): Shown => {
  const { request, counted } = scenario
  if (!request) return { scenario, self_host }
  const changed = change(request)
  return { self_host, scenario: withoutCounting({ ...scenario, request: changed, ...countedBy(counted, change) }) }
}

const countedBy = (counted: Scenario['counted'], change: (request: Request) => Request): Pick<Scenario, 'counted'> =>
  counted === undefined
    ? {}
    : {
        counted: Object.fromEntries(
          Object.entries(counted).map(([model, one]) => [model, ofText(changedIn(one, change))]),
        ),
      }

const changedIn = (one: Counted, change: (request: Request) => Request): Counted =>
  one.request ? { ...one, request: change(one.request) } : one

/** Parts of a prompt; what an earlier answer adds counts where it is sent again. */
const PROMPT: readonly Part[] = ['shared', 'session', 'turn', 'context']

const isText = (length: Length): boolean =>
  typeof length !== 'number' && length.parts.some(({ kind }) => kind !== 'number' && kind !== 'image')

/** A chat template adds tokens around text only: what is left of numbers alone has none. */
const withoutTemplate = (request: Request): Request => {
  const again = request.history && request.turns > 1 && isText(request.output)
  const inPrompt = PROMPT.some(key => isText(request[key])) || again
  return {
    ...request,
    ...(inPrompt ? {} : { start_overhead: 0, end_overhead: 0 }),
    ...(again ? {} : { answer_overhead: 0 }),
  }
}

const hasText = (request: Request | null): boolean => request !== null && PARTS.some(({ key }) => isText(request[key]))

/** Numbers alone are counted by no tokenizer. */
const ofText = (one: Counted): Counted => (hasText(one.request) ? one : { ...one, counting: null })

const withoutCounting = (scenario: Scenario): Scenario =>
  hasText(scenario.request) ? scenario : { ...scenario, counting: null }
