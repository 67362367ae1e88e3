import type { Template } from '../model/scenario/counted.ts'

type Row = Omit<Template, 'name'>

/** Every known chat template, one row each, by its name in price books. Tokens. */
const TEMPLATES: Readonly<Record<string, Row & { readonly thinking?: Row }>> = {
  // Begin, then User and Assistant around each message; an earlier answer has its own end token.
  'deepseek-v3': {
    start: 1,
    end: 0,
    system: 0,
    user: 2,
    answer: 1,
    exact: true,
    source: 'chat_template of DeepSeek-V3',
  },
  // After Assistant comes <think> or </think>, depending on thinking mode.
  'deepseek-v3.1': {
    start: 1,
    end: 0,
    system: 0,
    user: 3,
    answer: 1,
    exact: true,
    source: 'chat_template of DeepSeek-V3.1; encoding_dsv32.py of V3.2',
  },
  'deepseek-v4': {
    start: 1,
    end: 0,
    system: 0,
    user: 3,
    answer: 1,
    exact: true,
    source: 'encoding_dsv4.py of DeepSeek-V4',
  },
  'deepseek-v4.1': {
    start: 1,
    end: 0,
    system: 1,
    user: 3,
    answer: 1,
    exact: true,
    source: 'encoding_dsv41.py of DeepSeek-V4.1, not thinking',
    // The system token is always present, followed by a line of 25 tokens that states the effort.
    thinking: {
      start: 27,
      end: 0,
      system: 0,
      user: 3,
      answer: 1,
      exact: true,
      source: 'encoding_dsv41.py of DeepSeek-V4.1, thinking',
    },
  },
  // 3 per message, 1 for its role, and 3 before the answer.
  openai: {
    start: 0,
    end: 3,
    system: 4,
    user: 4,
    answer: 4,
    exact: true,
    source: 'OpenAI Cookbook, How to count tokens with tiktoken, documented up to gpt-4o',
  },
}

/**
 * The chat template of that name; `null` if this version has none.
 *
 * @param thinking - whether the model reasons before it answers, for templates that depend on it
 */
export const findTemplate = (
  name: string | null | undefined,
  { thinking = false }: { readonly thinking?: boolean } = {},
): Template | null => {
  if (name == null || !Object.hasOwn(TEMPLATES, name)) return null
  const { thinking: other, ...row } = TEMPLATES[name] as Row & { readonly thinking?: Row }
  return { name, ...(thinking && other ? other : row) }
}
