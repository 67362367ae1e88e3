import { Document, type ScalarTag } from 'yaml'
import type { LitellmConfig } from '../model/litellm.ts'
import { exact } from '../model/money.ts'

/** The proxy reads YAML 1.1, where 5e-7 without a point is text: numbers are written as plain decimals. */
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
 * @param about - what it was made from: comment lines on its top
 */
export const toYaml = (config: LitellmConfig, about: readonly string[]): string => {
  const document = new Document(config, {
    customTags: tags => [plainNumber, ...tags],
    aliasDuplicateObjects: false,
    // on, 12:30 and 2026-05-15 are no text there, unless quoted.
    compat: 'yaml-1.1',
  })
  document.commentBefore = about.map(line => ` ${line}`).join('\n')
  return document.toString({ lineWidth: 0 })
}
