/** The help text of a command: its summary as a sentence, and examples to copy. */
export const described = (summary: string, examples: readonly string[]): string =>
  [`${summary[0]?.toUpperCase()}${summary.slice(1)}.`, '', ...examples.map(example => `  ${example}`)].join('\n')
