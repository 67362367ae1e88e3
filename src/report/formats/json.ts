import type { Encoder } from '../blocks/renderer.ts'
import { toJson } from './to-json.ts'

/** Every digit and every line; the form to save and render again. */
export const json: Encoder = {
  result: toJson,
  comparison: toJson,
  difference: toJson,
  forecast: toJson,
  sweep: toJson,
  advice: toJson,
  usage: toJson,
  replay: toJson,
  sheet: ({ data }) => toJson(data),
}
