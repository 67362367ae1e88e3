import { Document, type ScalarTag, visit } from 'yaml'
import type { LitellmConfig } from '../../gateway/litellm.ts'
import { exact } from '../../model/number/money.ts'
import { needsQuotes, printable, yamlText } from '../../model/printable.ts'

/** The proxy reads YAML 1.1, where 5e-7 without a decimal point is text, so numbers are written as plain decimals. */
const plainNumber: ScalarTag = {
  identify: value => typeof value === 'number',
  default: true,
  tag: 'tag:yaml.org,2002:float',
  test: /^-?(0|[1-9]\d*)(\.\d+)?$/,
  resolve: text => Number(text),
  stringify: ({ value }) => exact(String(value)).toFixed(),
}

/**
 * A configuration as YAML.
 *
 * @param about - its origin: comment lines at the top
 */
export const toYaml = (config: LitellmConfig, about: readonly string[]): string => {
  const document = new Document(config, {
    customTags: tags => [plainNumber, ...tags],
    aliasDuplicateObjects: false,
    // on, 12:30 and 2026-05-15 are not text in YAML 1.1 unless quoted.
    compat: 'yaml-1.1',
  })
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && needsQuotes(scalar.value)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  document.commentBefore = about.map(line => ` ${printable(line)}`).join('\n')
  return yamlText(document.toString({ lineWidth: 0 }))
}
