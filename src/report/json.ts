import { jsonText } from '../model/printable.ts'
import type { Renderer } from './renderer.ts'

/** Any document as JSON: exact, whole, one trailing newline. */
export const toJson = (document: unknown): string => `${jsonText(document, 2)}\n`

/** Every digit and every line; the form to save and render again. */
export const json: Renderer = { result: toJson, comparison: toJson, difference: toJson }
