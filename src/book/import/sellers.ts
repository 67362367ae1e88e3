/** Who sells what: catalogues' ids of providers in our books' words, and what is left out unless it is named. */

/** Our ids of providers, by their ids in catalogues where those differ; a catalogue may have its own besides. */
const OURS: Readonly<Record<string, string>> = {
  'amazon-bedrock': 'aws-bedrock',
  aws: 'aws-bedrock',
  azure: 'azure-ai-foundry',
  'azure-openai': 'azure-ai-foundry',
  'azure-openai-responses': 'azure-ai-foundry',
  'cloudflare-workers-ai': 'cloudflare',
  'fireworks-ai': 'fireworks',
  moonshotai: 'moonshot',
  'moonshotai-cn': 'moonshot-cn',
  'novita-ai': 'novita',
  togetherai: 'together',
  'x-ai': 'xai',
}

/** Our id of a catalogue's provider. */
export const providerOf = (seller: string, own: Readonly<Record<string, string>> = {}): string =>
  (Object.hasOwn(own, seller) ? own[seller] : undefined) ??
  (Object.hasOwn(OURS, seller) ? OURS[seller] : undefined) ??
  seller

/** Providers that sell their own models: these have their plain names. All others' begin with the provider. */
const MAKERS: ReadonlySet<string> = new Set([
  ...['ant-ling', 'anthropic', 'cohere', 'deepseek', 'google', 'meta', 'minimax', 'mistral', 'moonshot', 'openai'],
  ...['perplexity', 'xai', 'xiaomi', 'zai'],
])

export const isMaker = (provider: string): boolean => MAKERS.has(provider)

/** Names by which a maker's model is known wherever it is sold. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^claude-/i, 'anthropic'],
  [/^deepseek[-_]/i, 'deepseek'],
  [/^(?:gemini|gemma)-/i, 'google'],
  [/^(?:gpt-(?!oss)|chatgpt-|o\d(?:-|$))/i, 'openai'],
  [/^grok-/i, 'xai'],
  [/^kimi-/i, 'moonshot'],
  [/^minimax-/i, 'minimax'],
  [/^(?:mistral|ministral|magistral|codestral|devstral|pixtral|voxtral)-/i, 'mistral'],
  [/^(?:glm-|zai-)/i, 'zai'],
]

/** Makers as the first part of a name; anything else there is a host or a gateway, whose name it is. */
const ORGS =
  /^(?:anthropic|deepseek(?:-ai)?|gemini|google|minimax(?:ai)?|mistral(?:ai)?|moonshot(?:ai)?|openai|x-?ai|z-?ai(?:-org)?)$/i

/** Whether a name, or `maker/name`, is that of a model of another provider: its price here is not the maker's. */
export const isOthers = (name: string, provider: string): boolean => {
  const [first = '', second, ...more] = name.split('/')
  if (more.length > 0 || (second !== undefined && !ORGS.test(first))) return false
  const maker = FAMILIES.find(([pattern]) => pattern.test(second ?? first))?.[1]
  return maker !== undefined && maker !== provider
}

const PLANS = /-plan\b|coding|^openai-codex$|^chatgpt$|^github[-_]copilot$|^zen$/
const RESELLERS =
  /^(?:openrouter|vercel.*|opencode.*|nvidia.*|huggingface.*|cloudflare-ai-gateway|github-models|github|radius|typesafe|requesty|poe|kilo|llmgateway|aihubmix|302ai|heroku|gradient_ai|watsonx)$/

/**
 * Why a provider's models are left out unless it is named: a subscription has no price by the token, and who resells
 * follows other providers' prices.
 */
export const leftOut = (seller: string): 'PLAN' | 'RESELLER' | null =>
  PLANS.test(seller) ? 'PLAN' : RESELLERS.test(seller) ? 'RESELLER' : null

const NAMES: Readonly<Record<string, string>> = {
  alibaba: 'Alibaba Cloud Model Studio',
  'ant-ling': 'Ant Ling',
  anthropic: 'Anthropic',
  'aws-bedrock': 'AWS Bedrock',
  'azure-ai-foundry': 'Azure AI Foundry',
  'azure-openai': 'Azure OpenAI',
  baseten: 'Baseten',
  cerebras: 'Cerebras',
  cloudflare: 'Cloudflare Workers AI',
  cohere: 'Cohere',
  deepseek: 'DeepSeek',
  fireworks: 'Fireworks AI',
  google: 'Google (Gemini API)',
  'google-vertex': 'Google Vertex AI',
  groq: 'Groq',
  meta: 'Meta',
  minimax: 'MiniMax',
  'minimax-cn': 'MiniMax (China)',
  mistral: 'Mistral AI',
  moonshot: 'Moonshot AI',
  'moonshot-cn': 'Moonshot AI (China)',
  openai: 'OpenAI',
  perplexity: 'Perplexity',
  together: 'Together AI',
  xai: 'xAI',
  xiaomi: 'Xiaomi',
  zai: 'Z.ai',
}

/** What a provider is called, where the catalogue does not say it. */
export const nameOf = (provider: string): string =>
  (Object.hasOwn(NAMES, provider) ? NAMES[provider] : null) ?? provider

/** After how many days its prices need a look: OpenRouter's are those of the hour. */
export const reviewDaysOf = (provider: string): number => (provider === 'openrouter' ? 1 : 14)
