/** One fault of the user's: its code and exit code are documented, hence stable. */
export interface Problem {
  readonly code: string
  /** 2: the input or the call is wrong. 3: the input is right but there is no answer. */
  readonly exit: 2 | 3
  /** The rule and what was found. */
  readonly what: string
  /** Something to type. */
  readonly fix: string
  /** The key's path inside its file; `load/source.ts` turns it into a place. */
  readonly path?: readonly (string | number)[]
  /** `file:line:column`, once it is known. */
  readonly at?: string
  /** The line of the file with a marker below, once it is known. */
  readonly excerpt?: string
}

/** The user's input is at fault. Carries every problem found, not just the first. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(({ what }) => what).join('; '), options)
    this.problems = problems
  }
}

/** Errors or warnings that one run tells in words: the first ones say it all. JSON has every one. */
export const MOST_TOLD = 100

/** The line that says how many are left untold; empty for none. */
export const andMore = (count: number, what: string): string => {
  const more = count - MOST_TOLD
  return more > 0 ? `\nand ${more} more ${what}${more === 1 ? '' : 's'}: --json has them all\n` : ''
}

// Names of a file's own may be thousands.
const MOST_NAMED = 40

/** Names in a row, and how many more there are. */
export const list = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMED
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ')
}
const quoted = (text: string): string => JSON.stringify(text)

