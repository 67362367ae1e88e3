import { pythonNumber, spaced } from './json.ts'
import type { ToolRule } from './tool-definition.ts'

/**
 * DeepSeek's published encoding of V4 and V4.1: a fixed text with one line of JSON per function, spaced as in Python.
 * Where Python would write a number in another way than the file (`1e3` as `1000.0`), both are counted: it depends on
 * who reads the file first.
 *
 * @param around - tokens of the fixed text, including the two line breaks that separate it from the system message
 * @see encoding_dsv4.py and encoding_dsv41.py of the releases, counted with the published tokenizer of V4
 */
export const deepSeekRule = (around: number, encoding: string): ToolRule => ({
  rule: `as ${encoding} renders them`,
  count: (tools, counter) => {
    // Line breaks after the last brace are part of its token.
    const textBy = (number?: (text: string) => string): string =>
      `${tools.map(({ asFunction }) => spaced(asFunction, number)).join('\n')}\n\n`
    const [written, reread] = [textBy(), textBy(pythonNumber)]
    const [own, other] = [written, reread].map(text => around + counter.count(text).tokens)
    if (own === undefined || other === undefined) throw new Error('there are two texts')
    return { tokens: own, low: Math.min(own, other), high: Math.max(own, other), exact: written === reread }
  },
})
