import { isMakersPath } from '../../cost/rates/name-places.ts'
import { kept } from './kept.ts'

/** What gateways call any API that speaks like OpenAI's, whoever answers: it says nothing of whose price it is. */
const ANYBODY: ReadonlySet<string> = new Set(['openai_like', 'custom_openai', 'litellm_proxy', 'custom'])

/**
 * A model with who served it, where a source tells that beside its name: as a path, by which price books know a cloud's
 * or a host's own prices. A maker is left out, as it sells its models under their names, and OpenAI's API is spoken by
 * many others.
 *
 * @param provider - `null`: not told
 * @example servedBy('deepinfra', 'deepseek-ai/DeepSeek-V4-Pro') // deepinfra/deepseek-ai/DeepSeek-V4-Pro
 */
export const servedBy = (provider: string | null, model: string): string => {
  const path = provider === null ? null : pathOf(provider)
  if (path === null || model.startsWith('arn:') || model.toLowerCase().startsWith(`${path}/`)) return model
  return `${path}/${model}`
}

/** The path of a provider; `null`: it is one of the makers of models, or may be anybody. */
const pathOf = kept((provider): string | null => {
  const path = provider.toLowerCase().replaceAll(/[- ]/g, '_')
  return path === '' || ANYBODY.has(path) || isMakersPath(path) ? null : path
})
