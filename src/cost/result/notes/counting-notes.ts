import type { Conversion, Counting, Estimation } from '../../../model/scenario/counted.ts'

/**
 * How text was counted, in words: the vocabulary, exactly or by a factor, and the chat template.
 *
 * @param model - its id; `null`: only a tokenizer is known
 */
export const countingNotes = (
  { tokenizer, vocabulary, estimation, source, template }: Counting,
  model: string | null,
): { readonly code: string; readonly what: string }[] => {
  return [
    estimation
      ? {
          code: 'ESTIMATED_TOKENS',
          what: `the tokenizer of ${model ?? tokenizer} is not published, so tokens of text are estimates: ${factorsOf(estimation, vocabulary)}, from ${factor(estimation.low)} to ${factor(estimation.high)} (${source})`,
        }
      : { code: 'EXACT_TOKENS', what: `tokens of text are exact, by the vocabulary ${vocabulary} (${source})` },
    template
      ? {
          code: 'CHAT_TEMPLATE',
          what: `the chat template ${template.name} adds ${template.start + template.end} tokens per prompt, ${template.system} per system message, ${template.user} per user message, ${template.answer} per earlier answer (${template.source})`,
        }
      : {
          code: 'NO_TEMPLATE',
          what: `text is counted as it is${model === null ? ', without a chat template' : `: the chat template of ${model} is not published`}`,
        },
  ]
}

const factor = (percent: number): string => String(percent / 100)

const factorsOf = ({ percent, kinds }: Estimation, vocabulary: string): string =>
  kinds
    ? `for prose ${factor(kinds.prose.percent)} × ${vocabulary}, for code ${factor(kinds.code.percent)}, for other scripts than Latin and digits ${factor(kinds.other_scripts.percent)}`
    : `${factor(percent)} × ${vocabulary}`

/** How numbers that are another model's tokens were converted, in words. */
export const conversionNote = ({ model, from, to, ratio, low, high }: Conversion, own: string): string =>
  `numbers are tokens of ${model} (${from}), converted to tokens of ${own} (${to}) as estimates: ${ratio} for each, from ${low} to ${high}`
