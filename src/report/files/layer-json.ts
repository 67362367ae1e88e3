import { jsonText } from '../../model/printable.ts'

/**
 * A price file as JSON: one line for each source, provider and model, so that a catalogue stays readable and its
 * changes can be reviewed line by line.
 */
export const layerJson = (layer: object): string => {
  const parts = Object.entries(layer)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${jsonText(key)}: ${linesOf(value)}`)
  return `{\n${parts.join(',\n')}\n}\n`
}

const linesOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return jsonText(value)
  const isList = Array.isArray(value)
  const lines = Object.entries(value).map(([key, inner]) => `  ${isList ? '' : `${jsonText(key)}: `}${jsonText(inner)}`)
  const [open, close] = isList ? '[]' : '{}'
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n ${close}`
}
