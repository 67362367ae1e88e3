import { hostPath } from '../../cost/rates/name-places.ts'
import { type Cell, textIn } from './cell.ts'
import { kept } from './kept.ts'

/** Names of the usual service: what they bill has no surcharge or discount. */
const USUAL: readonly unknown[] = [
  ...['default', 'standard', 'auto', 'batch', 'not_available', 'on_demand'],
  'traffic_type_unspecified',
]

/** The tier that was billed, as price books name it, and whether it was a batch; from what the source calls its tier. */
export const serviceOf = (tier: unknown, speed?: unknown): { service: string | null; batch: boolean } => {
  const name = typeof tier === 'string' && tier !== '' ? tier.toLowerCase().replace(/^on_demand_/, '') : null
  if (typeof speed === 'string' && speed === 'fast') return { service: 'fast', batch: name === 'batch' }
  return { service: name === null || USUAL.includes(name) ? null : name, batch: name === 'batch' }
}

/** The same of what cells tell. */
export const serviceIn = (tier: Cell | null, speed: Cell | null): ReturnType<typeof serviceOf> =>
  speed === null ? serviceNamed(textIn(tier) ?? '') : serviceOf(textIn(tier), textIn(speed))

const serviceNamed = kept(name => serviceOf(name))

/** Names of the usual place: anywhere, at no surcharge. */
const ANYWHERE: readonly string[] = ['', 'global', 'not_available']

/** The region that was billed, as price books name it; `null`: none, or not told. */
export const regionOf = (geo: string | null): string | null => {
  const name = geo?.toLowerCase() ?? ''
  return ANYWHERE.includes(name) ? null : name
}

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
