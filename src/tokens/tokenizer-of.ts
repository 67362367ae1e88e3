import { claudeIn, ownName } from './own-name.ts'

/** What is asked of a model: its id and provider, and the tokenizer that its price book states. */
export interface Named {
  readonly id: string
  readonly provider: string
  readonly tokenizer: string | null
}

/**
 * The tokenizers of models for which a price book states none, by the names that their makers give them; first match
 * wins. A maker's open models come before the rest of its models.
 *
 * @see docs/tokens.md for the source of each
 */
const FAMILIES: readonly { readonly is: RegExp; readonly tokenizer: string }[] = [
  { is: /^gpt-oss-/, tokenizer: 'gpt-oss' },
  { is: /^(?:gpt-4o|gpt-4\.[15]|gpt-5(?!\d)|chatgpt-4o|o[134](?:-|$))/, tokenizer: 'o200k_base' },
  { is: /^(?:gpt-4(?:-|$)|gpt-3\.?5|text-embedding-(?:3|ada))/, tokenizer: 'cl100k_base' },
  { is: /^gpt-\d/, tokenizer: 'openai' },
  { is: /^gemini-(?!embedding)/, tokenizer: 'gemini' },
  // A distilled model has the vocabulary of the model that it was made from.
  { is: /^deepseek-(?:v3|v4|r1(?!-distill))(?:\.\d)?(?:-|$)/, tokenizer: 'deepseek-v3' },
  // Open weights have their size in the name; what is sold without one is not published.
  { is: /^qwen(?:2\.5|3)(?:-[a-z]+)*-\d+(?:\.\d+)?b(?:-|$)/, tokenizer: 'qwen' },
  { is: /^(?:open-)?mistral-nemo(?:-|$)/, tokenizer: 'tekken' },
]

/** Claude models before Opus 4.7 have the older tokenizer; Haiku 4.5 is the last of them. */
const NEW_CLAUDE = 4.7

/**
 * The tokenizer of a model: the one that its price book states, else that of its family.
 *
 * @returns `null` if neither is known
 */
export const tokenizerOf = ({ id, provider, tokenizer }: Named): string | null => {
  if (tokenizer !== null) return tokenizer
  const claude = claudeIn(id)
  if (claude) return Number(claude.version) < NEW_CLAUDE ? 'claude' : 'claude-4.7'
  const own = ownName(id)
  const family = FAMILIES.find(({ is }) => is.test(own))
  // OpenAI's names without a number, such as chat-latest, mean its newest models.
  return family?.tokenizer ?? (provider === 'openai' ? 'openai' : null)
}
