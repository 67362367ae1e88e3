/** Where a name says that a model is served: the paths that APIs, clouds and gateways put before a model's name. */

/** The rule by which a name was found. */
export type NameRule = 'dated' | 'path' | 'weights' | 'profile' | 'spelled'

/** The providers that a name is confined to, and the name within them. */
export interface Place {
  /** Ids of the providers whose models may be meant; `null`: the name says none. */
  readonly providers: readonly string[] | null
  /** The name without its path, as written first; then without what stands before it within the host. */
  readonly names: readonly { readonly name: string; readonly rule: NameRule }[]
}

/**
 * Other paths than a provider's own id, each with the ids that the provider may have in a book. The id itself needs no
 * row.
 */
const PATHS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    // Makers
    models: ['google'],
    gemini: ['google'],
    'deepseek-ai': ['deepseek'],
    'x-ai': ['xai'],
    moonshotai: ['moonshot'],
    'z-ai': ['zai'],
    'zai-org': ['zai'],
    mistralai: ['mistral'],
    mistral_ai: ['mistral'],
    codestral: ['mistral'],
    text_completion_codestral: ['mistral'],
    text_completion_openai: ['openai'],
    anthropic_text: ['anthropic'],
    cohere_chat: ['cohere'],
    google_genai: ['google'],
    x_ai: ['xai'],
    'gcp.gemini': ['google'],
    'gcp.gen_ai': ['google'],
    'meta-llama': ['meta'],
    minimaxai: ['minimax'],
    dashscope: ['alibaba'],
    qwen: ['alibaba'],
    xiaomimimo: ['xiaomi'],
    // Hosts and clouds
    bedrock: ['aws-bedrock'],
    bedrock_converse: ['aws-bedrock'],
    aws: ['aws-bedrock'],
    'amazon-bedrock': ['aws-bedrock'],
    'aws.bedrock': ['aws-bedrock'],
    amazon_bedrock: ['aws-bedrock'],
    azure: ['azure-ai-foundry'],
    azure_ai: ['azure-ai-foundry'],
    azure_text: ['azure-ai-foundry'],
    azure_openai: ['azure-ai-foundry'],
    'azure.ai.openai': ['azure-ai-foundry'],
    'azure.ai.inference': ['azure-ai-foundry'],
    'az.ai.openai': ['azure-ai-foundry'],
    'az.ai.inference': ['azure-ai-foundry'],
    vertex_ai: ['google-vertex'],
    vertex_ai_beta: ['google-vertex'],
    vertex: ['google-vertex'],
    vertexai: ['google-vertex'],
    gcp: ['google-vertex'],
    'gcp.vertex_ai': ['google-vertex'],
    fireworks_ai: ['fireworks'],
    'fireworks-ai': ['fireworks'],
    together_ai: ['together'],
    togetherai: ['together'],
    nvidia_nim: ['nvidia'],
    '@cf': ['cloudflare'],
  }),
)

/** Ids of providers that sell their own models: a name without a path may be one of theirs. */
export const MAKERS: readonly string[] = [
  ...['alibaba', 'anthropic', 'cohere', 'deepseek', 'google', 'meta', 'minimax', 'mistral', 'moonshot', 'openai'],
  ...['xai', 'xiaomi', 'zai'],
]

/** What gateways call any API that speaks like OpenAI's, whoever answers. */
const ANYBODY: ReadonlySet<string> = new Set(['openai_like', 'custom_openai', 'litellm_proxy', 'custom'])

/**
 * The path under which a provider other than a model's maker serves it, from what logs call the provider; `null`: it is
 * a maker, which sells under its models' names, or may be anybody, as OpenAI's API is spoken by many.
 *
 * @example hostPath('Azure-OpenAI') // azure_openai
 */
export const hostPath = (provider: string): string | null => {
  const name = provider.toLowerCase()
  const path = name.replaceAll(/[- ]/g, '_')
  if (path === '' || ANYBODY.has(path)) return null
  const ids = PATHS.get(name) ?? PATHS.get(path) ?? [name]
  return ids.every(id => MAKERS.includes(id)) ? null : path
}

/** Paths under which weights are published: not the name of any API. */
const WEIGHTS: ReadonlySet<string> = new Set(['deepseek-ai', 'zai-org', 'minimaxai', 'meta-llama', 'xiaomimimo'])

/** Paths within a host that say who made the weights, and Cloudflare's own. */
const WITHIN: ReadonlySet<string> = new Set([
  ...['openai', 'anthropic', 'google', 'deepseek', 'deepseek-ai', 'x-ai', 'moonshotai', 'z-ai', 'zai-org', 'mistralai'],
  ...['meta', 'meta-llama', 'minimax', 'minimaxai', 'qwen', 'xiaomi', 'xiaomimimo', 'nvidia', '@cf'],
])

/**
 * Where a name says that its model is served.
 *
 * @param name - in lower case
 * @param hasProvider - whether the book has models of that provider
 * @returns `null` if its path is of nobody that the book knows: then nothing is cut from it
 */