/** Advice for a path as Windows writes it: only / separates folders everywhere, and in a pattern \ does not. */
const withSlashes = (path: string): string | undefined =>
  /[^\\/]\\[\w*?{.]/.test(path)
    ? `check the path, and write / between folders rather than \\: ${path.replaceAll('\\', '/')}`
    : undefined

/** Every fault a user can cause, one row each: what is wrong, then how to fix it. */
export const problems = {
  // Files
  noFile: (file: string) => ({
    code: 'NO_FILE',
    exit: 2,
    what: `there is no file ${quoted(file)}`,
    fix: withSlashes(file) ?? 'check the path; paths inside a scenario are relative to the scenario',
  }),
  isFolder: (file: string) => ({
    code: 'IS_FOLDER',
    exit: 2,
    what: `${quoted(file)} is a folder, not a file`,
    fix: `name a file in it, such as ${file.replace(/\/$/, '')}/chat.yaml`,
  }),
  notReadable: (file: string, why: string) => ({
    code: 'NOT_READABLE',
    exit: 2,
    what: `cannot read ${quoted(file)}: ${why}`,
    fix: 'check that it is an ordinary file you may read',
  }),
  notText: (file: string, byte: number) => ({
    code: 'NOT_TEXT',
    exit: 2,
    what: `${quoted(file)} is not UTF-8 text: the first wrong byte is number ${byte}`,
    fix: 'save it as UTF-8, or name the right file',
  }),
  lfsPointer: (file: string) => ({
    code: 'NOT_READABLE',
    exit: 2,
    what: `cannot read ${quoted(file)}: it is a Git LFS pointer`,
    fix: 'fetch what it stands for: git lfs pull; of a baseline, hold an absolute limit (per_month, per_period)',
  }),
  hasNul: (file: string, byte: number) => ({
    code: 'NOT_TEXT',
    exit: 2,
    what: `${quoted(file)} is not text: byte number ${byte} is a NUL`,
    fix: 'save it as UTF-8, or name the right file',
  }),
  outside: (file: string, boundary: string) => ({
    code: 'OUTSIDE',
    exit: 2,
    what: `${quoted(file)} lies outside ${quoted(boundary)}, and a file may name only what lies inside`,
    fix: 'move it inside; or add --allow-outside, if you trust whoever wrote this with every file of yours',
  }),
  gitInput: (file: string) => ({
    code: 'OUTSIDE',
    exit: 2,
    what: `${quoted(file)} belongs to git: nothing in a .git is read`,
    fix: 'name a file of your own',
  }),
  tooLarge: (file: string, bytes: number | null, limit: number) => ({
    code: 'TOO_LARGE',
    exit: 2,
    what:
      bytes === null
        ? `${quoted(file)} has more than the ${limit} bytes that are read here`
        : `${quoted(file)} has ${bytes} bytes, more than the ${limit} that are read here`,
    fix: 'split it up; a scenario names its prompts, each in a file of its own: {file: …}',
  }),
  emptyFile: (file: string) => ({
    code: 'EMPTY_FILE',
    exit: 2,
    what: `${quoted(file)} is empty`,
    fix: 'write what belongs in it; dsprice schema scenario or dsprice schema pricing shows the keys',
  }),
  noTools: (file: string) => ({
    code: 'NO_TOOLS',
    exit: 2,
    what: `${quoted(file)} has no tool in its list`,
    fix: 'write {type: function, function: {name: …}} into the list, or take the file away',
  }),
  notWritable: (file: string, why: string) => ({
    code: 'NOT_WRITABLE',
    exit: 2,
    what: `cannot write ${quoted(file)}: ${why}`,
    fix: 'name a file in a folder that exists and that you may write',
  }),
  outputIsInput: (file: string) => ({
    code: 'OUTPUT_IS_INPUT',
    exit: 2,
    what: `${quoted(file)} is a file that this run reads, and is not overwritten`,
    fix: 'name another file with -o',
  }),
  fileExists: (file: string, other: string) => ({
    code: 'FILE_EXISTS',
    exit: 2,
    what: `${quoted(file)} is there already, and is never overwritten`,
    fix: `write -o ${other}, or - for stdout`,
  }),
  noFolder: (folder: string, why: string) => ({
    code: 'NO_FOLDER',
    exit: 2,
    what: `cannot look into the folder ${quoted(folder)}: ${why}`,
    fix: 'name a folder, such as dsprice init .',
  }),
  noMatch: (pattern: string, fix = 'check the pattern; it is relative to the scenario') => ({
    code: 'NO_MATCH',
    exit: 2,
    what: `no file matches ${quoted(pattern)}`,
    fix: withSlashes(pattern) ?? fix,
  }),
  badGlob: (pattern: string, why: string) => ({
    code: 'BAD_GLOB',
    exit: 2,
    what: `the pattern ${quoted(pattern)} cannot be used: ${why}`,
    fix: 'use *, **, ?, [a-z], [!a] and {a,b}, and a backslash before such a character where a name has it',
  }),
  tooManyFiles: (pattern: string, folder: string, limit: number) => ({
    code: 'TOO_MANY_FILES',
    exit: 2,
    what: `${quoted(pattern)} in ${quoted(folder)} goes through more than ${limit} entries of folders`,
    fix: 'name a folder further down, or a narrower pattern such as scenarios/*.yaml',
  }),
  // Syntax and schema
  syntax: (what: string, fix: string) => ({ code: 'SYNTAX', exit: 2, what, fix }),
  tooMuchYaml: (file: string, limit: number) => ({
    code: 'TOO_MUCH',
    exit: 2,
    what: `${quoted(file)} is no JSON, and as YAML it has more than ${limit} words and marks`,
    fix: 'split it up, or write it as JSON',
  }),
  invalid: (what: string, fix: string) => ({ code: 'INVALID', exit: 2, what, fix }),
  unknownKey: (key: string, near: readonly string[], known: readonly string[]) => ({
    code: 'UNKNOWN_KEY',
    exit: 2,
    what: `there is no key ${quoted(key)} here`,
    fix:
      near.length > 0 ? `did you mean ${list(near)}?` : known.length > 0 ? `use one of ${list(known)}` : 'take it away',
  }),
  noName: (name: string) => ({
    code: 'UNKNOWN_KEY',
    exit: 2,
    what: `${quoted(name)} cannot be a name`,
    fix: 'use another name',
  }),
  moreKeys: (count: number) => ({
    code: 'UNKNOWN_KEY',
    exit: 2,
    what: `${count === 1 ? '1 more key is' : `${count} more keys are`} unknown here`,
    fix: 'check that this is the right kind of file',
  }),
  moreFaults: (count: number) => ({
    code: 'INVALID',
    exit: 2,
    what: `${count} more values do not fit`,
    fix: 'fix those above, then look again',
  }),
  missingKey: (key: string, example = '…') => ({
    code: 'MISSING_KEY',
    exit: 2,
    what: `the key ${quoted(key)} is missing`,
    fix: `add ${key}: ${example}`,
  }),
  notYet: (thing: string) => ({
    code: 'NOT_YET',
    exit: 2,
    what: `${thing} is not built yet`,
    fix: 'leave it out; dsprice --help lists what this version has',
  }),
  badSet: (setting: string, why = 'is not key=value') => ({
    code: 'BAD_SET',
    exit: 2,
    what: `${quoted(setting)} ${why}`,
    fix: 'write a setting such as --set request.turns=20',
  }),
  noItem: (item: string, length: number) => ({
    code: 'BAD_SET',
    exit: 2,
    what: `--set names item ${item} of a list that has ${length}`,
    fix: `count from 0; ${length} adds one at the end`,
  }),
  usage: (what: string, fix: string) => ({ code: 'USAGE', exit: 2, what, fix }),
  // Scenario rules
  reasoningOverOutput: (reasoning: number, output: number) => ({
    code: 'REASONING_OVER_OUTPUT',
    exit: 2,
    what: `reasoning is part of output, but ${reasoning} is more than ${output}`,
    fix: 'raise output to all the tokens generated, reasoning included',
  }),
  oneWorkload: (found: string) => ({
    code: 'ONE_WORKLOAD',
    exit: 2,
    what: `a scenario has either request or totals, found ${found}`,
    fix: 'write request: {turn: 2K, output: 500}, or totals: {input: 100M, output: 5M}',
  }),
  oneRoute: () => ({
    code: 'ONE_ROUTE',
    exit: 2,
    what: 'a scenario has either model or routing, found both',
    fix: 'leave model out: each leg names its own, or write routing as one leg of 100%',
  }),
  noRoute: () => ({
    code: 'MISSING_KEY',
    exit: 2,
    what: 'the key "model" is missing',
    fix: 'add model: …, or routing: {legs: [{model: …, share: 100%}]}',
  }),
  sharesOff: (
    total: string,
    by: string,
    { over, to }: { readonly over: boolean; readonly to: { readonly model: string; readonly share: string } | null },
  ) => ({
    code: 'SHARES_OFF',
    exit: 2,
    what: `the shares of the legs must add up to 100%, but make ${total}: ${by} too ${over ? 'much' : 'little'}`,
    fix: to ? `write share: ${to.share} for ${to.model}, or change the others` : 'change the shares to make 100%',
  }),
  oneClusterLeg: () => ({
    code: 'ONE_CLUSTER_LEG',
    exit: 2,
    what: 'the cluster serves another leg already',
    fix: 'write one leg with self_host: true, and the share of both',
  }),
  nodesOrAutoscale: () => ({
    code: 'NODES_OR_AUTOSCALE',
    exit: 2,
    what: 'nodes is a fixed number, and autoscale lets it follow the traffic',
    fix: 'leave nodes out, or write autoscale: false',
  }),
  priceKeyUnused: (key: string, beside: string) => ({
    code: 'PRICE_KEY_UNUSED',
    exit: 2,
    what: `${key} changes nothing beside ${beside}`,
    fix: `take ${key} away, or give the price of a GPU: usd_per_gpu_hour, or gpu for the table`,
  }),
  legNeedsCluster: () => ({
    code: 'LEG_NEEDS_CLUSTER',
    exit: 2,
    what: 'the cluster serves this leg, but what it runs is not said',
    fix: 'add self_host: {model: deepseek-v4-pro, …}, a model of the price book',
  }),
  cannotPromote: (turn: number, why: string) => ({
    code: 'CANNOT_PROMOTE',
    exit: 2,
    what: `no conversation can be promoted at turn ${turn} here`,
    fix: why,
  }),
  noFallback: () => ({
    code: 'NO_FALLBACK',
    exit: 2,
    what: 'fallback_share is the share of a fallback, but there is none',
    fix: 'add fallback: [gpt-5.5], or take fallback_share away',
  }),
  routerNeedsRequests: () => ({
    code: 'ROUTER_NEEDS_REQUESTS',
    exit: 2,
    what: 'the router costs by the request, but totals do not say how many there are',
    fix: 'describe one request instead of totals, or take router away',
  }),
  tooManySamples: (combinations: number, limit: number) => ({
    code: 'TOO_MANY_SAMPLES',
    exit: 2,
    what: `the samples give ${combinations} combinations of lengths and calls, more than ${limit}`,
    fix: 'use fewer sample files in the keys that have several, or fewer turns, legs and baselines',
  }),
  promptTooLong: (tokens: number) => ({
    code: 'PROMPT_TOO_LONG',
    exit: 2,
    what: `the last prompt would have ${tokens.toExponential(1)} tokens, more than can be counted exactly`,
    fix: 'lower turns, turn or output',
  }),
  // Books
  unknownBook: (version: string, known: readonly string[]) => ({
    code: 'UNKNOWN_BOOK',
    exit: 2,
    what: `there is no price book ${quoted(version)}`,
    fix: `use one of ${list(known)}, or a path to a file of yours`,
  }),
  mixedBooks: (named: readonly string[]) => ({
    code: 'MIXED_BOOKS',
    exit: 2,
    what: `the scenarios of one run are priced by one book, but these name different ones: ${list(named)}`,
    fix: 'run them apart, or name one book for all with --pricing',
  }),
  twoBooks: (versions: readonly string[]) => ({
    code: 'TWO_BOOKS',
    exit: 2,
    what: `bundled price books are never merged, but ${list(versions)} are all named`,
    fix: `name one of them, and your own file beside it: --pricing ${versions[0]} --pricing mine.json`,
  }),
  // No answer
  tooManyDiscounts: (limit: number) => ({
    code: 'TOO_MUCH',
    exit: 2,
    what: `the discounts up to this one change more than ${limit} rows`,
    fix: 'write the discounted prices into models, as rows of their own',
  }),
  rateTooLong: (model: string, limit: number) => ({
    code: 'TOO_MUCH',
    exit: 2,
    what: `with this discount a rate of ${model} has more than ${limit} digits`,
    fix: 'make one discount of those that hold at once',
  }),
  unknownModel: (
    model: string,
    book: string,
    { near, elsewhere, argument }: { near: readonly string[]; elsewhere: readonly string[]; argument: string },
  ) => ({
    code: 'UNKNOWN_MODEL',
    exit: 3,
    what: `price book ${book} has no model ${quoted(model)}`,
    fix: [
      elsewhere.length > 0 ? `book ${list(elsewhere)} has it: --pricing ${elsewhere[0]}` : '',
      near.length > 0 ? `nearest here: ${list(near)}` : '',
      elsewhere.length + near.length > 0 ? '' : `see dsprice prices list --pricing ${argument}`,
    ]
      .filter(Boolean)
      .join('; '),
  }),
  noPriceAt: (model: string, at: string, spans: string) => ({
    code: 'NO_PRICE_AT',
    exit: 3,
    what: `${model} has no price at ${at}`,
    fix: `this book prices it ${spans}; name such a day with --at`,
  }),
  noRate: (model: string, meter: string, why: string) => ({
    code: 'NO_RATE',
    exit: 3,
    what: `${model} has no known ${meter} rate: ${why}`,
    fix: 'give the rate in a file of yours with --pricing mine.json, or choose another model',
  }),
  noTokenizer: (model: string, tokenizer: string) => ({
    code: 'NO_TOKENIZER',
    exit: 3,
    what: `the text cannot be counted for ${model}: ${tokenizer}`,
    fix: 'give the number of tokens instead of the text, or choose a model whose tokens can be counted',
  }),
  tooManyModels: (count: number, limit: number) => ({
    code: 'TOO_MUCH',
    exit: 2,
    what: `${count} models are more than the ${limit} that are set beside each other`,
    fix: 'name those that matter: --models a,b,c',
  }),
  moreModels: (count: number, book: string) => ({
    code: 'UNKNOWN_MODEL',
    exit: 3,
    what: `price book ${book} has not ${count} more of them either`,
    fix: `see dsprice prices list --pricing ${book}`,
  }),
  tooManyNodes: (limit: number) => ({
    code: 'TOO_MUCH',
    exit: 2,
    what: `this traffic would take more than ${limit} nodes`,
    fix: 'check the rates under self_host and the requests under traffic',
  }),
  textTooHard: (runs: string) => ({
    code: 'TEXT_TOO_HARD',
    exit: 3,
    what: `${runs}, which this tokenizer cannot count in reasonable time`,
    fix: 'give the number of tokens instead of the text, or break the run up',
  }),
  notScored: (models: readonly string[]) => ({
    code: 'NOT_SCORED',
    exit: 3,
    what: `${list(models)} ${models.length === 1 ? 'has' : 'have'} no score, so a mean quality with ${models.length === 1 ? 'it' : 'them'} is unknown`,
    fix: `give one: --quality ${models[0]}=1400`,
  }),
  keptTwice: (names: readonly string[]) => ({
    code: 'USAGE',
    exit: 2,
    what: `--keep names ${list(names)} twice`,
    fix: 'name each model in one --keep',
  }),
  noScores: (models: readonly string[]) => ({
    code: 'NO_SCORES',
    exit: 3,
    what: 'none of the models has a score, so no mean quality can be kept',
    fix: `give some: --quality ${models[0] ?? 'model'}=1400, or quality: {…} in the scenario`,
  }),
  notAChoice: (models: readonly string[]) => ({
    code: 'NOT_A_CHOICE',
    exit: 3,
    what: `${list(models)} cannot serve this workload`,
    fix: 'see why with dsprice route and no --keep; it lists the models left out',
  }),
  noSplit: (minimum: string, best: string) => ({
    code: 'NO_SPLIT',
    exit: 3,
    what: `no split has a mean quality of ${minimum}: the best is ${best}`,
    fix: `ask for less: --min-quality ${best}`,
  }),
  noModelLeft: (wanted: string) => ({
    code: 'NO_MODEL_LEFT',
    exit: 3,
    what: `no model passes ${wanted}`,
    fix: 'ask for less with --require; an unknown does not pass',
  }),
  // Clusters
  noCluster: (run: boolean) => ({
    code: 'NO_CLUSTER',
    exit: 2,
    what: 'there is nothing to break even with: the scenario describes no cluster',
    fix: `add self_host: {gpu: h100, nodes: 4, ${run ? 'utilisation: 70%, ' : ''}throughput: {ref: sglang-96xh100, prompt_tokens: 2000}}`,
  }),
  noWork: () => ({
    code: 'NO_WORK',
    exit: 3,
    what: 'there are no tokens to serve, so there is nothing to break even with',
    fix: 'give the request tokens (request.turn), and the leg of the cluster a share',
  }),
  viewUnknown: (view: string, why: string) => ({
    code: 'VIEW_UNKNOWN',
    exit: 3,
    what: `${view.replaceAll('_', ' ')} of this scenario has no price: ${why}`,
    fix: 'take another view: --view headline',
  }),
  needsNodes: (key: string) => ({
    code: 'NEEDS_NODES',
    exit: 2,
    what: `${key} is the whole cluster's, but of how many nodes is not said`,
    fix: 'add nodes: 4',
  }),
  closedWeights: (model: string) => ({
    code: 'CLOSED_WEIGHTS',
    exit: 3,
    what: `the weights of ${model} are not open: nobody but its provider can serve it`,
    fix: 'add model: deepseek-v4-pro to self_host, or another whose weights are open',
  }),
  noServingNode: ({ spare_nodes, unit_nodes }: { readonly spare_nodes: number; readonly unit_nodes: number }) => ({
    code: 'NO_SERVING_NODE',
    exit: 2,
    what: `with spare_nodes: ${spare_nodes} and unit_nodes: ${unit_nodes} no node is left that serves`,
    fix: `write nodes: ${spare_nodes + unit_nodes} or more`,
  }),
  twoPrices: (keys: readonly string[]) => ({
    code: 'TWO_PRICES',
    exit: 2,
    what: `a cluster has one price, but ${list(keys)} are all given`,
    fix: `keep one of them, such as ${keys[0]}`,
  }),
  twoSpeeds: () => ({
    code: 'TWO_SPEEDS',
    exit: 2,
    what: 'capacity is stated and throughput measured, but both are given',
    fix: 'keep throughput, which is worked out for the mix of the workload',
  }),
  needsUtilisation: () => ({
    code: 'NEEDS_UTILISATION',
    exit: 2,
    what: 'a run has no clock that would say how far it uses the cluster',
    fix: 'add utilisation: 70%, or set traffic.per',
  }),
  unknownGpu: (name: string, near: readonly string[], known: readonly string[]) => ({
    code: 'UNKNOWN_GPU',
    exit: 3,
    what: `the cluster book has no GPU ${quoted(name)}`,
    fix: near.length > 0 ? `did you mean ${list(near)}? See dsprice prices gpus` : `use one of ${list(known)}`,
  }),
  noGpuPrice: () => ({
    code: 'NO_GPU_PRICE',
    exit: 2,
    what: 'what a GPU-hour costs is not said',
    fix: 'add usd_per_gpu_hour: 2.69, usd_per_hour: 40 for the whole cluster, or gpu: h100 for the table',
  }),
  noGpuRange: (gpu: string, terms: readonly string[]) => ({
    code: 'NO_GPU_RANGE',
    exit: 3,
    what: `the cluster book has no range of prices for ${gpu}`,
    fix: terms.length > 0 ? `add term: ${terms.join(' or ')}, or usd_per_gpu_hour` : 'add usd_per_gpu_hour: 2.69',
  }),
  noGpuTerm: (gpu: string, term: string, terms: readonly string[]) => ({
    code: 'NO_GPU_TERM',
    exit: 3,
    what: `the cluster book has no ${term.replace('_', ' ')} price for ${gpu}`,
    fix:
      terms.length > 0
        ? `write term: ${terms.join(' or ')}, or usd_per_gpu_hour`
        : 'write usd_per_gpu_hour: 2.69 instead',
  }),
  unknownThroughput: (ref: string, near: readonly string[], own: string | null) => ({
    code: 'UNKNOWN_THROUGHPUT',
    exit: 3,
    what: `the cluster book has no measured row ${quoted(ref)}`,
    fix:
      near.length > 0
        ? `did you mean ${list(near)}? See dsprice prices throughput`
        : `write ${own === null ? '{prefill: 52300, decode: 22300}, your own rates' : `{ref: ${own}}`}`,
  }),
  unusableThroughput: (ref: string, why: string) => ({
    code: 'UNUSABLE_THROUGHPUT',
    exit: 2,
    what: `no capacity follows from ${ref}: ${why}`,
    fix: 'take a row with both phases, or one of input and output together',
  }),
  throughputNeedsLength: (ref: string, lengths: readonly number[]) => ({
    code: 'THROUGHPUT_NEEDS_LENGTH',
    exit: 2,
    what: `${ref} was measured at prompts of ${lengths.join(', ')} tokens`,
    fix: `say which: {ref: ${ref}, prompt_tokens: ${lengths[1] ?? lengths[0]}}`,
  }),
  oneLength: (ref: string) => ({
    code: 'ONE_LENGTH',
    exit: 2,
    what: `${ref} was measured at one prompt length, so prompt_tokens changes nothing`,
    fix: 'take prompt_tokens away',
  }),
  addedPhases: (row: {
    readonly id: string
    readonly phases: string
    readonly prompt_tokens?: number | undefined
  }) => ({
    code: 'ADDED_PHASES',
    exit: 2,
    what: `this total is ${row.phases} of ${row.id}: a prefill node's rate and a decode node's, and no node does both`,
    fix: `write throughput: {ref: ${row.id}${row.prompt_tokens === undefined ? '' : `, prompt_tokens: ${row.prompt_tokens}`}}`,
  }),
  countsHits: (prefill: string, uncached: string) => ({
    code: 'COUNTS_HITS',
    exit: 2,
    what: `${prefill} input tokens a second count DeepSeek's cache hits, 56.25 % of them`,
    fix: `write the uncached rate: prefill: ${uncached}`,
  }),
  noSpeed: (why: string, own: string | null) => ({
    code: 'NO_SPEED',
    exit: 2,
    what: `how fast the cluster serves is not said, and a roofline cannot say it: ${why}`,
    fix: `add throughput: ${own === null ? '{prefill: 52300, decode: 22300}' : `{ref: ${own}}`}, or capacity: 100M/day with nodes`,
  }),
  doesNotFit: (model: string, gpu: string, { why, fix }: { readonly why: string; readonly fix?: string }) => ({
    code: 'DOES_NOT_FIT',
    exit: 2,
    what: `${model} does not run on this cluster of ${gpu}: ${why}`,
    fix: `${fix === undefined ? '' : `write ${fix}, or `}name another GPU`,
  }),
  // Gateways
  noRouting: (model: string) => ({
    code: 'NO_ROUTING',
    exit: 2,
    what: 'a gateway is configured from routing, and this scenario has none',
    fix: `write routing: {legs: [{model: ${model}, share: 100%}]} instead of model`,
  }),
  notInGateway: (what: string, fix: string) => ({
    code: 'NOT_IN_GATEWAY',
    exit: 2,
    what: `LiteLLM's configuration cannot express ${what.replace(/,$/, '')}`,
    fix,
  }),
  noGatewayModel: (model: string) => ({
    code: 'NO_GATEWAY_MODEL',
    exit: 3,
    what: `what LiteLLM calls ${model} is not known`,
    fix: `say it: --map ${model}=provider/name`,
  }),
  // Budgets
  noScenarios: (where: string) => ({
    code: 'NO_SCENARIOS',
    exit: 2,
    what: `there is no scenario ${where}`,
    fix: 'name scenario files, or a folder or glob that has some',
  }),
  noBudget: () => ({
    code: 'NO_BUDGET',
    exit: 2,
    what: 'nothing is held: no scenario has a budget, and no dsprice.config.yaml sets one',
    fix: 'add budget: {per_month: 400} to a scenario, or total: {per_month: 400} to dsprice.config.yaml',
  }),
  notPaced: (key: string) => ({
    code: 'NOT_PACED',
    exit: 2,
    what: `${key} needs traffic with a clock, but this scenario is a run`,
    fix: 'write per_period, which holds one run, or set traffic.per',
  }),
  noRequests: () => ({
    code: 'NO_REQUESTS',
    exit: 2,
    what: 'per_request needs requests, but totals do not say how many there are',
    fix: 'write per_period or per_month',
  }),
  budgetUnknown: (name: string, view: string, { why, fix }: { readonly why: string; readonly fix: string }) => ({
    code: 'BUDGET_UNKNOWN',
    exit: 3,
    what: `whether ${view} of ${name} keeps its limit cannot be known: ${why}`,
    fix,
  }),
  noBaseline: (name: string, why: string) => ({
    code: 'NO_BASELINE',
    exit: 2,
    what: `${name} has no baseline: ${why}`,
    fix: 'name a baseline that has it, such as --baseline git:main, or leave --require-baseline out',
  }),
  noRevision: (ref: string, why: string) => ({
    code: 'NO_REVISION',
    exit: 2,
    what: `git has no commit ${quoted(ref)} here: ${why}`,
    fix: `fetch it first, such as git fetch --depth=1 origin ${/^[\w./-]+$/.test(ref) ? ref.replace(/^origin\//, '') : 'main'}, or name another`,
  }),
  noGit: (why: string) => ({
    code: 'NO_GIT',
    exit: 2,
    what: `git cannot be run here: ${why}`,
    fix: /dubious ownership/.test(why)
      ? 'the folder is another user’s; if you trust it: git config --global --add safe.directory "$PWD"'
      : /promisor|lazy|missing/.test(why)
        ? 'the clone is partial: fetch the rest with git fetch --refetch --no-filter, or compare with a file'
        : 'install git and run dsprice inside the repository, or compare with a file: --baseline baseline.json',
  }),
  // Results
  notAResult: (file: string, found: string) => ({
    code: 'NOT_A_RESULT',
    exit: 2,
    what: `${quoted(file)} is no result that this version can render: ${found}`,
    fix: 'write one with dsprice estimate scenario.yaml --json -o result.json',
  }),
  strict: (code: string, what: string, fix: string) => ({ code, exit: 2, what: `${what} (--strict)`, fix }),
} satisfies Record<string, (...args: never[]) => Problem>

/** The answer is written, and all that is left to say is the exit code. */
export class ExitWith extends Error {
  override readonly name = 'ExitWith'
  readonly exit: number

  constructor(exit: number) {
    super(`exit ${exit}`)
    this.exit = exit
  }
}

/** The same problem, known to stand at a key. */
export const at = (path: readonly (string | number)[], problem: Problem): Problem => ({ ...problem, path })
