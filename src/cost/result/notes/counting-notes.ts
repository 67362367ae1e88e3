import type { Conversion, Counting } from '../../../model/scenario/counted.ts'

/**
 * How text was counted, in words: the vocabulary, exactly or by a factor, and the chat template.
 *
 * @param names - the model's id and its provider's name
 */
export const countingNotes = (
  { vocabulary, estimation, source, template }: Counting,
  { model, provider }: { readonly model: string; readonly provider: string },
): { readonly code: string; readonly what: string }[] => {
  const factor = (percent: number): string => String(percent / 100)
  return [
    estimation
      ? {
          code: 'ESTIMATED_TOKENS',
          what: `${provider} publishes no tokenizer, so tokens of text are estimates: ${factor(estimation.percent)} × ${vocabulary}, from ${factor(estimation.low)} to ${factor(estimation.high)} (${source})`,
        }
      : { code: 'EXACT_TOKENS', what: `tokens of text are exact, by the vocabulary ${vocabulary} (${source})` },
    template
      ? {
          code: 'CHAT_TEMPLATE',
          what: `the chat template ${template.name} adds ${template.start + template.end} a prompt, ${template.system} a system message, ${template.user} a user message, ${template.answer} an earlier answer (${template.source})`,
        }
      : { code: 'NO_TEMPLATE', what: `text is counted as it stands: what ${model} puts around it is not published` },
  ]
}

/** How numbers that are another model's tokens were converted, in words. */
export const conversionNote = ({ model, from, to, ratio, low, high }: Conversion, own: string): string =>
  `numbers are tokens of ${model} (${from}); as tokens of ${own} (${to}) they are estimates: ${ratio} for one, from ${low} to ${high}`