export const placeOf = (name: string, hasProvider: (id: string) => boolean): Place | null => {
  if (name.startsWith('arn:')) return ofArn(name)
  const [head, rest] = cut(name)
  if (rest === null) return ofBareName(name)
  if (head === 'accounts') return onFireworks(name)
  if (head === 'publishers' || head === 'projects') return onVertex(name)
  const ids = [...(PATHS.get(head) ?? []), head]
  const providers = ids.filter(hasProvider)
  if (providers.length === 0 || rest === '') return null
  switch (providers[0]) {
    case 'aws-bedrock':
      return onBedrock(rest)
    case 'azure-ai-foundry':
      return served(providers, rest.replace(/^global(-standard)?\//, ''))
    case 'google-vertex':
      return onVertex(rest)
    case 'fireworks':
      return onFireworks(rest)
    default:
      return served(providers, rest, WEIGHTS.has(head) ? 'weights' : 'path')
  }
}

/** The first part of a path, and what follows; `null`: there is no path. */
const cut = (name: string): readonly [head: string, rest: string | null] => {
  const slash = name.indexOf('/')
  return slash < 0 ? [name, null] : [name.slice(0, slash), name.slice(slash + 1)]
}

const served = (providers: readonly string[], name: string, rule: NameRule = 'path'): Place => {
  const names = [{ name, rule }]
  for (let inner = name; names.length < MOST_PARTS; ) {
    const [head, rest] = cut(inner)
    if (rest === null || !WITHIN.has(head)) break
    inner = rest
    names.push({ name: inner, rule })
  }
  return { providers, names }
}

/** Parts of a path that are cut off, at most. */
const MOST_PARTS = 4

/** The makers whose models Bedrock has, as its ids begin. */
const ON_BEDROCK: ReadonlySet<string> = new Set([
  ...['ai21', 'amazon', 'anthropic', 'cohere', 'deepseek', 'google', 'meta', 'minimax', 'mistral', 'moonshot'],
  ...['moonshotai', 'nvidia', 'openai', 'qwen', 'stability', 'writer', 'xai', 'zai'],
])

/** Groups of regions that Bedrock's inference profiles begin with. */
const PROFILES: ReadonlySet<string> = new Set([
  ...['us', 'eu', 'apac', 'jp', 'au', 'in', 'ca', 'uk', 'sa', 'global', 'us-gov'],
])

const ofBareName = (name: string): Place | null => {
  if (isOnBedrock(name)) return onBedrock(name)
  return name.includes('@') ? onVertex(name) : { providers: null, names: [{ name, rule: 'spelled' }] }
}

/** Whether a name has the form of Bedrock's ids: `anthropic.claude-…`, `us.anthropic.claude-…`. */
const isOnBedrock = (name: string): boolean => {
  const [first = '', second = '', third] = name.split('.', 3)
  return PROFILES.has(first) ? third !== undefined && ON_BEDROCK.has(second) : second !== '' && ON_BEDROCK.has(first)
}

/** A model's own name in Bedrock's id of it, for the search of similar names. @example claude-haiku-4-5-20251001 */
export const withoutMaker = (name: string): string =>
  isOnBedrock(name)
    ? name
        .slice(name.indexOf('.', PROFILES.has(name.split('.', 1)[0] ?? '') ? name.indexOf('.') + 1 : 0) + 1)
        .replace(/-v\d+(:\d+)?$/, '')
    : name

/** Regions in which a model costs what its plain id does in a book: elsewhere a region may be dearer. */
const PLAIN_REGIONS: ReadonlySet<string> = new Set(['us-east-1', 'us-east-2', 'us-west-2'])

/** A model on Bedrock, by the name that follows `bedrock/`: `us-east-1/…`, `converse/…`, an ARN, or the id alone. */
const onBedrock = (name: string): Place | null => {
  if (name.startsWith('arn:')) return ofArn(name)
  const [head, rest] = cut(name)
  if (rest === null) {
    // A profile within the US costs what the model does in the region that calls it.
    const plain = name.startsWith('us.') ? [{ name: name.slice('us.'.length), rule: 'profile' as const }] : []
    return { providers: ['aws-bedrock'], names: [{ name, rule: 'path' }, ...plain] }
  }
  if (head === 'converse' || head === 'invoke' || PLAIN_REGIONS.has(head)) return onBedrock(rest)
  return served(['aws-bedrock'], name)
}

/** `arn:aws:bedrock:REGION:ACCOUNT:inference-profile/ID`, or `foundation-model/ID`; other ARNs name no model. */
const ofArn = (name: string): Place | null => {
  const [, partition, service, region = ''] = name.split(':', 6)
  const [kind, id] = cut(name.split(':').slice(5).join(':'))
  if (partition !== 'aws' || service !== 'bedrock' || id === null || id.includes('/')) return null
  if (kind !== 'inference-profile' && kind !== 'foundation-model') return null
  return kind === 'inference-profile' || PLAIN_REGIONS.has(region) ? onBedrock(id) : null
}

/** `accounts/fireworks/models/ID` or `routers/ID`; models of other accounts have other prices. */
const onFireworks = (name: string): Place | null => {
  if (!name.startsWith('accounts/')) return served(['fireworks'], name)
  const [, account, kind, ...id] = name.split('/')
  if (account !== 'fireworks' || (kind !== 'models' && kind !== 'routers')) return null
  return { providers: ['fireworks'], names: [{ name: id.join('/'), rule: 'path' }] }
}

/** `projects/P/locations/global/publishers/google/models/ID`, any end of it; other locations may be dearer. */
const onVertex = (name: string): Place | null => {
  const parts = name.split('/')
  const inPublisher = parts.indexOf('publishers')
  if (inPublisher < 0) return atVersion(served(['google-vertex'], name))
  const [, , , location = 'global'] = inPublisher === 0 ? [] : parts
  const [, , kind, ...id] = parts.slice(inPublisher)
  return kind === 'models' && location === 'global' ? atVersion(served(['google-vertex'], id.join('/'))) : null
}

/** Vertex writes a version as `@20250929`; `@default` is the model without one. */
const atVersion = (place: Place): Place => ({
  ...place,
  names: place.names.flatMap(({ name, rule }) =>
    name.includes('@')
      ? [
          { name, rule },
          { name: name.replace(/@default$/, '').replaceAll('@', '-'), rule },
        ]
      : [{ name, rule }],
  ),
})
