import { hostPath } from '../../cost/rates/name-places.ts'
import { kept } from './kept.ts'

/**
 * A model with who served it, where a source tells that beside its name: as a path, by which price books know a cloud's
 * or a host's own prices. What a maker served keeps its name.
 *
 * @param provider - `null`: not told
 * @example servedBy('deepinfra', 'deepseek-ai/DeepSeek-V4-Pro') // deepinfra/deepseek-ai/DeepSeek-V4-Pro
 */
export const servedBy = (provider: string | null, model: string): string => {
  const path = provider === null ? null : pathOf(provider)
  if (path === null || /^arn:/.test(model) || model.toLowerCase().startsWith(`${path}/`)) return model
  return `${path}/${model}`
}

const pathOf = kept(hostPath)
