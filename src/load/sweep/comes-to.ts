import type { WrittenScenario } from '../../model/scenario/scenario-schema.ts'
import { inner } from '../../model/scenario/set-key.ts'
import { keyAt } from '../schema/key-at.ts'
import { factorIn } from '../schema/multiple.ts'

/**
 * What a key of a scenario is by a multiple, as text; `null`: the value is no multiple.
 *
 * @example comesTo({ traffic: { requests: 2400 }, … }, 'traffic.requests', '2x') // 2400
 */
export const comesTo = (written: WrittenScenario, key: string, value: string): string | null => {
  if (factorIn(value) === undefined) return null
  const path = key.split('.')
  const found = path.reduce<unknown>(inner, written)
  const unit = keyAt(path).some(({ scalar }) => scalar?.name === 'duration') ? 's' : ''
  const [low, high] = [inner(found, 'low'), inner(found, 'high')]
  return low === undefined ? `${found}${unit}` : `${low}-${high}`
}
