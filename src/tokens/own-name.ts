/**
 * A model's name at its maker, in lower case: without the host's path and a cloud's prefixes.
 *
 * @example ownName('aws-bedrock/eu.anthropic.claude-opus-4-6-v1') // 'claude-opus-4-6-v1'
 */
export const ownName = (id: string): string =>
  id
    .slice(id.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/^(?:[a-z-]+\.)+(?=[a-z])/, '')

/**
 * Family and version of a Claude model; `null` for another model.
 *
 * @example claudeIn('claude-haiku-4-5-20251001') // { family: 'haiku', version: '4.5' }
 */
export const claudeIn = (id: string): { readonly family: string; readonly version: string } | null => {
  const [, family, major, minor] = /^claude-([a-z]+)-(\d)(?:[.-](\d)(?!\d))?(?!\d)/.exec(ownName(id)) ?? []
  if (family === undefined || major === undefined) return null
  return { family, version: minor === undefined ? major : `${major}.${minor}` }
}
