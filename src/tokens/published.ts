/** Names of models whose vocabulary is published, one row each, and the tokenizer that it is. */
const PUBLISHED: readonly { readonly names: RegExp; readonly tokenizer: string }[] = [
  { names: /^(?:gpt-4o|chatgpt-4o|gpt-4\.[15]|gpt-5(?:\.\d)?|o[134])(?:-|$)/, tokenizer: 'o200k_base' },
  { names: /^(?:gpt-4|gpt-3\.5|gpt-35|text-embedding-(?:3|ada))(?:-|$)/, tokenizer: 'cl100k_base' },
  { names: /^gpt-oss-\d+b/, tokenizer: 'gpt-oss' },
  { names: /^deepseek-(?:v3|v4)(?:\.\d)?(?:-|$)|^deepseek-r1(?!-distill)(?:-|$)/, tokenizer: 'deepseek-v3' },
  // Open weights have their size in the name; what is sold without one is not published.
  { names: /^qwen(?:2\.5|3)(?:-[a-z]+)*-\d+(?:\.\d+)?b(?:-|$)/, tokenizer: 'qwen' },
  { names: /^(?:open-)?mistral-nemo(?:-|$)/, tokenizer: 'tekken' },
]

/**
 * The tokenizer of a model whose vocabulary is published, by the name of its weights; `null`: none is known.
 *
 * @param model - a name, with or without a path before it
 */
export const publishedTokenizer = (model: string): string | null => {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase()
  return PUBLISHED.find(({ names }) => names.test(name))?.tokenizer ?? null
}
